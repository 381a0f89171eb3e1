import { createApolloRunner } from '../gateway/apollo-engine.ts';
import type { GatewayOptions } from '../gateway/index.ts';
import type { Settings } from './settings.ts';

/** Our own engine, or stock @apollo/gateway for comparison (`GATEWAY_ENGINE=apollo`: queries and mutations only). */
export function engineOf(settings: Settings): Pick<GatewayOptions, 'createRunner'> {
  return settings.GATEWAY_ENGINE === 'apollo' ? { createRunner: createApolloRunner } : {};
}
