import type { ClientSession } from 'mongoose';
import type { Clock } from '../../../platform/clock.ts';
import type { Topic } from '../../../platform/graphql/topic.ts';
import { idFromKey } from '../../../platform/ids.ts';
import { createRepeating } from '../../../platform/repeating.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import type { PolicyOf } from '../domain/channel-policy.ts';
import { allowanceOf, oversoldFinding, planRelief } from '../domain/oversell.ts';
import type { LevelRecord } from '../store/collections.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import type { ReSourcing } from './re-sourcing.ts';

/** A promise that cannot be kept is found at most about this long after the fact that broke it. */
const LOOK_EVERY_MS = 1_000;
/** Levels that owe are told by the change stream; all of them are read this often, for what it did not tell. */
const SWEEP_EVERY_MS = 60_000;
const LEVELS_PER_READ = 500;
const REASON = 'STOCK_GONE';

export interface OversellReliefOptions {
  readonly store: InventoryStore;
  readonly reSourcing: ReSourcing;
  readonly policyOf: PolicyOf;
  readonly levelChanges: Topic<LevelRecord>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * When a count, a sale that was told of late, or damage leaves less than was promised, somebody must give way. This finds such levels,
 * whatever broke them, opens a discrepancy that names the fact, and takes back what cannot be kept: an order's stock is claimed at
 * another place that sends parcels (`inventory.allocationMoved`), and where there is none its order is told (`inventory.allocationFailed`),
 * which may substitute, backorder or cancel. Every process looks; who comes second finds nothing.
 */
export function createOversellRelief(options: OversellReliefOptions): Running {
  const { store, reSourcing, clock, logger } = options;
  const owing = new Set<string>();
  let stopping = new AbortController();
  let watching: Promise<void> = Promise.resolve();

  async function relieve(session: ClientSession, id: string): Promise<void> {
    const level = await store.oversold.read(session, id);
    if (level === null || level.available >= 0) return;
    const at = clock.now();
    const claims = await store.oversold.claimsOf(session, level);
    const stock = (await store.stock.read([level.variantId], session)).get(level.variantId);
    const channels = [...claims.carts, ...claims.promised.map(({ reservation }) => reservation)];
    const policies = [...new Set(channels.map(({ channelId }) => channelId))].map(options.policyOf);
    const supplies = (stock?.supplies ?? []).filter(({ locationId }) => locationId === level.locationId);
    const relief = planRelief({ level, ...claims, allowance: allowanceOf(policies, supplies, at) });
    if (relief === null) return;

    const fact = await store.oversold.cause(session, level);
    // One incident for each fact: who looks again, because nobody could give way, opens no second one.
    const incident = idFromKey('oversold', id, fact?._id ?? 'unknown');
    const finding = oversoldFinding(level, fact);
    const isNew = await store.discrepancies.openOnce(session, incident, level, { ...finding, at });
    if (isNew)
      logger.error(
        { levelId: id, units: relief.units, cause: finding.cause },
        'more was promised than there is',
      );
    if (relief.carts.length > 0)
      await store.claims.end(session, relief.carts, { state: 'RELEASED', reasonCode: REASON, at });
    for (const promised of relief.promised) {
      const taking = { reason: REASON, at, correlationId: promised.allocation.orderId };
      if (!(await reSourcing.moveElsewhere(session, promised, stock?.levels ?? [], taking)))
        await reSourcing.giveUp(session, promised, taking);
    }
  }

  /** Notes levels that change hands below zero, in whatever process; after a break of the stream the next sweep finds them. */
  async function watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const changes = options.levelChanges.subscribe(({ available }) => available < 0, { signal });
        for await (const { event } of changes) owing.add(event._id);
        return;
      } catch (error) {
        logger.debug({ err: error }, 'levels that owe are not told of for a moment');
        await clock.delay(LOOK_EVERY_MS, signal);
      }
    }
  }

  async function sweep(signal: AbortSignal): Promise<void> {
    let after: string | null = null;
    do {
      const found: LevelRecord[] = await store.oversold.owing(after, LEVELS_PER_READ);
      for (const { _id } of found) owing.add(_id);
      after = found.length < LEVELS_PER_READ ? null : (found.at(-1)?._id ?? null);
    } while (after !== null && !signal.aborted);
  }

  let sweptAtMs = Number.NEGATIVE_INFINITY;
  const relieving = createRepeating({
    name: 'oversell relief',
    everyMs: LOOK_EVERY_MS,
    clock,
    logger,
    failure: 'promises that cannot be kept could not be taken back',
    async turn(signal) {
      const nowMs = clock.now().getTime();
      if (nowMs - sweptAtMs >= SWEEP_EVERY_MS) {
        await sweep(signal);
        sweptAtMs = nowMs;
      }
      for (const id of owing) {
        if (signal.aborted) return undefined;
        await store.transaction((session) => relieve(session, id));
        owing.delete(id);
      }
      return undefined;
    },
  });

  return {
    ...relieving,
    async start() {
      stopping = new AbortController();
      watching = watch(stopping.signal);
      sweptAtMs = Number.NEGATIVE_INFINITY;
      await relieving.start();
    },
    async stop() {
      stopping.abort();
      await Promise.all([watching, relieving.stop()]);
    },
  };
}
