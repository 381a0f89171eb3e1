import { createSubgraph } from '../../app/subgraphs.ts';
import { connectSystems } from '../../app/systems.ts';
import type { startSandboxUnderTest } from '../connectors/sandbox-under-test.ts';
import { TOKEN } from '../connectors/sandbox-under-test.ts';
import { startTestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';
import { openWebhookDoor } from '../kit/webhook-door.ts';

/** One delivery of the stand-in ERP as it went over the wire: signed, and good for any door that knows the secret. */
export interface Delivery {
  readonly feed: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Follower = Awaited<ReturnType<typeof startFollower>>;

const ROOMS = ['product', 'inventory', 'customer'] as const;

/**
 * The rooms that follow the ERP, on a store of their own, with the door it pushes to. They have read all that it knew; then it is paused,
 * so that whatever they learn from now on was pushed.
 */
export async function startFollower(
  sandbox: Awaited<ReturnType<typeof startSandboxUnderTest>>,
  secret: string,
  hasReadAll: (follower: Pick<Follower, 'projection'>) => Promise<boolean>,
) {
  const { dependencies, stop: stopStore } = await startTestStore();
  const { store, integration } = dependencies;
  const systems = await connectSystems({
    integration,
    erp: { url: sandbox.systems.erpUrl, token: TOKEN, webhookSecrets: [secret] },
    payments: { url: sandbox.systems.paymentsUrl, token: TOKEN },
  });
  const door = await openWebhookDoor(systems, dependencies);
  const rooms = ROOMS.map((name) =>
    createSubgraph(name, dependencies, systems, (sibling) => {
      throw new Error(`${name} asks ${sibling} nothing`);
    }),
  );
  for (const room of rooms) await room.start();

  /** Every document of every room, but for when it was written here. */
  async function projection(): Promise<Record<string, Record<string, unknown>[]>> {
    const all: Record<string, Record<string, unknown>[]> = {};
    for (const room of ROOMS) {
      const database = store.database(room).db;
      for (const { name } of (await database?.listCollections().toArray()) ?? []) {
        const documents = await store.database(room).collection(name).find().toArray();
        all[`${room}/${name}`] = documents
          .map((document) => JSON.parse(JSON.stringify(document)) as Record<string, unknown>)
          .sort((a, b) => (String(a['_id']) < String(b['_id']) ? -1 : 1));
      }
    }
    return all;
  }

  await until('all rooms have read what there was', () => hasReadAll({ projection }), 20_000);
  await store.transaction((session) =>
    integration.health.pause(session, 'erp', { by: 'test', reason: 'only what is pushed' }),
  );
  await until('the pause is known', async () => {
    await integration.health.refresh();
    return !integration.health.readGate('erp').open;
  });

  return {
    projection,
    /** How many deliveries the inbox took and dropped as repetitions. */
    async repetitions(): Promise<number> {
      const [sum] = await integration.webhooks.model.aggregate<{ total: number }>([
        { $group: { _id: null, total: { $sum: { $subtract: ['$deliveries', 1] } } } },
      ]);
      return sum?.total ?? 0;
    },
    async deliver({ headers, body }: Delivery): Promise<number> {
      const answer = await fetch(`${door.url}/webhooks/erp`, { method: 'POST', headers, body });
      await answer.text();
      return answer.status;
    },
    async stop() {
      await Promise.all(rooms.map((room) => room.stop()));
      await door.stop();
      await systems.close();
      await stopStore();
    },
  };
}
