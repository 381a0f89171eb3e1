import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { wholePositiveUnits } from '../../../platform/quantity.ts';
import { OWN_SYSTEM } from './claim-movements.ts';
import type { Bucket } from './level.ts';
import type { Movement } from './movement.ts';
import { reasonProblem, variantProblem } from './request-checks.ts';
import type { Stock } from './stock.ts';
import { type InventoryUserError, locationUnknown, quantityInvalid } from './user-error.ts';

export interface MoveWish {
  readonly locationId: string;
  readonly variantId: string;
  readonly from: string;
  readonly to: string;
  readonly quantity: { readonly value: string; readonly unit: string };
  readonly reasonCode: string;
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

export function handledBucket(state: string): Bucket | null {
  return BY_HAND.get(state) ?? null;
}

export function stateNotByHand(field: readonly string[]): InventoryUserError {
  return userError(
    'STATE_NOT_ALLOWED',
    `Goods are moved by hand between ${[...BY_HAND.keys()].join(', ')}; orders and reservations move them between the others.`,
    { field },
  );
}

/** The ledger line of goods that change their state and stay where they are. */
export function moveMovement(wish: MoveWish, facts: MoveFacts): Decision<Movement, InventoryUserError> {
  const errors: InventoryUserError[] = [];
  const from = handledBucket(wish.from);
  const to = handledBucket(wish.to);
  if (from === null) errors.push(stateNotByHand(['input', 'from']));
  if (to === null) errors.push(stateNotByHand(['input', 'to']));
  if (from !== null && from === to)
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
  if (errors.length > 0) return refused(...errors);
  return accepted({
    type: 'ADJUSTMENT',
    variantId: wish.variantId,
    locationId: wish.locationId,
    unit: wish.quantity.unit,
    from,
    to,
    quantity: units ?? 0,
    occurredAt: facts.now,
    sourceSystem: OWN_SYSTEM,
    sourceEventId: facts.source,
    reasonCode: wish.reasonCode.trim(),
  });
}
