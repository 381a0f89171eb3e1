import type { Allocation, AllocationState } from './allocation.ts';
import type { Bucket } from './level.ts';
import { type Movement, type MovementType, transactionId } from './movement.ts';

/** Something that was done with goods of an order, as the ledger will have it. */
export interface Act {
  readonly occurredAt: Date;
  readonly sourceSystem: string;
  /** Names the act; an allocation is touched by it once. */
  readonly eventId: string;
  readonly reasonCode: string | null;
}

/** An allocation as it is after a step, and the ledger lines of the step; to be written together. */
export interface AllocationStep {
  readonly allocation: Allocation;
  readonly movements: readonly Movement[];
}

/** Goods are taken from the shelf for their order. Throws RangeError for more than lie there for it. */
export function pick(allocation: Allocation, units: number, act: Act): AllocationStep {
  return step(allocation, act, [['PICK', 'allocated', 'picked', units]], 'CONSUMED');
}

/** Picked goods are put back on the shelf; they stay their order's. Throws RangeError for more than were picked. */
export function putBack(allocation: Allocation, units: number, act: Act): AllocationStep {
  return step(allocation, act, [['PICK', 'picked', 'allocated', units]], 'CONSUMED');
}

/** Goods leave the place, those that were picked first. Throws RangeError for more than the order still has. */
export function leave(
  allocation: Allocation,
  units: number,
  { type, ...act }: Act & { readonly type: 'SHIP' | 'SALE' },
): AllocationStep {
  const fromPicked = Math.min(units, allocation.picked);
  const lines: Line[] = [
    [type, 'allocated', null, units - fromPicked],
    [type, 'picked', null, fromPicked],
  ];
  return step(allocation, act, lines, 'CONSUMED');
}

/** Goods go back on sale, those on the shelf first. Throws RangeError for more than the order still has. */
export function giveBack(allocation: Allocation, units: number, act: Act): AllocationStep {
  const fromShelf = Math.min(units, allocation.open - allocation.picked);
  const lines: Line[] = [
    ['RELEASE', 'allocated', 'available', fromShelf],
    ['RELEASE', 'picked', 'available', units - fromShelf],
  ];
  return step(allocation, act, lines, 'DEALLOCATED');
}

type Line = readonly [type: MovementType, from: 'allocated' | 'picked', to: Bucket | null, units: number];

function step(before: Allocation, act: Act, lines: readonly Line[], end: AllocationState): AllocationStep {
  const movements = lines
    .filter(([, , , units]) => units > 0)
    .map(
      ([type, from, to, quantity]): Movement => ({
        type,
        variantId: before.variantId,
        locationId: before.locationId,
        unit: before.unit,
        from,
        to,
        quantity,
        occurredAt: act.occurredAt,
        sourceSystem: act.sourceSystem,
        sourceEventId: `${act.eventId}:${before.id}${from === 'picked' ? ':picked' : ''}`,
        reasonCode: act.reasonCode,
      }),
    );
  const net = (bucket: 'allocated' | 'picked') =>
    movements.reduce(
      (sum, { from, to, quantity }) =>
        sum + (to === bucket ? quantity : 0) - (from === bucket ? quantity : 0),
      0,
    );
  const picked = before.picked + net('picked');
  const shelf = before.open - before.picked + net('allocated');
  if (picked < 0 || shelf < 0)
    throw new RangeError(`allocation ${before.id} does not have what is to be moved of it`);
  const state = picked + shelf === 0 ? end : shelf === 0 ? 'PICKED' : 'ALLOCATED';
  return {
    allocation: {
      ...before,
      state,
      open: picked + shelf,
      picked,
      // What was picked or has left was there.
      backordered: Math.min(before.backordered, shelf),
      bookedWith: [...before.bookedWith, ...movements.map(transactionId)],
    },
    movements,
  };
}
