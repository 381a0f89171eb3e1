import type { Slice } from './load.ts';

/** A slice of load with what the gateway's process used for it. */
export interface MeasuredSlice extends Slice {
  readonly cpuMs: number;
}

export interface Row {
  readonly key: string;
  readonly name: string;
  readonly slices: readonly MeasuredSlice[];
}

const perSecond = (slice: Slice) => slice.requests / slice.seconds;
const cpuPerRequest = (slice: MeasuredSlice) => slice.cpuMs / slice.requests;

/** The figures as a Markdown table. Ratios are the median of pairs: slice by slice against the `base` slice of the same round. */
export function tableOf(rows: readonly Row[], base: Row): string {
  const lines = rows.map(({ name, slices }) => {
    const latencies = slices.flatMap((slice) => slice.latenciesMs).sort((a, b) => a - b);
    const at = (share: number) =>
      latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
    const paired = (measure: (slice: MeasuredSlice) => number) => pairedRatio(slices, base.slices, measure);
    return [
      name,
      median(slices.map(perSecond)).toFixed(0),
      at(0.5).toFixed(1),
      at(0.99).toFixed(1),
      median(slices.map(cpuPerRequest)).toFixed(2),
      `${paired(perSecond).toFixed(2)}x`,
      `1/${(1 / paired(cpuPerRequest)).toFixed(1)}`,
    ];
  });
  const head = [
    '',
    'requests/s',
    'p50 ms',
    'p99 ms',
    'CPU ms/request',
    `requests/s to ${base.key}`,
    `CPU to ${base.key}`,
  ];
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** How one's CPU per request relates to another's. */
export const cpuRatio = (row: Row, to: Row): number => pairedRatio(row.slices, to.slices, cpuPerRequest);

function pairedRatio(
  slices: readonly MeasuredSlice[],
  base: readonly MeasuredSlice[],
  measure: (slice: MeasuredSlice) => number,
): number {
  return median(
    slices.flatMap((slice, round) => {
      const other = base[round];
      return other === undefined ? [] : [measure(slice) / measure(other)];
    }),
  );
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
