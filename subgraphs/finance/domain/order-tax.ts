import type { TaxQuoteRequest, TaxResult } from '../../../connectors/canonical/tax-document.ts';
import { deriveKey } from '../../../platform/ids.ts';
import { decimal, money, roundMoney, subtractMoney, sumMoney } from '../../../platform/money.ts';

/** What an order is taxed on. */
export interface Taxable {
  /** The order's id. */
  readonly _id: string;
  readonly orderNumber: string;
  readonly currencyCode: string;
  /** Where it is sold to, ISO 3166-1. */
  readonly country: string;
  readonly pricesIncludeTax: boolean;
  readonly lines: readonly TaxableLine[];
}

export interface TaxableLine {
  readonly orderLineId: string;
  readonly taxCategoryCode: string;
  /** What the line comes to: an exact decimal. */
  readonly amount: string;
}

/** What the tax of an order is, by the tax system or by our own estimate. */
export interface TaxFigures {
  /** The tax system's id of its quote; null for an estimate. */
  readonly quoteId: string | null;
  readonly calculatedAt: Date;
  readonly total: string;
  readonly roundingAdjustment: string;
  readonly lines: readonly TaxFigureLine[];
}

/** Figures that the tax system itself has told. */
export type QuotedTax = TaxFigures & { readonly quoteId: string };

export interface TaxFigureLine {
  readonly orderLineId: string;
  readonly jurisdiction: string;
  readonly taxCode: string;
  readonly rate: string;
  readonly taxable: string;
  readonly amount: string;
}

/** The tax of an order: what was asked, what the tax system said, and whether it is owed. */
export interface OrderTax extends Taxable {
  /** The code of the tax system. */
  readonly provider: string;
  /** Null: nobody could say yet. */
  readonly figures: TaxFigures | null;
  /** The tax system's number of the document that makes it owed; null until it is committed, and once it is taken back. */
  readonly documentNumber: string | null;
}

/** The tax system's id of its quote; null as long as it has not said what the tax is. */
export function quoteIdOf(tax: OrderTax): string | null {
  return tax.figures?.quoteId ?? null;
}

/** The question to the tax system. Its reference follows from what is asked, so that the same is asked once and a change asked anew. */
export function quoteRequestOf(order: Taxable, correlationId: string): TaxQuoteRequest {
  const { orderNumber, country, currencyCode, pricesIncludeTax } = order;
  const lines = order.lines.map(({ orderLineId, taxCategoryCode, amount }) => ({
    lineReference: orderLineId,
    taxCategory: taxCategoryCode,
    amount: money(amount, currencyCode).amount,
  }));
  const content = JSON.stringify([country, currencyCode, pricesIncludeTax, lines]);
  return {
    reference: `${orderNumber}-${deriveKey(content, 'tax').slice(0, 12)}`,
    orderReference: orderNumber,
    country,
    currencyCode,
    pricesIncludeTax,
    lines,
    correlationId,
  };
}

export function figuresOfQuote(quoteId: string, calculatedAt: Date, tax: TaxResult): QuotedTax {
  const lines = tax.lines.map(({ lineReference, ...line }) => ({ ...line, orderLineId: lineReference }));
  return { quoteId, calculatedAt, total: tax.total, roundingAdjustment: tax.roundingAdjustment, lines };
}

/** A rate that the tax system last applied to a tax category. */
export type KnownRate = Pick<TaxFigureLine, 'jurisdiction' | 'taxCode' | 'rate'>;

/**
 * What the tax will come to if nothing has changed since the tax system last said: for as long as it does not answer. Null when a line's
 * category was never quoted.
 */
export function estimateTax(
  order: Taxable,
  rates: ReadonlyMap<string, KnownRate>,
  now: Date,
): TaxFigures | null {
  const { currencyCode, pricesIncludeTax } = order;
  const lines = order.lines.flatMap(({ orderLineId, taxCategoryCode, amount }): TaxFigureLine[] => {
    const known = rates.get(taxCategoryCode);
    if (known === undefined) return [];
    const rate = decimal(known.rate);
    const gross = money(amount, currencyCode);
    const exact = pricesIncludeTax
      ? decimal(amount)
          .times(rate)
          .div(rate.plus(decimal('1')))
      : decimal(amount).times(rate);
    const tax = roundMoney(money(exact.round(10), currencyCode));
    const taxable = pricesIncludeTax ? subtractMoney(gross, tax) : gross;
    return [{ ...known, orderLineId, taxable: taxable.amount, amount: tax.amount }];
  });
  if (lines.length < order.lines.length) return null;
  const total = sumMoney(
    lines.map((line) => money(line.amount, currencyCode)),
    currencyCode,
  );
  const nothing = subtractMoney(total, total).amount;
  return { quoteId: null, calculatedAt: now, total: total.amount, roundingAdjustment: nothing, lines };
}
