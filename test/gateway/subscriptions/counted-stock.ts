import { type Followed, follow } from '../../../platform/graphql/follow.ts';
import { createTailTopic, type TailTopic } from '../../../platform/graphql/tail-topic.ts';
import type { Caller } from '../../../platform/identity/identity.ts';
import { createChangeTail } from '../../../platform/store/change-tail.ts';
import type { TestStore } from '../../kit/store.ts';
import type { TinySubgraph } from '../tiny-graph.ts';

export interface Level {
  readonly _id: string;
  readonly units: number;
  readonly version: number;
}

/** A subgraph whose subscriptions come from the change stream of a real store. Made twice, it is two processes on one database. */
export interface CountedStock {
  readonly subgraph: TinySubgraph;
  /** Subscriptions that are open here. */
  readonly subscribers: () => number;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const TYPES = `
  type Query { levels: Int }
  type Subscription {
    "Each change."
    levelChanged: Level!
    "First the level as it is, then each change."
    levelUpdated(sku: ID!): Level!
  }
  type Level @key(fields: "sku") { sku: ID! units: Int! version: Int! }
`;

/** With its history lost, the subgraph knows nothing of what happened before it was started. */
export function createCountedStock(
  { dependencies }: TestStore,
  options: { history?: 'kept' | 'lost' } = {},
): CountedStock {
  const { clock, logger } = dependencies;
  const levels = levelsOf({ dependencies });
  const topic: TailTopic<Level> = createTailTopic(
    () => (options.history === 'lost' ? { ...tail, history: async () => null } : tail),
    ({ document }) => document as Level | null,
  );
  const tail = createChangeTail<Level>({
    name: 'levels',
    connection: dependencies.store.database('counted'),
    collections: ['levels'],
    clock,
    logger,
    onChange: topic.take,
    onGap: topic.interrupt,
  });
  const stateOf = ({ _id, version }: Level) => ({ key: `Level:${_id}`, version });
  const common = { topic, clock, stateOf, events: (level: Level) => [level] };
  const resolve = (level: Level) => ({ ...level, sku: level._id });
  return {
    subgraph: {
      typeDefs: TYPES,
      resolvers: {
        Subscription: {
          levelChanged: {
            resolve,
            subscribe: (
              _parent: unknown,
              args: object,
              caller: Pick<Caller, 'resume'>,
            ): Promise<Followed<Level>> =>
              follow({
                ...common,
                caller,
                stream: { field: 'levelChanged', args },
                wanted: () => true,
              }),
          },
          levelUpdated: {
            resolve,
            subscribe: (
              _parent: unknown,
              args: { sku: string },
              caller: Pick<Caller, 'resume'>,
            ): Promise<Followed<Level>> =>
              follow({
                ...common,
                caller,
                stream: { field: 'levelUpdated', args },
                wanted: ({ _id }: Level) => _id === args.sku,
                present: async () => (await levels.find({ _id: args.sku }).toArray()) as unknown as Level[],
              }),
          },
        },
      },
    },
    subscribers: () => topic.subscribers,
    start: () => tail.start(),
    async stop() {
      topic.close();
      await tail.stop();
    },
  };
}

/** The collection as anybody writes it: units and a version that only rises. */
export function levelsOf({ dependencies }: Pick<TestStore, 'dependencies'>) {
  return dependencies.store.database('counted').collection<Level>('levels');
}

/** Counts one more unit of an article. */
export async function countOne(store: Pick<TestStore, 'dependencies'>, sku: string): Promise<void> {
  await levelsOf(store).updateOne({ _id: sku }, { $inc: { units: 1, version: 1 } }, { upsert: true });
}
