import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { wholePositiveUnits } from '../../../platform/quantity.ts';
import { type Allocation, unpicked } from './allocation.ts';
import { type Act, type AllocationStep, pick, putBack } from './allocation-steps.ts';
import { OWN_SYSTEM } from './claim-movements.ts';
import type { Bucket } from './level.ts';
import type { Movement } from './movement.ts';
import { reasonProblem, variantProblem } from './request-checks.ts';
import type { Stock } from './stock.ts';
import {
  type InventoryUserError,
  insufficientStock,
  locationUnknown,
  quantityInvalid,
} from './user-error.ts';

export interface MoveWish {
  readonly locationId: string;
  readonly variantId: string;
  readonly from: string;
  readonly to: string;
  readonly quantity: { readonly value: string; readonly unit: string };
  readonly reasonCode: string;
  /** Between ALLOCATED and PICKED: only of this allocation. */
  readonly allocationId?: string | null | undefined;
}

export interface MoveFacts {
  readonly now: Date;
  readonly isLocation: (id: string) => boolean;
  readonly stock: Stock | null;
  /** Names the intent in the ledger. */
  readonly source: string;
}

/** The states people put goods into and take them out of; the others belong to claims. */
const BY_HAND: ReadonlyMap<string, Bucket> = new Map([
  ['AVAILABLE', 'available'],
  ['SAFETY_STOCK', 'safetyStock'],
  ['QUALITY_HOLD', 'qualityHold'],
  ['DAMAGED', 'damaged'],
]);

/** The states between which people move what is an order's: from the shelf, and back onto it. */
const OF_ORDERS: ReadonlySet<string> = new Set(['ALLOCATED', 'PICKED']);

export function handledBucket(state: string): Bucket | null {
  return BY_HAND.get(state) ?? null;
}

/** Whether goods are to be moved that belong to orders: then allocations change with the level. */
export function isPicking({ from, to }: Pick<MoveWish, 'from' | 'to'>): boolean {
  return OF_ORDERS.has(from) && OF_ORDERS.has(to);
}

export function stateNotByHand(field: readonly string[]): InventoryUserError {
  return userError(
    'STATE_NOT_ALLOWED',
    `Goods are moved by hand between ${[...BY_HAND.keys()].join(', ')}, and between ${[...OF_ORDERS].join(' and ')}; orders and reservations move them between the others.`,
    { field },
  );
}

/** The ledger line of goods that change their state and stay where they are. */
export function moveMovement(wish: MoveWish, facts: MoveFacts): Decision<Movement, InventoryUserError> {
  const from = handledBucket(wish.from);
  const to = handledBucket(wish.to);
  const states: InventoryUserError[] = [];
  if (from === null) states.push(stateNotByHand(['input', 'from']));
  if (to === null) states.push(stateNotByHand(['input', 'to']));
  const read = readMove(wish, facts, states);
  if (!read.ok) return read;
  return accepted({
    type: 'ADJUSTMENT',
    variantId: wish.variantId,
    locationId: wish.locationId,
    unit: wish.quantity.unit,
    from,
    to,
    quantity: read.value,
    occurredAt: facts.now,
    sourceSystem: OWN_SYSTEM,
    sourceEventId: facts.source,
    reasonCode: wish.reasonCode.trim(),
  });
}

/**
 * The steps of picking for orders by hand, or of putting back: the oldest claims first, or the one that is named. `allocations` are those
 * of the variant at the place that still have something, oldest first.
 */
export function pickingSteps(
  wish: MoveWish,
  facts: MoveFacts,
  allocations: readonly Allocation[],
): Decision<AllocationStep[], InventoryUserError> {
  const read = readMove(wish, facts, []);
  if (!read.ok) return read;
  const named =
    wish.allocationId == null ? allocations : allocations.filter(({ id }) => id === wish.allocationId);
  if (wish.allocationId != null && named.length === 0)
    return refused(
      userError('ALLOCATION_UNKNOWN', 'Nothing is allocated there under this id any more.', {
        field: ['input', 'allocationId'],
      }),
    );
  const { move, unitsOf } =
    wish.to === 'PICKED'
      ? { move: pick, unitsOf: unpicked }
      : { move: putBack, unitsOf: ({ picked }: Allocation) => picked };
  const act: Act = {
    occurredAt: facts.now,
    sourceSystem: OWN_SYSTEM,
    eventId: facts.source,
    reasonCode: wish.reasonCode.trim(),
  };
  let missing = read.value;
  const steps = named.flatMap((allocation) => {
    const units = Math.min(missing, unitsOf(allocation));
    missing -= units;
    return units > 0 ? [move(allocation, units, act)] : [];
  });
  if (missing > 0)
    return refused(insufficientStock(['input', 'quantity'], read.value - missing, wish.quantity.unit));
  return accepted(steps);
}

/** How many base units are to be moved; everything that is wrong with the wish otherwise. */
function readMove(
  wish: MoveWish,
  facts: MoveFacts,
  states: readonly InventoryUserError[],
): Decision<number, InventoryUserError> {
  const errors = [...states];
  if (wish.from === wish.to && states.length === 0)
    errors.push(
      userError('STATE_UNCHANGED', 'The goods are in this state already.', { field: ['input', 'to'] }),
    );
  const units = wholePositiveUnits(wish.quantity.value);
  if (units === null)
    errors.push(quantityInvalid(['input', 'quantity'], wish.quantity.value, 'a whole number above zero'));
  if (!facts.isLocation(wish.locationId)) errors.push(locationUnknown(['input', 'locationId']));
  const reason = reasonProblem(wish.reasonCode);
  if (reason !== null) errors.push(reason);
  const problem = variantProblem(
    facts.stock,
    wish.quantity.unit,
    ['input', 'variantId'],
    ['input', 'quantity'],
  );
  if (problem !== null) errors.push(problem);
  return units === null || errors.length > 0 ? refused(...errors) : accepted(units);
}
