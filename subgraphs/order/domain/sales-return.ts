import type { SalesReturn, SalesReturnLine } from '../../../connectors/canonical/sales-order.ts';
import { compareMoney, money, roundMoney } from '../../../platform/money.ts';
import { fateOf } from './disposition.ts';
import { lineAmount } from './price-lines.ts';
import type { Return, ReturnLine } from './return.ts';
import { refundableTotal } from './return-amount.ts';

/**
 * An inspected return as it is filed in the ERP, to be credited: only what was accepted. It is dated when goods without a receipt came back,
 * or when the goods of an order were looked at.
 */
export function salesReturnOf(
  goods: Return,
  codeOfLocation: (id: string) => string | undefined,
): SalesReturn {
  const { orderNumber, customerCode } = goods;
  return {
    reference: goods.rmaNumber,
    ...(orderNumber === null ? {} : { orderReference: orderNumber }),
    ...(customerCode === null ? {} : { customerCode }),
    channelCode: goods.channelCode,
    currencyCode: goods.currencyCode,
    returnedAt: (goods.type === 'UNREFERENCED' ? goods.occurredAt : decidedAt(goods)).toISOString(),
    lines: goods.lines.flatMap((line) => linesOf(line, goods.currencyCode, codeOfLocation)),
    total: refundableTotal(goods).amount,
    correlationId: goods.correlationId,
  };
}

interface Portion {
  readonly units: number;
  readonly restockedAt: string | undefined;
}

/** One line for each place that took some of it back into stock, and one for what went nowhere. */
function linesOf(
  line: ReturnLine,
  currencyCode: string,
  codeOfLocation: (id: string) => string | undefined,
): SalesReturnLine[] {
  if (line.accepted === 0) return [];
  const unitPrice = money(line.unitPrice, currencyCode);
  const portions = portionsOf(line, codeOfLocation);
  // A price with less than a cent in it rounds differently in parts than as a whole, and the whole is what the customer was told.
  const exact = compareMoney(roundMoney(unitPrice), unitPrice) === 0;
  const kept = exact || portions.length === 1 ? portions : [{ units: line.accepted, restockedAt: undefined }];
  return kept.map(({ units, restockedAt }, index) => ({
    lineReference: index === 0 ? line.id : `${line.id}/${index + 1}`,
    sku: line.sku,
    quantity: String(units),
    unit: line.unit,
    unitPrice: unitPrice.amount,
    amount: lineAmount(unitPrice, units).amount,
    ...(restockedAt === undefined ? {} : { restockedAt }),
  }));
}

function portionsOf(line: ReturnLine, codeOfLocation: (id: string) => string | undefined): Portion[] {
  const units = new Map<string | undefined, number>();
  for (const { code, quantity, locationId } of line.dispositions) {
    const { credited, toState } = fateOf(code, line);
    if (!credited) continue;
    const place = toState === 'AVAILABLE' ? codeOfLocation(locationId) : undefined;
    units.set(place, (units.get(place) ?? 0) + quantity);
  }
  return [...units].map(([restockedAt, sum]) => ({ units: sum, restockedAt }));
}

function decidedAt({ lines, updatedAt }: Return): Date {
  return lines.find(({ dispositions }) => dispositions.length > 0)?.dispositions[0]?.decidedAt ?? updatedAt;
}
