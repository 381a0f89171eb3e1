import { type Allocation, unpicked } from './allocation.ts';
import type { Level } from './level.ts';
import type { Reservation } from './reservation.ts';
import type { Supply } from './supply.ts';

/** What is claimed of a level, and what is expected there. */
export interface Owed {
  readonly level: Pick<Level, 'available'>;
  /** Those that still have something. */
  readonly allocations: readonly Allocation[];
  /** Active ones: they stand in the queue, and may end any time. */
  readonly reservations: readonly Pick<Reservation, 'id' | 'claimedAt' | 'quantity'>[];
  readonly supplies: readonly Pick<Supply, 'quantity' | 'expectedAt'>[];
}

/** How many units of a level were sold and are not there yet. */
export function owedUnits({ available }: Pick<Level, 'available'>): number {
  return Math.max(0, -available);
}

/**
 * Which promises wait for goods: the level owes them to those who claimed last, so what arrives is for whoever claimed first. What was
 * picked is there. Answers the allocations for which that has changed, as they are now; the oldest waits for the earliest supply.
 */
export function coverBackorders({ level, allocations, reservations, supplies }: Owed): Allocation[] {
  const queue = [
    ...allocations.map((allocation) => ({
      id: allocation.reservationId,
      claimedAt: allocation.claimedAt,
      allocation,
      units: unpicked(allocation),
    })),
    ...reservations.map(({ id, claimedAt, quantity }) => ({
      id,
      claimedAt,
      allocation: null,
      units: quantity,
    })),
  ].sort(
    (left, right) => left.claimedAt.getTime() - right.claimedAt.getTime() || (left.id < right.id ? -1 : 1),
  );
  let owed = owedUnits(level);
  const waiting = queue
    .toReversed()
    .map(({ allocation, units }) => {
      const backordered = Math.min(owed, units);
      owed -= backordered;
      return { allocation, backordered };
    })
    .toReversed();

  const arrivals = supplies.toSorted((left, right) => left.expectedAt.getTime() - right.expectedAt.getTime());
  let ahead = 0;
  return waiting.flatMap(({ allocation, backordered }) => {
    ahead += backordered;
    if (allocation === null) return [];
    const expectedAt = backordered === 0 ? null : arrivalOf(ahead, arrivals);
    const isSame =
      allocation.backordered === backordered && allocation.expectedAt?.getTime() === expectedAt?.getTime();
    return isSame ? [] : [{ ...allocation, backordered, expectedAt }];
  });
}

/** When so many units will have come; null when fewer are expected. */
function arrivalOf(units: number, arrivals: Owed['supplies']): Date | null {
  let come = 0;
  for (const { quantity, expectedAt } of arrivals) {
    come += quantity;
    if (come >= units) return expectedAt;
  }
  return null;
}

/**
 * How much of each claim, in the order in which they were made, was not there when all of them were taken of a level that has `available`
 * left: the last ones wait.
 */
export function notThereYet(quantities: readonly number[], available: number): number[] {
  const claimed = quantities.reduce((sum, quantity) => sum + quantity, 0);
  let owed = owedUnits({ available }) - owedUnits({ available: available + claimed });
  return quantities
    .toReversed()
    .map((quantity) => {
      const waits = Math.min(owed, quantity);
      owed -= waits;
      return waits;
    })
    .toReversed();
}
