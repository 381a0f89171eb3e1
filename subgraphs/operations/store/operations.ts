import type { Model } from 'mongoose';
import type { PageRequest } from '../../../platform/graphql/page.ts';
import { type OperationRecord, type OperationState, UNFINISHED } from '../../../platform/outbox/operation.ts';
import type { Backlog } from '../domain/system-state.ts';

export interface OperationFilter {
  readonly kinds?: readonly string[] | undefined;
  readonly states?: readonly OperationState[] | undefined;
  readonly system?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly correlationId?: string | undefined;
}

/** Newest first: ids sort by the time they were made. One more than asked for, to tell whether there is more. */
export function listOperations(
  model: Model<OperationRecord>,
  filter: OperationFilter,
  page: PageRequest,
): Promise<OperationRecord[]> {
  const { kinds, states, system, subjectId, correlationId } = filter;
  return model
    .find({
      ...(kinds === undefined ? {} : { kind: { $in: [...kinds] } }),
      ...(states === undefined ? {} : { state: { $in: [...states] } }),
      ...(system === undefined ? {} : { 'steps.system': system }),
      ...(subjectId === undefined ? {} : { subjectId }),
      ...(correlationId === undefined ? {} : { correlationId }),
      ...(page.after === null ? {} : { _id: { $lt: page.after } }),
    })
    .sort({ _id: -1 })
    .limit(page.first + 1)
    .lean<OperationRecord[]>();
}

/**
 * What waits for each system: unfinished operations by the system their current step calls. What waits behind another operation does not
 * wait for the system yet: it counts, and how long it has been there says nothing about the system.
 */
export async function backlogs(model: Model<OperationRecord>): Promise<Map<string, Backlog>> {
  const current = {
    $filter: {
      input: '$steps',
      as: 'step',
      cond: { $not: [{ $in: ['$$step.state', ['SUCCEEDED', 'SKIPPED']] }] },
    },
  };
  const rows = await model.aggregate<{ _id: string | null; count: number; oldestAt: Date | null }>([
    { $match: { state: { $in: [...UNFINISHED] } } },
    {
      $project: {
        step: { $arrayElemAt: [current, 0] },
        since: { $cond: [{ $eq: [{ $size: '$behind' }, 0] }, '$createdAt', null] },
      },
    },
    // $min passes over null.
    { $group: { _id: '$step.system', count: { $sum: 1 }, oldestAt: { $min: '$since' } } },
  ]);
  return new Map(
    rows.flatMap(({ _id, count, oldestAt }) => (_id === null ? [] : [[_id, { count, oldestAt }]])),
  );
}
