import { idFromKey } from '../../../platform/ids.ts';
import { compareMoney, type Money } from '../../../platform/money.ts';
import { wholePositiveUnits } from '../../../platform/quantity.ts';
import type { OfflineSaleInput } from './offline-sale.ts';
import type { Order, OrderLine } from './order.ts';

/** What a till calls a sale: its number at that register of that place. */
export interface Ticket {
  readonly locationId: string;
  readonly registerId: string;
  readonly transactionId: string;
}

/** The ticket an order was made of. */
export interface SubmittedTicket extends Ticket {
  /** The payments as the till named them. */
  readonly paymentIds: readonly string[];
  /** The request that brought it, so that its repetition is told from another request with the same ticket. */
  readonly intent: string;
}

/**
 * What becomes of a ticket. `NEW`: it is to be recorded. `RECORDED`: this very request did so before. `DUPLICATE`: another one did.
 * `CONFLICT`: it was, with something else in these fields.
 */
export type TicketVerdict =
  | { readonly kind: 'NEW' | 'RECORDED' | 'DUPLICATE' }
  | { readonly kind: 'CONFLICT'; readonly fields: readonly TicketField[] };

type TicketField = 'occurredAt' | 'lines' | 'paymentIds' | 'total';

/** The order of a ticket, the same in every attempt: its number, its account and the ERP's document follow from it. */
export function ticketOrderId({ locationId, registerId, transactionId }: Ticket): string {
  return idFromKey('offline-sale', locationId, registerId, transactionId);
}

/** Holds a ticket against the order that stands under its number, if one does. */
export function judgeTicket(standing: Order | null, sale: OfflineSaleInput, intent: string): TicketVerdict {
  if (standing === null) return { kind: 'NEW' };
  const fields = differingFields(standing, sale);
  if (fields.length > 0) return { kind: 'CONFLICT', fields };
  return { kind: standing.ticket?.intent === intent ? 'RECORDED' : 'DUPLICATE' };
}

function differingFields(order: Order, sale: OfflineSaleInput): TicketField[] {
  const fields: TicketField[] = [];
  if (new Date(sale.occurredAt).getTime() !== order.placedAt.getTime()) fields.push('occurredAt');
  const sameLines =
    sale.lines.length === order.lines.length &&
    order.lines.every((line, index) => isSameLine(line, sale.lines[index], order.currencyCode));
  if (!sameLines) fields.push('lines');
  if (!isSameSet(sale.paymentIds, order.ticket?.paymentIds ?? [])) fields.push('paymentIds');
  if (!isSameAmount(sale.total, { amount: order.subtotal, currencyCode: order.currencyCode }))
    fields.push('total');
  return fields;
}

/** A line without a price of its own was sold at the channel's price of then; whether that is meant again, the total says. */
function isSameLine(
  line: OrderLine,
  sent: OfflineSaleInput['lines'][number] | undefined,
  currencyCode: string,
): boolean {
  return (
    sent !== undefined &&
    sent.variantId === line.variantId &&
    wholePositiveUnits(sent.quantity.value) === line.quantity &&
    sent.quantity.unit === line.unit &&
    (sent.unitPrice == null || isSameAmount(sent.unitPrice, { amount: line.unitPrice, currencyCode }))
  );
}

function isSameAmount(left: Money, right: Money): boolean {
  return left.currencyCode === right.currencyCode && compareMoney(left, right) === 0;
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  const wanted = new Set(left);
  return wanted.size === new Set(right).size && right.every((id) => wanted.has(id));
}
