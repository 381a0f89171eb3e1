import type { ReplayEnd } from './replay.ts';
import type { Counts, TallyResult } from './tally.ts';

/** What a replay did, as it is written to a file; docs/uci-replay.md explains each field. */
export interface ReplayReport extends TallyResult {
  readonly file: string;
  readonly url: string;
  readonly startedAt: string;
  readonly elapsedMs: number;
  /** Orders placed anew in this run, for each second of it. */
  readonly ordersPerSecond: number;
  /** Every invoice that was asked for came to an end. */
  readonly complete: boolean;
  /** Why it is not complete. */
  readonly incompleteBecause?: string;
  readonly unfinishedLines: number;
}

export function createReport(
  facts: { file: string; url: string; startedAt: string },
  end: ReplayEnd,
  tally: TallyResult,
): ReplayReport {
  const { elapsedMs, unfinishedLines } = end;
  const placed = tally.buckets.orders.invoices.done;
  const because = incompleteBecause(end);
  return {
    ...facts,
    elapsedMs,
    ordersPerSecond: elapsedMs === 0 ? 0 : Math.round((placed / elapsedMs) * 10_000) / 10,
    complete: because === undefined,
    ...(because === undefined ? {} : { incompleteBecause: because }),
    unfinishedLines,
    ...tally,
  };
}

function incompleteBecause(end: ReplayEnd): string | undefined {
  if (end.reason === 'serverGone' || end.reason === 'broken') return end.message ?? end.reason;
  if (end.reason === 'stopped') return 'the run was stopped';
  return end.fileIsCut ? 'the file is cut off' : undefined;
}

/** The report for a terminal. */
export function reportTable(report: ReplayReport): string {
  const { buckets, value, lines, rejections } = report;
  const row = (name: string, { invoices, lines: of }: Counts, amount: string) => [
    name,
    total(invoices),
    of.done,
    of.doneBefore,
    of.rejected,
    amount,
  ];
  const rows = [
    ['', 'invoices', 'lines done', 'done before', 'rejected', 'value GBP'],
    row('orders', buckets.orders, value.orders),
    row('returns', buckets.returns, value.returns),
    row('adjustments', buckets.adjustments, value.adjustments),
    row('fees', buckets.fees, value.fees),
    ['unreadable', '', '', '', lines.unreadable, ''],
    ['rejected', '', '', '', '', value.rejected],
    ['rounding', '', '', '', '', value.rounding],
    ['in the file', '', lines.done, lines.doneBefore, lines.rejected, value.in],
  ].map((cells) => cells.map(String));
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const table = rows.map((cells) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  const reasons = Object.entries(rejections.byCode)
    .sort(([, left], [, right]) => right - left)
    .map(([code, times]) => `${times} ${code}`);
  return [
    ...table,
    ...(reasons.length > 0 ? [`rejected lines: ${reasons.join(', ')}`] : []),
    `${lines.read} lines in ${(report.elapsedMs / 1000).toFixed(1)} s, ${report.ordersPerSecond} orders a second`,
    ...(report.complete
      ? []
      : [`incomplete: ${report.incompleteBecause} (${report.unfinishedLines} lines under way)`]),
    report.addsUp ? 'adds up' : `does not add up: ${value.difference} GBP are missing`,
  ].join('\n');
}

function total(counts: Counts['invoices']): number {
  return counts.done + counts.doneBefore + counts.rejected;
}
