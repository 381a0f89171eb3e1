import type { Movement } from './movement.ts';

/** What a till handed over without the line to us, as order tells it. Quantities are whole base units. */
export interface SoldOffline {
  readonly locationId: string;
  readonly registerId: string;
  readonly registerTransactionId: string;
  readonly occurredAt: Date;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
}

/** The ledger's name for whatever tills tell. */
const TILL = 'TILL';

/**
 * The ledger lines of a ticket, dated when the goods went over the counter. Nobody had claimed them, so they come out of what is
 * available, be it more than that. Each is named after its place in the ticket: a ticket that is told again makes the same lines.
 */
export function salesOf(sold: SoldOffline, unitOf: (variantId: string) => string): Movement[] {
  const { locationId, registerId, registerTransactionId, occurredAt } = sold;
  const ticket = [locationId, registerId, registerTransactionId].map(encodeURIComponent).join('/');
  return sold.lines.map(({ variantId, quantity }, index) => ({
    type: 'SALE',
    variantId,
    locationId,
    unit: unitOf(variantId),
    from: 'available',
    to: null,
    quantity,
    occurredAt,
    sourceSystem: TILL,
    sourceEventId: `${ticket}/${index}`,
    reasonCode: 'SOLD_OFFLINE',
  }));
}

/** What whoever counts the shelf is told: what was sold, and what the books say of it now. */
export function disputeInWords(
  { registerId, registerTransactionId, occurredAt }: SoldOffline,
  shelf: { readonly sku: string; readonly code: string; readonly onHand: number },
): string {
  const { sku, code, onHand } = shelf;
  return [
    `${sku} at ${code}: register ${registerId} sold more than the books had there`,
    `(sale ${registerTransactionId} of ${occurredAt.toISOString()} brings them to ${onHand} on hand): count the shelf`,
  ].join(' ');
}
