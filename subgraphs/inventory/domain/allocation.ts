import { idFromKey } from '../../../platform/ids.ts';

export type AllocationState = 'ALLOCATED' | 'PICKED' | 'CONSUMED' | 'DEALLOCATED' | 'REALLOCATED';

/** Stock at one location that is promised to one line of a confirmed order. It does not expire. */
export interface Allocation {
  readonly id: string;
  readonly state: AllocationState;
  readonly reservationId: string;
  readonly orderId: string;
  readonly orderLineId: string;
  /** The fulfillment order that will take it, once it is known. */
  readonly workOrderId: string | null;
  readonly variantId: string;
  readonly locationId: string;
  readonly unit: string;
  /** Whole base units. */
  readonly quantity: number;
  /** What of it has neither left nor been given back. */
  readonly open: number;
  /** The ledger lines with which its goods left. */
  readonly shippedWith: readonly string[];
}

/** Follows from the reservation, so that one reservation can never become two allocations. */
export function allocationId(reservationId: string): string {
  return idFromKey('allocation', reservationId);
}

/** Goods of one order line that left one location. */
export interface ShippedLine {
  readonly orderLineId: string;
  readonly variantId: string;
  readonly locationId: string;
  readonly quantity: number;
}

export interface ConsumptionPlan {
  readonly consumed: readonly { readonly allocation: Allocation; readonly quantity: number }[];
  /** What left without having been promised: it is taken from what is available, for it is gone. */
  readonly unpromised: number;
}

/** Which allocations of the order a shipped line uses up: those of its own line, variant and place, in the order of their ids. */
export function planConsumption(line: ShippedLine, allocations: readonly Allocation[]): ConsumptionPlan {
  let missing = line.quantity;
  const consumed: { allocation: Allocation; quantity: number }[] = [];
  const own = allocations
    .filter(
      (allocation) =>
        allocation.state === 'ALLOCATED' &&
        allocation.open > 0 &&
        allocation.orderLineId === line.orderLineId &&
        allocation.variantId === line.variantId &&
        allocation.locationId === line.locationId,
    )
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  for (const allocation of own) {
    const quantity = Math.min(missing, allocation.open);
    if (quantity === 0) break;
    consumed.push({ allocation, quantity });
    missing -= quantity;
  }
  return { consumed, unpromised: missing };
}
