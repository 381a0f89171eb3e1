import { BUCKETS, type Bucket, type Level } from './level.ts';

export type DiscrepancyKind = 'LEDGER_DRIFT' | 'CLAIM_DRIFT' | 'OVERSOLD';

/** Something that is not as it should be. Two of the same kind and cause are the same thing seen twice. */
export interface Finding {
  readonly kind: DiscrepancyKind;
  readonly expected: number;
  readonly observed: number;
  readonly cause: string;
}

/** A level beside everything it should agree with, all read at one moment. */
export interface LevelBooks {
  readonly level: Level;
  /** What its lines add up to. */
  readonly ledger: Readonly<Record<Bucket | 'onHand', number>>;
  /** Positions that should have lines and do not. */
  readonly missingPositions: number;
  /** What active reservations hold, and what open allocations do: on the shelf, and picked. */
  readonly held: { readonly reserved: number; readonly allocated: number; readonly picked: number };
}

const FIGURES = ['onHand', ...BUCKETS] as const;

/** The buckets whose units belong to claims. */
export const CLAIMED = ['reserved', 'allocated', 'picked'] as const satisfies readonly Bucket[];

/** What does not agree; nothing when all does. */
export function findDrift({ level, ledger, missingPositions, held }: LevelBooks): Finding[] {
  const findings: Finding[] = [];
  const wrong = FIGURES.filter((figure) => level[figure] !== ledger[figure]);
  const [first] = wrong;
  if (first !== undefined || missingPositions > 0) {
    const what = missingPositions > 0 ? `LEDGER_LINES_MISSING ${missingPositions}` : 'LEVEL_NOT_ITS_LEDGER';
    const differences = wrong.map((figure) => `${figure} ${signed(level[figure] - ledger[figure])}`);
    findings.push({
      kind: 'LEDGER_DRIFT',
      expected: ledger[first ?? 'onHand'],
      observed: level[first ?? 'onHand'],
      cause: [what, ...differences].join(' '),
    });
  }
  const unlike = CLAIMED.filter((bucket) => level[bucket] !== held[bucket]);
  if (unlike.length > 0)
    findings.push({
      kind: 'CLAIM_DRIFT',
      expected: CLAIMED.reduce((sum, bucket) => sum + held[bucket], 0),
      observed: CLAIMED.reduce((sum, bucket) => sum + level[bucket], 0),
      cause: [
        'LEVEL_NOT_ITS_CLAIMS',
        ...unlike.map((bucket) => `${bucket} ${signed(level[bucket] - held[bucket])}`),
      ].join(' '),
    });
  return findings;
}

function signed(units: number): string {
  return units > 0 ? `+${units}` : String(units);
}
