import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import { compareMoney, type Money, multiplyMoney, roundMoney, sumMoney } from '../../../platform/money.ts';
import type { PlaceRequest, RequestedLine } from './place-request.ts';

/** What product knows of an article, for one channel. */
export interface SalableVariant {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly baseUnit: string;
  readonly trackInventory: boolean;
  readonly taxCategoryCode: string;
  readonly salable: boolean;
  readonly price: { readonly list: Money; readonly sale: Money | null } | null;
}

export interface SellingChannel {
  readonly id: string;
  readonly code: string;
  /** Where it sells, usually a country code. */
  readonly market: string;
  readonly defaultCurrency: string;
  readonly priceIncludesTax: boolean;
}

export interface PricedLine {
  readonly requested: RequestedLine;
  readonly variant: SalableVariant;
  readonly unitPrice: Money;
  /** units times unitPrice, rounded to what can be paid. */
  readonly amount: Money;
}

export interface PricedOrder {
  readonly lines: readonly PricedLine[];
  readonly total: Money;
}

/** An error of an order, with what would have been right where that is known. */
export interface OrderUserErrorValue extends UserErrorValue {
  readonly currentVersion?: number;
  readonly rightTotal?: Money;
  readonly availableQuantity?: { readonly value: string; readonly unit: string };
}

/** Prices an order by the channel's prices, or the ones brought along, and holds the total against what the buyer was told. */
export function priceOrder(
  request: PlaceRequest,
  channel: SellingChannel,
  variants: ReadonlyMap<string, SalableVariant>,
): Decision<PricedOrder, OrderUserErrorValue> {
  const priced = request.lines.map((line, index) =>
    priceLine(line, ['input', 'lines', String(index)], channel, variants.get(line.variantId)),
  );
  const errors: OrderUserErrorValue[] = priced.flatMap((line) => ('errors' in line ? line.errors : []));
  const { expectedTotal } = request;
  if (expectedTotal.currencyCode !== channel.defaultCurrency) {
    errors.push(
      userError(
        'CURRENCY_MISMATCH',
        `This channel sells in ${channel.defaultCurrency}, not ${expectedTotal.currencyCode}.`,
        { field: ['input', 'expectedTotal'] },
      ),
    );
  }
  if (errors.length > 0) return refused(...errors);
  const lines = priced.flatMap((line) => ('errors' in line ? [] : [line]));
  const total = sumMoney(
    lines.map((line) => line.amount),
    channel.defaultCurrency,
  );
  if (compareMoney(total, expectedTotal) !== 0) {
    return refused({
      ...userError(
        'TOTAL_MISMATCH',
        `The order comes to ${total.amount} ${total.currencyCode}, not ${expectedTotal.amount}.`,
        { field: ['input', 'expectedTotal'] },
      ),
      rightTotal: total,
    });
  }
  return accepted({ lines, total });
}

function priceLine(
  line: RequestedLine,
  field: string[],
  channel: SellingChannel,
  variant: SalableVariant | undefined,
): PricedLine | { readonly errors: UserErrorValue[] } {
  if (variant === undefined) {
    return {
      errors: [
        userError('VARIANT_UNKNOWN', `There is no article ${line.variantId}.`, {
          field: [...field, 'variantId'],
        }),
      ],
    };
  }
  if (!variant.salable) {
    return {
      errors: [
        userError('VARIANT_NOT_SALABLE', `${variant.sku} is not sold any more.`, {
          field: [...field, 'variantId'],
        }),
      ],
    };
  }
  if (line.unit !== variant.baseUnit) {
    return {
      errors: [
        userError('UNIT_UNKNOWN', `${variant.sku} is sold by ${variant.baseUnit}, not ${line.unit}.`, {
          field: [...field, 'quantity', 'unit'],
        }),
      ],
    };
  }
  const unitPrice = line.unitPrice ?? variant.price?.sale ?? variant.price?.list;
  if (unitPrice === undefined) {
    return {
      errors: [
        userError('PRICE_MISSING', `${variant.sku} has no price in channel ${channel.code}.`, {
          field: [...field, 'variantId'],
        }),
      ],
    };
  }
  if (unitPrice.currencyCode !== channel.defaultCurrency) {
    return {
      errors: [
        userError(
          'CURRENCY_MISMATCH',
          `This channel sells in ${channel.defaultCurrency}, not ${unitPrice.currencyCode}.`,
          { field: [...field, 'unitPrice'] },
        ),
      ],
    };
  }
  return { requested: line, variant, unitPrice, amount: lineAmount(unitPrice, line.units) };
}

/** What a line comes to: exact, then rounded once to what can be paid. */
export function lineAmount(unitPrice: Money, units: number): Money {
  return roundMoney(multiplyMoney(unitPrice, String(units)));
}
