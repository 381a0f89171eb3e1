import { join } from 'node:path';
import { startEmbeddedMongo } from '../embedded-mongo/start.ts';
import { connectStore, type Store } from '../platform/store/store.ts';
import type { Logger } from '../platform/telemetry/logger.ts';

/** The store of this process: the replica set at `uri`, or the embedded server on disk under `dataDirectory`. */
export async function openDataStore(options: {
  uri: string | undefined;
  dataDirectory: string;
  logger: Logger;
}): Promise<Store> {
  if (options.uri !== undefined) return connectStore({ uri: options.uri, logger: options.logger });
  const embedded = await startEmbeddedMongo({ directory: join(options.dataDirectory, 'store') });
  const store = await connectStore({ uri: embedded.uri, logger: options.logger });
  return {
    ...store,
    async close() {
      await store.close();
      await embedded.stop();
    },
  };
}
