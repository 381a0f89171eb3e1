import type { ClientSession } from 'mongoose';
import type { Clock } from '../../../platform/clock.ts';
import type { Topic } from '../../../platform/graphql/topic.ts';
import { createRepeating } from '../../../platform/repeating.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import type { LevelRecord } from '../store/records.ts';
import type { BackorderCover } from './backorder-cover.ts';
import type { OversellRelief } from './oversell-relief.ts';

/** What a level owes is looked at at most about this long after it has changed. */
const LOOK_EVERY_MS = 1_000;
/** Levels that owe are told by the change stream; all of them are read this often, for what it did not tell. */
const SWEEP_EVERY_MS = 60_000;
const LEVELS_PER_READ = 500;

/** Keeps an eye on levels that owe goods. */
export interface OwingLevels extends Running {
  /** Looks again at levels somebody waits at: what is expected there has changed. */
  lookAt(levelIds: readonly string[]): void;
}

/**
 * Levels that owe more than is there: what was promised beyond what may be owed is taken back, and what may be owed is covered by what
 * arrives. Every process looks; who comes second finds nothing.
 */
export function createOwingLevels(options: {
  store: InventoryStore;
  relief: OversellRelief;
  backorders: BackorderCover;
  levelChanges: Topic<LevelRecord>;
  clock: Clock;
  logger: Logger;
}): OwingLevels {
  const { store, relief, backorders, clock, logger } = options;
  /** To be looked at in the next turn. */
  const due = new Set<string>();
  /** Where somebody waits: when these change, it may be that goods came. */
  const waiting = new Set<string>();
  let stopping = new AbortController();
  let watching: Promise<void> = Promise.resolve();

  async function keep(session: ClientSession, id: string): Promise<boolean> {
    const level = await store.oversold.read(session, id);
    if (level === null) return false;
    await relief.relieve(session, level);
    return backorders.cover(session, level);
  }

  /** Notes levels that change hands below zero, in whatever process; after a break of the stream the next sweep finds them. */
  async function watch(signal: AbortSignal): Promise<void> {
    const isOfInterest = ({ _id, available }: LevelRecord) => available < 0 || waiting.has(_id);
    while (!signal.aborted) {
      try {
        for await (const { event } of options.levelChanges.subscribe(isOfInterest, { signal })) {
          waiting.add(event._id);
          due.add(event._id);
        }
        return;
      } catch (error) {
        logger.debug({ err: error }, 'levels that owe are not told of for a moment');
        await clock.delay(LOOK_EVERY_MS, signal);
      }
    }
  }

  async function sweep(signal: AbortSignal): Promise<void> {
    for (const read of [store.oversold.owing, store.oversold.waitedAt]) {
      let after: string | null = null;
      do {
        const found: string[] = await read(after, LEVELS_PER_READ);
        for (const id of found) due.add(id);
        after = found.length < LEVELS_PER_READ ? null : (found.at(-1) ?? null);
      } while (after !== null && !signal.aborted);
    }
  }

  let sweptAtMs = Number.NEGATIVE_INFINITY;
  const looking = createRepeating({
    name: 'levels that owe',
    everyMs: LOOK_EVERY_MS,
    clock,
    logger,
    failure: 'levels that owe could not be looked at',
    async turn(signal) {
      const nowMs = clock.now().getTime();
      if (nowMs - sweptAtMs >= SWEEP_EVERY_MS) {
        await sweep(signal);
        sweptAtMs = nowMs;
      }
      for (const id of due) {
        if (signal.aborted) return undefined;
        // Before it is read: what changes meanwhile is looked at again.
        due.delete(id);
        try {
          const isWaitedAt = await store.transaction((session) => keep(session, id));
          if (isWaitedAt) waiting.add(id);
          else waiting.delete(id);
        } catch (error) {
          due.add(id);
          throw error;
        }
      }
      return undefined;
    },
  });

  return {
    ...looking,
    lookAt(levelIds) {
      for (const id of levelIds) if (waiting.has(id)) due.add(id);
    },
    async start() {
      stopping = new AbortController();
      watching = watch(stopping.signal);
      sweptAtMs = Number.NEGATIVE_INFINITY;
      await looking.start();
    },
    async stop() {
      stopping.abort();
      await Promise.all([watching, looking.stop()]);
    },
  };
}
