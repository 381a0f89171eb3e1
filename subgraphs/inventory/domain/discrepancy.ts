import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { OWN_SYSTEM } from './claim-movements.ts';
import { CLAIMED, type Finding, type LevelBooks } from './drift.ts';
import { BUCKETS } from './level.ts';
import type { Movement } from './movement.ts';

/** Stock that is not as it should be: opened by a machine, closed by a person or when it is seen no more. */
export interface Discrepancy extends Finding {
  readonly id: string;
  readonly state: 'OPEN' | 'RESOLVED';
  readonly levelId: string;
  readonly variantId: string;
  readonly locationId: string;
  readonly unit: string;
  readonly detectedAt: Date;
  readonly resolution: string | null;
  readonly resolvedAt: Date | null;
}

const RESOLUTIONS = {
  LEDGER_DRIFT: ['TRUST_LEDGER', 'TRUST_LEVEL', 'ACCEPT'],
  CLAIM_DRIFT: ['TRUST_CLAIMS', 'ACCEPT'],
  OVERSOLD: ['ACCEPT'],
} as const;

/** What closing a discrepancy does to the books. */
export interface Remedy {
  /** Whether the level is first made what its ledger adds up to. */
  readonly rebuild: boolean;
  /** What is booked then. */
  readonly movements: readonly Movement[];
}

/** What a person's decision means for the books as they stand now, which may be others than when the discrepancy was opened. */
export function decideRemedy(
  discrepancy: Pick<Discrepancy, 'id' | 'state' | 'kind'>,
  resolution: string,
  books: LevelBooks,
  now: Date,
): Decision<Remedy> {
  if (discrepancy.state !== 'OPEN')
    return refused(
      userError('DISCREPANCY_RESOLVED', 'This discrepancy is closed already.', { field: ['input', 'id'] }),
    );
  const possible: readonly string[] = RESOLUTIONS[discrepancy.kind];
  if (!possible.includes(resolution))
    return refused(
      userError('RESOLUTION_INVALID', `Here it is ${possible.join(' or ')}, not ${resolution}.`, {
        field: ['input', 'resolution'],
      }),
    );
  if (resolution === 'ACCEPT') return accepted({ rebuild: false, movements: [] });
  if (resolution === 'TRUST_LEDGER') return accepted({ rebuild: true, movements: [] });
  const book = (from: Movement['from'], to: Movement['to'], units: number, what: string): Movement => ({
    type: 'ADJUSTMENT',
    variantId: books.level.variantId,
    locationId: books.level.locationId,
    unit: books.level.unit,
    from: units > 0 ? from : to,
    to: units > 0 ? to : from,
    quantity: Math.abs(units),
    occurredAt: now,
    sourceSystem: OWN_SYSTEM,
    sourceEventId: `discrepancy:${discrepancy.id}:${what}`,
    reasonCode: discrepancy.kind,
  });
  if (resolution === 'TRUST_LEVEL')
    return accepted({
      rebuild: true,
      movements: BUCKETS.flatMap((bucket) => {
        const units = books.level[bucket] - books.ledger[bucket];
        return units === 0 ? [] : [book(null, bucket, units, bucket)];
      }),
    });
  return accepted({
    rebuild: false,
    movements: CLAIMED.flatMap((bucket) => {
      const units = books.held[bucket] - books.level[bucket];
      return units === 0 ? [] : [book('available', bucket, units, bucket)];
    }),
  });
}
