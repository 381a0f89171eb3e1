import { isTechnical } from '../../../platform/outbox/call-error.ts';
import { type Lane, type OperationRecord, UNFINISHED } from '../../../platform/outbox/operation.ts';
import { type Measured, quantileOf } from './survival.ts';

/** One measure over a window, with the objective it is held to. */
export interface ServiceLevel {
  readonly name: string;
  /** `s`, `share` or `count`. */
  readonly unit: string;
  /** Null: there was nothing to measure. */
  readonly value: number | null;
  readonly objective: number | null;
  readonly samples: number;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
}

/** What is looked at of an operation. */
export type MeasuredOperation = Pick<
  OperationRecord,
  'kind' | 'lane' | 'state' | 'behind' | 'createdAt' | 'completedAt' | 'steps'
>;

export interface MeasuredException {
  readonly ownerTeam: string;
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
}

/** Starting objectives, to be agreed with the business: seconds, shares and counts. */
const OBJECTIVES = {
  acknowledgedP95: 60,
  failedShare: 0.001,
  oldestWaiting: 60,
  resolvedP50: 30 * 60,
} as const;

const PLACED = 'order.place';

/** How operations fared that were accepted in the window, or are still under way from before: how orders are acknowledged, then each system and class of work by itself. */
export function levelsOfOperations(operations: readonly MeasuredOperation[], now: Date): ServiceLevel[] {
  const placed = operations.filter(({ kind }) => kind === PLACED);
  const groups = Map.groupBy(operations, (operation) => `${systemOf(operation)} ${operation.lane}`);
  return [
    ...times('order_acknowledgement', placed, now, [0.5, 0.95, 0.99], [], {
      0.95: OBJECTIVES.acknowledgedP95,
    }),
    ...[...groups.entries()]
      .sort(([a], [b]) => a.localeCompare(b))
      .flatMap(([, [first, ...rest]]) =>
        first === undefined ? [] : levelsOfGroup([first, ...rest], systemOf(first), first.lane, now),
      ),
  ];
}

function levelsOfGroup(
  operations: readonly MeasuredOperation[],
  system: string,
  lane: Lane,
  now: Date,
): ServiceLevel[] {
  const dimensions = [
    { name: 'system', value: system },
    { name: 'class', value: lane },
  ];
  const ended = operations.filter(({ state }) => !UNFINISHED.includes(state));
  const failed = ended.filter(({ state }) => state === 'DEAD_LETTERED');
  const technical = failed.filter(({ steps }) =>
    isTechnical(steps.find(({ state }) => state === 'FAILED')?.lastErrorCode ?? null),
  );
  const share = (name: string, count: number, objective: number | null) => ({
    name,
    unit: 'share',
    value: ended.length === 0 ? null : count / ended.length,
    objective,
    samples: ended.length,
    dimensions,
  });
  const attempts = ended.flatMap(({ state, steps }) =>
    state === 'SUCCEEDED' ? [{ value: Math.max(...steps.map((step) => step.attempts)), ended: true }] : [],
  );
  const waiting = operations.filter(({ state, behind }) => UNFINISHED.includes(state) && behind.length === 0);
  const oldest = Math.max(0, ...waiting.map(({ createdAt }) => now.getTime() - createdAt.getTime()));
  return [
    ...times('operation_time', operations, now, [0.5, 0.95], dimensions, {}),
    share('failed_operations', technical.length, OBJECTIVES.failedShare),
    share('refused_operations', failed.length - technical.length, null),
    {
      name: 'attempts_p95',
      unit: 'count',
      value: quantileOf(attempts, 0.95),
      objective: null,
      samples: attempts.length,
      dimensions,
    },
    {
      name: 'oldest_waiting',
      unit: 's',
      value: oldest / 1_000,
      objective: OBJECTIVES.oldestWaiting,
      samples: waiting.length,
      dimensions,
    },
  ];
}

/** How long people take with exceptions that were opened in the window, by team, and how many are open. */
export function levelsOfExceptions(exceptions: readonly MeasuredException[], now: Date): ServiceLevel[] {
  const teams = Map.groupBy(exceptions, ({ ownerTeam }) => ownerTeam);
  return [...teams.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([team, theirs]) => {
      const dimensions = [{ name: 'team', value: team }];
      const durations = theirs.map(({ openedAt, resolvedAt }) => between(openedAt, resolvedAt, now));
      return [
        {
          ...quantile('exception_resolution', durations, 0.5, dimensions),
          objective: OBJECTIVES.resolvedP50,
        },
        {
          name: 'open_exceptions',
          unit: 'count',
          value: durations.filter(({ ended }) => !ended).length,
          objective: null,
          samples: theirs.length,
          dimensions,
        },
      ];
    });
}

/** How many records of each system were set aside in the window. */
export function levelsOfRejected(counts: ReadonlyMap<string, number>): ServiceLevel[] {
  return [...counts.entries()].sort().map(([system, count]) => ({
    name: 'records_set_aside',
    unit: 'count',
    value: count,
    objective: 0,
    samples: count,
    dimensions: [{ name: 'system', value: system }],
  }));
}

/** Whether the objective is kept; null when there is none, or nothing to hold to it. */
export function isMet({ value, objective }: Pick<ServiceLevel, 'value' | 'objective'>): boolean | null {
  return value === null || objective === null ? null : value <= objective;
}

function times(
  name: string,
  operations: readonly MeasuredOperation[],
  now: Date,
  quantiles: readonly number[],
  dimensions: ServiceLevel['dimensions'],
  objectives: Readonly<Record<number, number>>,
): ServiceLevel[] {
  // One that failed has not taken until then: nobody knows how long it takes until it is replayed.
  const durations = operations.map(({ createdAt, completedAt, state }) =>
    between(createdAt, state === 'SUCCEEDED' ? completedAt : null, now),
  );
  return quantiles.map((q) => ({
    ...quantile(name, durations, q, dimensions),
    objective: objectives[q] ?? null,
  }));
}

function quantile(
  name: string,
  durations: readonly Measured[],
  q: number,
  dimensions: ServiceLevel['dimensions'],
): Omit<ServiceLevel, 'objective'> {
  const ms = quantileOf(durations, q);
  return {
    name: `${name}_p${Math.round(q * 100)}`,
    unit: 's',
    value: ms === null ? null : ms / 1_000,
    samples: durations.length,
    dimensions,
  };
}

function between(from: Date, until: Date | null, now: Date): Measured {
  return { value: Math.max(0, (until ?? now).getTime() - from.getTime()), ended: until !== null };
}

/** The system that the work is for: the last one it calls. */
function systemOf({ steps }: MeasuredOperation): string {
  return steps.at(-1)?.system ?? 'none';
}
