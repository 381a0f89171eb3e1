import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from '../../../embedded-mongo/start.ts';
import { startSandboxUnderTest, TOKEN } from '../../connectors/sandbox-under-test.ts';
import type { World } from './one-seed.ts';

/** What outlives the processes that die: the store and the ERP. */
export async function startWorld(): Promise<{ world: World; stop(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'ucg-saga-'));
  const store = await startEmbeddedMongo({ directory });
  const sandbox = await startSandboxUnderTest();
  return {
    world: {
      storeUri: store.uri,
      erpUrl: sandbox.systems.erpUrl,
      controlUrl: sandbox.systems.url,
      token: TOKEN,
    },
    async stop() {
      await sandbox.stop();
      await store.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
