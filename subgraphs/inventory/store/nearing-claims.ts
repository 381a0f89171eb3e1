import type { Clock } from '../../../platform/clock.ts';
import { createTopic, type Topic } from '../../../platform/graphql/topic.ts';
import { createRepeating } from '../../../platform/repeating.ts';
import { timeOf } from '../../../platform/store/change.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import { type Nearing, type NearingClaim, nearingKey, nearSince, OVERLAP_MS } from '../domain/nearing.ts';
import { reservationOf } from './claims.ts';
import type { Collections } from './collections.ts';
import type { ReservationRecord } from './records.ts';

/** A claim is told at most about this long after it has come near its end. */
const LOOK_EVERY_MS = 1_000;
/** Claims one look reads, over all places that are followed, the most urgent first; the others when these are over. */
const MAX_CLAIMS = 10_000;

/** Active reservations that come near their end, for whoever follows a place: one read a second, and none while nobody does. */
export interface NearingClaims extends Running {
  /**
   * What comes near at a place, for one subscription; what is near already first. Positions are the instants at which claims came near,
   * so that any process goes on from where another one was.
   */
  at(near: Nearing): Pick<Topic<NearingClaim>, 'subscribe' | 'resume' | 'position'>;
  /** Ends all subscriptions. */
  close(): void;
}

interface Watcher {
  readonly near: Nearing;
  readonly topic: Topic<NearingClaim>;
  /** Everything that came near before has been told. */
  untilMs: number;
  /** What was told, with when it ends. */
  readonly told: Map<string, Date>;
  last: string;
}

export function createNearingClaims(options: {
  collections: Pick<Collections, 'reservations'>;
  clock: Clock;
  logger: Logger;
}): NearingClaims {
  const { clock, logger } = options;
  const { reservations } = options.collections;
  const watchers = new Set<Watcher>();

  /** What came near since the last look, and what was claimed or extended lately: it may have been near from its first moment. */
  function wanted({ near: { locationId, withinMs }, untilMs }: Watcher, now: Date) {
    const lately = new Date(untilMs - OVERLAP_MS);
    const first = Math.max(now.getTime(), lately.getTime() + withinMs);
    const last = new Date(now.getTime() + withinMs);
    return [
      { locationId, state: 'ACTIVE' as const, expiresAt: { $gt: new Date(first), $lte: last } },
      {
        locationId,
        state: 'ACTIVE' as const,
        expiresAt: { $gt: now, $lte: last },
        updatedAt: { $gt: lately },
      },
    ];
  }

  function tell(watcher: Watcher, records: readonly ReservationRecord[], now: Date): void {
    const news = records
      .flatMap((record): NearingClaim[] => {
        const nearSinceMs = nearSince(record, watcher.near, now);
        if (nearSinceMs === null || nearSinceMs <= watcher.untilMs - OVERLAP_MS) return [];
        return [{ claim: reservationOf(record), nearSinceMs }];
      })
      .filter(({ claim }) => !watcher.told.has(nearingKey(claim)))
      .toSorted((left, right) => left.nearSinceMs - right.nearSinceMs);
    for (const one of news) {
      watcher.told.set(nearingKey(one.claim), one.claim.expiresAt);
      watcher.last = positionAfter(watcher.last, one.nearSinceMs);
      watcher.topic.publish(one, watcher.last);
    }
  }

  async function look(): Promise<undefined> {
    for (const watcher of watchers) if (watcher.topic.subscribers === 0) watchers.delete(watcher);
    const looking = [...watchers];
    if (looking.length === 0) return;
    const now = clock.now();
    const found = await reservations
      .find({ $or: looking.flatMap((watcher) => wanted(watcher, now)) })
      .sort({ expiresAt: 1, _id: 1 })
      .limit(MAX_CLAIMS)
      .lean<ReservationRecord[]>();
    for (const watcher of looking) {
      tell(watcher, found, now);
      if (found.length < MAX_CLAIMS) watcher.untilMs = now.getTime();
      for (const [key, expiresAt] of watcher.told) if (expiresAt <= now) watcher.told.delete(key);
    }
  }

  function watch(near: Nearing, after: string): Topic<NearingClaim> {
    const topic = createTopic<NearingClaim>();
    watchers.add({ near, topic, untilMs: instantOf(after), told: new Map(), last: after });
    return topic;
  }

  return {
    ...createRepeating({
      name: 'claims near their end',
      everyMs: LOOK_EVERY_MS,
      clock,
      logger,
      failure: 'claims that are near their end could not be read',
      turn: look,
    }),
    at: (near) => ({
      position: () => BEGINNING,
      subscribe: (filter) => watch(near, BEGINNING).subscribe(filter, { maxBuffered: MAX_CLAIMS }),
      resume: async (position, filter) =>
        watch(near, position).subscribe(filter, { maxBuffered: MAX_CLAIMS }),
    }),
    close() {
      for (const { topic } of watchers) topic.close();
    },
  };
}

/** Milliseconds of a second and a number within them share the second half of a position. */
const WITHIN_MS = 2 ** 22;

function positionOf(ms: number, number: number): string {
  const hex = (n: number) => n.toString(16).padStart(8, '0');
  return `82${hex(Math.floor(ms / 1_000))}${hex((ms % 1_000) * WITHIN_MS + number)}`;
}

/** Before everything: nothing has been told. */
const BEGINNING = positionOf(0, 0);

function instantOf(position: string): number {
  const { t, i } = timeOf(position);
  return t * 1_000 + Math.floor(i / WITHIN_MS);
}

/** A position at an instant, or right after the last one: positions only grow. */
function positionAfter(last: string, ms: number): string {
  const wanted = positionOf(ms, 0);
  if (wanted > last) return wanted;
  return positionOf(instantOf(last), (timeOf(last).i % WITHIN_MS) + 1);
}
