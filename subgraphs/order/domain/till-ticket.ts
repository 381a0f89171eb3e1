import { idFromKey } from '../../../platform/ids.ts';
import { compareMoney, type Money } from '../../../platform/money.ts';
import { wholePositiveUnits } from '../../../platform/quantity.ts';
import type { OfflineSaleInput } from './offline-sale.ts';
import type { Order, OrderLine, SubmittedTicket } from './order.ts';

/** What a till calls a sale. */
type Ticket = Pick<SubmittedTicket, 'locationId' | 'registerId' | 'transactionId'>;

/**
 * What a sale is to the order that stands under its number. `RECORDED`: this very request made it before. `DUPLICATE`: another one did.
 * `CONFLICT`: it is another sale, by these fields.
 */
export type TicketVerdict =
  | { readonly kind: 'RECORDED' | 'DUPLICATE' }
  | { readonly kind: 'CONFLICT'; readonly fields: readonly TicketField[] };

type TicketField = 'occurredAt' | 'lines' | 'paymentIds' | 'total';

/** The order of a ticket, the same in every attempt: its number, its account and the ERP's document follow from it. */
export function ticketOrderId({ locationId, registerId, transactionId }: Ticket): string {
  return idFromKey('offline-sale', locationId, registerId, transactionId);
}

/** Holds a sale against the order that stands under its number. */
export function judgeTicket(standing: Order, sale: OfflineSaleInput, intent: string): TicketVerdict {
  const fields = differingFields(standing, sale);
  if (fields.length > 0) return { kind: 'CONFLICT', fields };
  return { kind: standing.ticket?.intent === intent ? 'RECORDED' : 'DUPLICATE' };
}

/** Both sales as somebody reads them who has to find out which of them was made, and under what number the other was. */
export function conflictInWords(
  { number, ticket, placedAt, subtotal, currencyCode, lines }: Order,
  sale: OfflineSaleInput,
  fields: readonly TicketField[],
): string {
  const { amount, currencyCode: sentIn } = sale.total;
  return [
    `sale ${sale.registerTransactionId} of register ${ticket?.registerId} was sent twice, with other ${fields.join(', ')}:`,
    `order ${number} of ${placedAt.toISOString()} has ${lines.length} lines for ${subtotal} ${currencyCode},`,
    `the other of ${new Date(sale.occurredAt).toISOString()} has ${sale.lines.length} lines for ${amount} ${sentIn} and is not recorded`,
  ].join(' ');
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
