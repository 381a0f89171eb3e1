import type { Model } from 'mongoose';
import type { QuarantineRecord } from '../../../platform/feed/quarantine.ts';
import { firstIdAt } from '../../../platform/ids.ts';
import { type OperationAbout, type OperationRecord, UNFINISHED } from '../../../platform/outbox/operation.ts';
import type { BusinessException } from '../domain/business-exception.ts';
import type { MeasuredException, MeasuredOperation } from '../domain/service-level.ts';

/** So much is looked at of each; of a busier window its newest part, and what is measured says so. */
export const LOOKED_AT_MOST = 10_000;

type Found = MeasuredOperation & { readonly _id: string };

const SHOWN = {
  kind: 1,
  lane: 1,
  state: 1,
  behind: 1,
  createdAt: 1,
  completedAt: 1,
  'steps.system': 1,
  'steps.state': 1,
  'steps.attempts': 1,
  'steps.lastErrorCode': 1,
} as const;

/**
 * Operations accepted since, the newest first, and those from before that are still under way: a long outage must not fall out of a short
 * window. Ids sort by the time they were made, so both are ranges of an index.
 */
export async function operationsSince(
  model: Model<OperationRecord>,
  since: Date,
  { channelId, locationId }: OperationAbout,
): Promise<{ readonly accepted: readonly Found[]; readonly underWay: readonly Found[] }> {
  const ours = {
    // Telling people of exceptions is not the business's work.
    owner: { $ne: 'operations' },
    ...(channelId === undefined ? {} : { 'about.channelId': channelId }),
    ...(locationId === undefined ? {} : { 'about.locationId': locationId }),
  };
  const from = firstIdAt(since);
  const [accepted, underWay] = await Promise.all([
    model
      .find({ ...ours, _id: { $gte: from } }, SHOWN)
      .sort({ _id: -1 })
      .limit(LOOKED_AT_MOST)
      .lean<Found[]>(),
    model
      .find({ ...ours, state: { $in: [...UNFINISHED] }, _id: { $lt: from } }, SHOWN)
      .sort({ _id: -1 })
      .limit(LOOKED_AT_MOST)
      .lean<Found[]>(),
  ]);
  return { accepted, underWay };
}

/** Exceptions opened since, and those from before that are still open. */
export async function exceptionsSince(
  model: Model<BusinessException>,
  since: Date,
): Promise<MeasuredException[]> {
  const shown = { ownerTeam: 1, openedAt: 1, resolvedAt: 1 };
  const [open, resolved] = await Promise.all([
    model
      .find({ resolvedAt: null }, shown)
      .sort({ openedAt: -1 })
      .limit(LOOKED_AT_MOST)
      .lean<MeasuredException[]>(),
    model
      .find({ resolvedAt: { $gte: since }, openedAt: { $gte: since } }, shown)
      .sort({ resolvedAt: -1 })
      .limit(LOOKED_AT_MOST)
      .lean<MeasuredException[]>(),
  ]);
  return [...open, ...resolved];
}

/** Records set aside since, by system. */
export async function rejectedSince(
  model: Model<QuarantineRecord>,
  since: Date,
): Promise<Map<string, number>> {
  const rows = await model.aggregate<{ _id: string; count: number }>([
    { $match: { at: { $gte: since } } },
    { $sort: { at: -1 } },
    { $limit: LOOKED_AT_MOST },
    { $group: { _id: '$system', count: { $sum: 1 } } },
  ]);
  return new Map(rows.map(({ _id, count }) => [_id, count]));
}
