import {
  type InventoryProcess,
  type InventoryProcessSettings,
  startInventoryProcess,
} from '../../test/inventory/start-inventory-process.ts';
import { client } from '../../test/kit/client.ts';
import { type StockedStore, skuOf } from './stocked-store.ts';
import { askAvailability } from './work.ts';

/** Articles that lie at every place, and are asked for. */
export const STOCKED = 1_000;

/** The processes of a run, each of which is started when a part first needs it. */
export interface House {
  /** Our gateway, from memory. */
  own(): Promise<InventoryProcess>;
  /** The same subgraph behind stock @apollo/gateway, from memory. */
  apollo(): Promise<InventoryProcess>;
  /** Our gateway; every answer is read from the store. */
  uncached(): Promise<InventoryProcess>;
  /** Our gateway, from memory; it tells what its answers cost. */
  counting(): Promise<InventoryProcess>;
  stop(): Promise<void>;
}

export function createHouse(
  store: Pick<StockedStore, 'uri' | 'databasePrefix'>,
  snapshotsFrom: readonly string[],
): House {
  const running: Promise<InventoryProcess>[] = [];
  const once = (more: Partial<InventoryProcessSettings>) => {
    let started: Promise<InventoryProcess> | undefined;
    return () => {
      if (started === undefined) {
        started = startWarm({ uri: store.uri, databasePrefix: store.databasePrefix, ...more });
        running.push(started);
      }
      return started;
    };
  };
  return {
    own: once({ snapshotsFrom }),
    apollo: once({ engine: 'apollo' }),
    uncached: once({ maxStalenessMs: -1 }),
    counting: once({ tellsCosts: true }),
    async stop() {
      for (const started of await Promise.allSettled(running))
        if (started.status === 'fulfilled') await started.value.stop();
    },
  };
}

/** A process that remembers everything that will be asked of it. */
async function startWarm(settings: InventoryProcessSettings): Promise<InventoryProcess> {
  const started = await startInventoryProcess(settings);
  await askAvailability(
    postTo(started),
    Array.from({ length: STOCKED }, (_, index) => skuOf(index)),
  );
  return started;
}

/** Asks one after the other, with no measuring around it. */
export function postTo({ url }: Pick<InventoryProcess, 'url'>) {
  const graph = client(url, 'staff');
  return async (body: unknown) => {
    const { query, variables } = body as { query: string; variables: Record<string, unknown> };
    return graph.ask(query, variables);
  };
}
