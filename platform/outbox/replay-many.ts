import type { ClientSession, Model } from 'mongoose';
import type { Clock } from '../clock.ts';
import type { OperationRecord } from './operation.ts';
import { replayOperation } from './replay.ts';

export interface ReplayMany {
  readonly system: string | null;
  readonly kinds: readonly string[] | null;
  readonly errorCode: string | null;
  readonly limit: number;
  readonly perSecond: number;
}

export interface ReplayedMany {
  readonly ids: readonly string[];
  /** Who carries them out. */
  readonly owners: readonly string[];
  readonly left: number;
  readonly lastDueAt: Date | null;
}

/**
 * Puts parked operations back to work, the oldest first, each due a little after the one before: the rate holds over a crash and however
 * many processes carry them out. Those behind them in their aggregates follow as each succeeds.
 */
export async function replayMany(
  session: ClientSession,
  request: ReplayMany,
  options: { model: Model<OperationRecord>; clock: Clock },
): Promise<ReplayedMany> {
  const { model, clock } = options;
  const { system, kinds, errorCode, limit, perSecond } = request;
  const failed = {
    state: 'FAILED',
    ...(system === null ? {} : { system }),
    ...(errorCode === null ? {} : { lastErrorCode: errorCode }),
  };
  const wanted: Record<string, unknown> = {
    state: 'DEAD_LETTERED',
    steps: { $elemMatch: failed },
    ...(kinds === null ? {} : { kind: { $in: [...kinds] } }),
  };
  const parked = await model
    .find(wanted, { owner: 1 })
    .sort({ _id: 1 })
    .limit(limit)
    .session(session)
    .lean<Pick<OperationRecord, '_id' | 'owner'>[]>();
  const left = (await model.countDocuments(wanted).session(session)) - parked.length;
  const beganMs = clock.now().getTime();
  let lastDueAt: Date | null = null;
  for (const [index, { _id }] of parked.entries()) {
    lastDueAt = new Date(beganMs + Math.floor((index * 1_000) / perSecond));
    await replayOperation(session, { id: _id, fromStep: null, notBefore: lastDueAt }, options);
  }
  return {
    ids: parked.map(({ _id }) => _id),
    owners: [...new Set(parked.map(({ owner }) => owner))],
    left,
    lastDueAt,
  };
}
