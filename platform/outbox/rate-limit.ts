import { type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import { isDuplicateKey } from '../store/store.ts';
import {
  afterPoll,
  type CallBudget,
  isHeeded,
  rateWithin,
  remainingAt,
  type ToldBudget,
} from './call-budget.ts';
import { LANES, type Lane } from './operation.ts';
import { fullBucket, type RateBucket, takeFrom } from './rate-bucket.ts';
import type { RatePolicy } from './system-policy.ts';

/** Calls to one system that all processes share. */
export interface RateLimit {
  readonly model: Model<BucketRecord>;
  /** Whether a system is called at a rate at all: one is configured, or the system says what it would still take. */
  limits(system: string, configured: RatePolicy | null): boolean;
  /** Takes one call of `lane`. False: there is none yet; asking again before there can be one costs the store nothing. */
  take(system: string, lane: Lane, configured: RatePolicy | null): Promise<boolean>;
  /**
   * Whether a feed may be polled now: it takes one call of what the system says is left, if that leaves enough to work that somebody waits
   * for. A configured rate is for work alone. Costs the store nothing.
   */
  admitPoll(system: string): { readonly open: true } | { readonly open: false; readonly retryInMs: number };
  /** Goes by what the system just said of its own budget, for as long as it keeps saying it. Costs the store nothing. */
  heed(system: string, budget: CallBudget): void;
}

interface BucketRecord extends RateBucket {
  _id: string;
  version: number;
}

/** One write to the store takes calls for about this long, so that a fast system does not cost a write for each call. */
const TAKE_FOR_MS = 100;
/** What was taken and not used in this time is given up: it must not be added to what others take meanwhile. */
const KEEP_MS = 1_000;
/** Processes that take at the same moment meet at the bucket's version; whoever loses looks again. */
const MAX_LOOKS = 20;

/** A token bucket in the store: one document a system, changed by guarded updates, so that ten processes are as patient as one. */
export function createRateLimit(options: { connection: Connection; clock: Clock }): RateLimit {
  const { connection, clock } = options;
  const model: Model<BucketRecord> =
    connection.models['RateBucket'] ?? connection.model<BucketRecord>('RateBucket', bucketSchema());
  const inHand = new Map<string, { calls: number; untilMs: number }>();
  const notBeforeMs = new Map<string, number>();
  const told = new Map<string, ToldBudget>();

  function heededBudget(system: string, nowMs: number): ToldBudget | null {
    const budget = told.get(system);
    return budget !== undefined && isHeeded(budget, nowMs) ? budget : null;
  }

  async function change<T>(
    system: string,
    policy: RatePolicy,
    decide: (bucket: RateBucket, nowMs: number) => { bucket: RateBucket; answer: T },
  ): Promise<T> {
    for (let look = 1; ; look += 1) {
      const nowMs = clock.now().getTime();
      const known = await model.findById(system).lean<BucketRecord>();
      const { bucket, answer } = decide(known ?? fullBucket(policy, nowMs), nowMs);
      const { shared, own, atMs } = bucket;
      const written = await model
        .updateOne(
          { _id: system, version: known?.version ?? 0 },
          { $set: { shared, own, atMs }, $inc: { version: 1 } },
          { upsert: known === null },
        )
        .catch((error: unknown) => {
          // Another process made the bucket at the same moment.
          if (isDuplicateKey(error)) return { modifiedCount: 0, upsertedCount: 0 };
          throw error;
        });
      if (written.modifiedCount + written.upsertedCount > 0) return answer;
      if (look === MAX_LOOKS) throw new Error(`the rate of ${system} could not be changed in ${look} looks`);
    }
  }

  return {
    model,
    limits: (system, configured) =>
      configured !== null || heededBudget(system, clock.now().getTime()) !== null,
    admitPoll(system) {
      const nowMs = clock.now().getTime();
      const budget = heededBudget(system, nowMs);
      if (budget === null) return { open: true };
      const after = afterPoll(budget, nowMs);
      if ('retryInMs' in after) return { open: false, retryInMs: after.retryInMs };
      told.set(system, after.told);
      return { open: true };
    },
    heed(system, budget) {
      const nowMs = clock.now().getTime();
      told.set(system, { ...budget, atMs: nowMs, heardAtMs: nowMs });
      for (const lane of LANES) {
        const held = inHand.get(`${system} ${lane}`);
        if (held !== undefined) held.calls = Math.min(held.calls, Math.floor(budget.remaining));
      }
    },
    async take(system, lane, configured) {
      const name = `${system} ${lane}`;
      const nowMs = clock.now().getTime();
      const budget = heededBudget(system, nowMs);
      const policy = rateWithin(configured, budget);
      if (policy === null) return true;
      const held = inHand.get(name);
      if (held !== undefined && held.calls > 0 && nowMs < held.untilMs) {
        held.calls -= 1;
        return true;
      }
      if (nowMs < (notBeforeMs.get(name) ?? 0)) return false;
      const want = Math.max(1, Math.floor((policy.perSecond * TAKE_FOR_MS) / 1_000));
      const { taken, retryInMs } = await change(system, policy, (bucket, atMs) => {
        const atMost = budget === null ? undefined : remainingAt(budget, atMs);
        const { bucket: after, ...answer } = takeFrom(bucket, lane, want, policy, atMs, atMost);
        return { bucket: after, answer };
      });
      if (taken === 0) {
        notBeforeMs.set(name, nowMs + retryInMs);
        return false;
      }
      inHand.set(name, { calls: taken - 1, untilMs: nowMs + KEEP_MS });
      return true;
    },
  };
}

function bucketSchema(): Schema<BucketRecord> {
  const own = new Schema({ order: Number, return: Number, stock: Number, catalogue: Number }, { _id: false });
  return new Schema<BucketRecord>(
    { _id: String, shared: Number, own, atMs: Number, version: Number },
    { versionKey: false, collection: 'rateBuckets' },
  );
}
