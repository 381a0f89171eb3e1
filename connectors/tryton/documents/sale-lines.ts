import { decimal, zero } from '../../../platform/money.ts';
import { rejected } from '../answer-error.ts';
import type { TaxFactor } from '../taxes.ts';
import { unitCodeOf } from '../units.ts';
import { toDecimal } from '../wire.ts';
import type { Product } from './master-data.ts';

/** What a sales order and a return have in common, line by line. */
export interface PricedLine {
  readonly reference: string;
  readonly sku: string;
  readonly quantity: string;
  /** Missing: whatever the product is kept in. */
  readonly unit?: string;
  /** Of the whole line, with tax. */
  readonly amount: string;
  /** Where it stands in the document. */
  readonly field: readonly string[];
}

/** The product whose lines take the cents by which a price without tax, times the tax, misses the price on the shelf. */
export const ROUNDING_SKU = 'ROUNDING';

/** Tryton keeps unit prices with four decimals. */
const PRICE_DECIMALS = 4;

export interface SaleLineRules {
  readonly system: string;
  readonly products: ReadonlyMap<string, Product>;
  readonly factorOf: TaxFactor;
  /** -1 for goods that come back. */
  readonly sign: 1 | -1;
}

/**
 * The lines as Tryton keeps them: without tax, with the taxes it is to add. Rejects with UNKNOWN_SKU, UNKNOWN_UNIT or UNSUPPORTED_TAX and the line's
 * field.
 */
export function saleLines(lines: readonly PricedLine[], rules: SaleLineRules): Record<string, unknown>[] {
  const { system, products, factorOf, sign } = rules;
  return lines.map((line) => {
    const product = products.get(line.sku);
    const no = (code: string, message: string, name: string) =>
      rejected(system, code, message, [...line.field, name]);
    if (product === undefined) throw no('UNKNOWN_SKU', `has no product ${line.sku}`, 'sku');
    const unit = unitCodeOf(product['default_uom.'].symbol);
    if (line.unit !== undefined && line.unit !== unit) {
      throw no('UNKNOWN_UNIT', `${line.sku} is kept in ${unit}`, 'unit');
    }
    const taxes = product['account_category.']?.customer_taxes_used ?? [];
    const factor = factorOf(taxes);
    if (factor === null) throw no('UNSUPPORTED_TAX', `the tax of ${line.sku} is no percentage`, 'sku');
    const unitPrice = decimal(line.amount).div(decimal(line.quantity)).div(factor);
    return {
      type: 'line',
      product: product.id,
      quantity: sign * Number(line.quantity),
      unit: product['default_uom.'].id,
      unit_price: toDecimal(unitPrice.round(PRICE_DECIMALS).toFixed()),
      taxes: [['add', taxes]],
      note: line.reference,
    };
  });
}

/** A line that makes up for `difference`, which may be below zero. Null when there is no product for it. */
export function roundingLine(
  difference: string,
  product: Product | undefined,
): Record<string, unknown> | null {
  if (product === undefined) return null;
  return {
    type: 'line',
    product: product.id,
    quantity: 1,
    unit: product['default_uom.'].id,
    unit_price: toDecimal(difference),
  };
}

/**
 * The most by which Tryton's total may miss ours through rounding alone: a cent for each line and one for the taxes, and what half a digit of each unit
 * price comes to. More means that its prices or taxes are not what they were when the price was made.
 */
export function roundingTolerance(lines: readonly PricedLine[]): ReturnType<typeof decimal> {
  const units = lines.reduce((sum, { quantity }) => sum.plus(decimal(quantity)), zero);
  return decimal('0.01')
    .times(decimal(String(lines.length + 1)))
    .plus(units.times(decimal('0.0001')));
}
