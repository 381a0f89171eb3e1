import { createApolloRunner } from '../gateway/apollo-engine.ts';
import type { GatewayOptions } from '../gateway/index.ts';
import { loadApolloPlanner } from '../gateway/planner/apollo-planner.ts';
import type { Settings } from './settings.ts';

/**
 * What runs operations: our own engine with Hive's planner, or with Apollo's (`GATEWAY_PLANNER=apollo`), or stock @apollo/gateway for
 * comparison (`GATEWAY_ENGINE=apollo`: queries and mutations only).
 */
export async function engineOf(
  settings: Settings,
): Promise<Pick<GatewayOptions, 'createRunner' | 'createPlanner'>> {
  if (settings.GATEWAY_ENGINE === 'apollo') return { createRunner: createApolloRunner };
  return settings.GATEWAY_PLANNER === 'apollo' ? { createPlanner: await loadApolloPlanner() } : {};
}
