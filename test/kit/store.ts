import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { createIntegration, type SubgraphDependencies } from '../../platform/integration.ts';
import type { SystemPolicies } from '../../platform/outbox/system-policy.ts';
import { connectStore } from '../../platform/store/store.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';

export interface TestStore {
  readonly dependencies: SubgraphDependencies;
  readonly uri: string;
  stop(): Promise<void>;
}

/**
 * A real store in a fresh directory, with the integration database prepared: what a subgraph needs beside its connectors. Set
 * MONGODB_URI to run the same tests against a real replica set; each test store then has databases of its own.
 */
export async function startTestStore(
  clock: Clock = systemClock,
  policies: SystemPolicies = {},
): Promise<TestStore> {
  const directory = await mkdtemp(join(tmpdir(), 'ucg-store-'));
  const given = process.env['MONGODB_URI'];
  const server = given === undefined ? await startEmbedded(directory) : { uri: given, stop: async () => {} };
  const store = await connectStore({
    uri: server.uri,
    logger: silentLogger,
    databasePrefix: given === undefined ? '' : `t${process.pid}-${Date.now()}-`,
  });
  const integration = createIntegration({ store, clock, newId, logger: silentLogger, policies });
  await integration.prepare();
  return {
    dependencies: { store, integration, clock, newId, logger: silentLogger },
    uri: server.uri,
    async stop() {
      await store.close();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Loaded only when it is used: a run against a real replica set needs nothing of it. */
async function startEmbedded(directory: string) {
  const { startEmbeddedMongo } = await import('../../embedded-mongo/start.ts');
  return startEmbeddedMongo({ directory });
}
