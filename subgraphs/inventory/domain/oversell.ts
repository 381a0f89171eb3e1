import { type Allocation, unpicked } from './allocation.ts';
import type { ChannelPolicy } from './channel-policy.ts';
import type { Finding } from './drift.ts';
import type { Level } from './level.ts';
import type { Movement } from './movement.ts';
import { sellableSupply } from './offer.ts';
import type { Reservation } from './reservation.ts';
import type { Supply } from './supply.ts';

/** A promise to an order, and the reservation it came from. */
export interface Promised {
  readonly allocation: Allocation;
  readonly reservation: Reservation;
}

/** A level that owes more than it may, and what is claimed of it; both lists newest first. */
export interface Oversold {
  readonly level: Level;
  /** Carts that hold some of it. */
  readonly carts: readonly Reservation[];
  readonly promised: readonly Promised[];
  /** How many units it may owe: what the channels that sold it allow. */
  readonly allowance: number;
}

export interface Relief {
  /** Units promised beyond what is there and what may be owed. */
  readonly units: number;
  readonly carts: readonly Reservation[];
  readonly promised: readonly Promised[];
}

/** How many units may be owed at a place: as many as the most generous of the channels that sold there lets it owe. */
export function allowanceOf(
  policies: readonly ChannelPolicy[],
  supplies: readonly Supply[],
  at: Date,
): number {
  return Math.max(
    0,
    ...policies.map(
      (policy) =>
        policy.backorderUnits +
        sellableSupply(supplies, policy, at).reduce((sum, { quantity }) => sum + quantity, 0),
    ),
  );
}

/**
 * How many units were sold in the knowledge that they were to come. Their buyers wait, however late the goods are and whatever the
 * channel would sell today.
 */
export function soldAhead(
  reservations: readonly Pick<Reservation, 'backordered'>[],
  promised: readonly Promised[],
): number {
  const waiting = [
    ...reservations.map(({ backordered }) => backordered),
    ...promised.map(({ allocation, reservation }) => Math.min(reservation.backordered, unpicked(allocation))),
  ];
  return waiting.reduce((sum, units) => sum + units, 0);
}

/**
 * Who gives way when goods that were promised are not there: carts first, to whom nobody has promised anything, then orders; the latest
 * first, whole claims, until what is left can be kept. Orders whose goods were picked keep them. Null when nothing is oversold.
 */
export function planRelief({ level, carts, promised, allowance }: Oversold): Relief | null {
  const units = -level.available - allowance;
  if (units <= 0) return null;
  let missing = units;
  const takeUntilEnough = <T>(claims: readonly T[], unitsOf: (claim: T) => number): T[] => {
    const taken: T[] = [];
    for (const claim of claims) {
      if (missing <= 0) break;
      taken.push(claim);
      missing -= unitsOf(claim);
    }
    return taken;
  };
  return {
    units,
    carts: takeUntilEnough(carts, ({ quantity }) => quantity),
    promised: takeUntilEnough(promised, ({ allocation }) => unpicked(allocation)),
  };
}

/** What people are told of it: how much was promised, how much there is for it, and which fact took the goods away. */
export function oversoldFinding(
  level: Level,
  fact: Pick<Movement, 'type' | 'reasonCode' | 'sourceSystem' | 'sourceEventId'> | null,
): Finding {
  const promised = level.reserved + level.allocated + level.picked;
  return {
    kind: 'OVERSOLD',
    expected: promised,
    observed: promised + level.available,
    cause:
      fact === null
        ? 'UNKNOWN'
        : `${fact.type} ${fact.reasonCode ?? 'WITHOUT_REASON'} of ${fact.sourceSystem}, ${fact.sourceEventId}`,
  };
}
