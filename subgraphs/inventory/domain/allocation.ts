import { idFromKey } from '../../../platform/ids.ts';

export type AllocationState = 'ALLOCATED' | 'PICKED' | 'CONSUMED' | 'DEALLOCATED' | 'REALLOCATED';

/** Stock at one location that is promised to one line of a confirmed order. It does not expire. */
export interface Allocation {
  readonly id: string;
  readonly state: AllocationState;
  readonly reservationId: string;
  /** When its reservation was made. */
  readonly claimedAt: Date;
  /** The reservation it was a part of, when only this part was moved to another place. */
  readonly partOf: string | null;
  readonly orderId: string;
  readonly orderLineId: string;
  /** The fulfillment order that will take it, once it is known. */
  readonly workOrderId: string | null;
  readonly variantId: string;
  readonly locationId: string;
  /** The customer comes for it to this place, and it is served from nowhere else. Absent: it may be. */
  readonly collected?: true;
  readonly unit: string;
  /** Whole base units. */
  readonly quantity: number;
  /** What of it has neither left nor been given back. */
  readonly open: number;
  /** What of that was taken from the shelf for the order. */
  readonly picked: number;
  /** What of that is not there yet; goods that arrive are for the oldest claims first. */
  readonly backordered: number;
  /** When the last of it is expected; null when all is there, or nobody has told. */
  readonly expectedAt: Date | null;
  /** The ledger lines of its picking, and with which its goods left. */
  readonly bookedWith: readonly string[];
}

/** Which state may follow which; what is missing here never happens. Picked goods that were put back are allocated again. */
export const ALLOCATION_MOVES: Readonly<Record<AllocationState, readonly AllocationState[]>> = {
  ALLOCATED: ['PICKED', 'CONSUMED', 'DEALLOCATED', 'REALLOCATED'],
  PICKED: ['ALLOCATED', 'CONSUMED', 'DEALLOCATED', 'REALLOCATED'],
  CONSUMED: [],
  DEALLOCATED: [],
  REALLOCATED: [],
};

/** Follows from the reservation, so that one reservation can never become two allocations. */
export function allocationId(reservationId: string): string {
  return idFromKey('allocation', reservationId);
}

/** Units that lie on the shelf for the order, or are owed to it. */
export function unpicked({ open, picked }: Pick<Allocation, 'open' | 'picked'>): number {
  return open - picked;
}

/** Goods of one order line at one location. */
export interface OrderedGoods {
  readonly orderLineId: string;
  readonly variantId: string;
  readonly locationId: string;
  readonly quantity: number;
}

export interface Drawn {
  readonly drawn: readonly { readonly allocation: Allocation; readonly quantity: number }[];
  /** What none of the allocations has. */
  readonly missing: number;
}

/**
 * Which allocations of an order goods are of: those of their own line, variant and place, first those of the piece of work, then in the
 * order of their ids. `unitsOf` says how many units of an allocation come into question.
 */
export function draw(
  goods: OrderedGoods,
  allocations: readonly Allocation[],
  workOrderId: string,
  unitsOf: (allocation: Allocation) => number,
): Drawn {
  let missing = goods.quantity;
  const drawn: { allocation: Allocation; quantity: number }[] = [];
  const isOther = (allocation: Allocation) => (allocation.workOrderId === workOrderId ? 0 : 1);
  const own = allocations
    .filter(
      ({ orderLineId, variantId, locationId }) =>
        orderLineId === goods.orderLineId && variantId === goods.variantId && locationId === goods.locationId,
    )
    .sort((left, right) => isOther(left) - isOther(right) || (left.id < right.id ? -1 : 1));
  for (const allocation of own) {
    const quantity = Math.min(missing, unitsOf(allocation));
    if (quantity <= 0) continue;
    drawn.push({ allocation, quantity });
    missing -= quantity;
  }
  return { drawn, missing };
}
