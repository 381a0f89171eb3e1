import { decimal, money, multiplyMoney, roundMoney, subtractMoney, zero } from '../../../platform/money.ts';
import type { Item } from '../../canonical/item.ts';
import type { JournalEntryRecord } from '../../canonical/journal-entry.ts';
import type {
  SalesOrder,
  SalesOrderLine,
  SalesReturn,
  SalesReturnLine,
} from '../../canonical/sales-order.ts';
import type { Refusal } from './answer.ts';

/** What the ERP's master data says, as far as a document needs it. */
export interface KnownMasterData {
  item(sku: string): Partial<Item> | undefined;
  hasChannel(code: string): boolean;
  hasCustomer(code: string): boolean;
  hasLocation(code: string): boolean;
}

/** Why the ERP does not take this order, or null when it does. */
export function refuseSalesOrder(order: SalesOrder, known: KnownMasterData): Refusal | null {
  const parties = refuseParties(order, known);
  if (parties !== null) return parties;
  for (const [index, line] of order.lines.entries()) {
    const at = ['lines', String(index)];
    const refused = refuseLine(line, order.currencyCode, at, known);
    if (refused !== null) return refused;
    if (line.locationCode !== undefined && !known.hasLocation(line.locationCode)) {
      return refusal('UNKNOWN_LOCATION', `no location ${line.locationCode}`, [...at, 'locationCode']);
    }
  }
  return refuseTotal(order.total, [...order.lines, ...order.charges]);
}

/** Why the ERP does not take this return; `returnable` is what is left of each SKU of the order it refers to. */
export function refuseSalesReturn(
  goods: SalesReturn,
  known: KnownMasterData,
  returnable: ReadonlyMap<string, string> | null,
): Refusal | null {
  const parties = refuseParties(goods, known);
  if (parties !== null) return parties;
  const wanted = new Map<string, string>();
  for (const [index, line] of goods.lines.entries()) {
    const at = ['lines', String(index)];
    const refused = refuseLine(line, goods.currencyCode, at, known);
    if (refused !== null) return refused;
    if (line.restockedAt !== undefined && !known.hasLocation(line.restockedAt)) {
      return refusal('UNKNOWN_LOCATION', `no location ${line.restockedAt}`, [...at, 'restockedAt']);
    }
    const quantity = decimal(wanted.get(line.sku) ?? '0').plus(
      decimal(baseQuantity(line, known.item(line.sku))),
    );
    wanted.set(line.sku, quantity.toFixed());
    if (returnable !== null && quantity.gt(decimal(returnable.get(line.sku) ?? '0'))) {
      const message = `the order has no ${quantity.toFixed()} of ${line.sku} left to return`;
      return refusal('RETURN_EXCEEDS_ORDER', message, [...at, 'quantity']);
    }
  }
  return refuseTotal(goods.total, goods.lines);
}

/** Why the ledger does not take this entry. */
export function refuseJournalEntry(entry: JournalEntryRecord): Refusal | null {
  const balance = entry.lines.reduce(
    (sum, line) => sum.plus(decimal(line.debit ?? '0')).minus(decimal(line.credit ?? '0')),
    zero,
  );
  if (balance.eq(zero)) return null;
  return refusal('NOT_BALANCED', `debits exceed credits by ${balance.toFixed()}`, ['lines']);
}

/** The line's quantity in the item's base unit. */
export function baseQuantity(
  line: { quantity: string; unit: string },
  item: Partial<Item> | undefined,
): string {
  const conversion = item?.unitConversions?.find(({ unit }) => unit === line.unit);
  return decimal(line.quantity)
    .times(decimal(conversion?.factor ?? '1'))
    .toFixed();
}

function refuseParties(
  document: { channelCode: string; customerCode?: string | undefined },
  known: KnownMasterData,
): Refusal | null {
  if (!known.hasChannel(document.channelCode)) {
    return refusal('UNKNOWN_CHANNEL', `no channel ${document.channelCode}`, ['channelCode']);
  }
  if (document.customerCode !== undefined && !known.hasCustomer(document.customerCode)) {
    return refusal('UNKNOWN_CUSTOMER', `no customer ${document.customerCode}`, ['customerCode']);
  }
  return null;
}

function refuseLine(
  line: SalesOrderLine | SalesReturnLine,
  currencyCode: string,
  at: string[],
  known: KnownMasterData,
): Refusal | null {
  const item = known.item(line.sku);
  if (item === undefined) return refusal('UNKNOWN_SKU', `no item ${line.sku}`, [...at, 'sku']);
  const units = [item.baseUnit ?? line.unit, ...(item.unitConversions ?? []).map(({ unit }) => unit)];
  if (!units.includes(line.unit)) {
    return refusal('UNKNOWN_UNIT', `${line.sku} is not kept in ${line.unit}`, [...at, 'unit']);
  }
  const gross = multiplyMoney(money(line.unitPrice, currencyCode), line.quantity);
  const due = roundMoney(subtractMoney(gross, money(line.discount ?? '0', currencyCode)));
  if (decimal(due.amount).eq(decimal(line.amount))) return null;
  return refusal('AMOUNT_MISMATCH', `the line comes to ${due.amount}, not ${line.amount}`, [...at, 'amount']);
}

function refuseTotal(total: string, parts: readonly { amount: string }[]): Refusal | null {
  const sum = parts.reduce((all, { amount }) => all.plus(decimal(amount)), zero);
  if (sum.eq(decimal(total))) return null;
  return refusal('TOTAL_MISMATCH', `the parts add up to ${sum.toFixed()}, not ${total}`, ['total']);
}

function refusal(code: string, message: string, field: string[]): Refusal {
  return { code, message, field };
}
