import { cpuRatio, type Row } from './figures.ts';

/** CPU per request: who, against whom, at most how much. */
const GOALS = [
  { of: 'own', to: 'apollo', atMost: 1 / 5, says: "over HTTP at most 1/5 of @apollo/gateway's" },
  {
    of: 'own',
    to: 'hive-rust',
    atMost: 1 / 4,
    says: "over HTTP at most 1/4 of Hive's with the Rust runtime",
  },
  {
    of: 'own',
    to: 'proxy-json',
    atMost: 1.15,
    says: 'over HTTP at most 1.15 of a proxy that makes the same calls, reads and writes JSON, and joins nothing',
  },
  {
    of: 'own',
    to: 'proxy',
    atMost: 1.15,
    says: 'over HTTP at most 1.15 of a proxy that makes the same calls and does not look at the bytes',
  },
  {
    of: 'own-in-process',
    to: 'apollo',
    atMost: 1 / 14,
    says: "in process at most 1/14 of @apollo/gateway's",
  },
] as const;

/** A line for each goal that this run can tell about. */
export function goalsOf(rows: readonly Row[]): string[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return GOALS.flatMap(({ of, to, atMost, says }) => {
    const [row, other] = [byKey.get(of), byKey.get(to)];
    if (row === undefined || other === undefined) return [];
    const ratio = cpuRatio(row, other);
    const shown = ratio < 0.7 ? `1/${(1 / ratio).toFixed(1)}` : ratio.toFixed(2);
    return [`- ${ratio <= atMost ? 'met' : 'NOT met'}: CPU per request ${says}: ${shown}`];
  });
}
