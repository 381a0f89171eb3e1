import { decimal, money, roundMoney, subtractMoney, sumMoney } from '../../../platform/money.ts';
import type { TaxQuoteRequest, TaxResult, TaxResultLine } from '../../canonical/tax-document.ts';
import type { Refusal } from './answer.ts';

type Decimal = ReturnType<typeof decimal>;

/**
 * Rates by country and tax category: the general and the (first) reduced rate of value added tax as published for 2026. Good for a
 * stand-in, and no advice: which articles a country taxes at which rate is left to whoever names the categories.
 */
const RATES: Readonly<Record<string, Readonly<{ STANDARD: string; REDUCED: string }>>> = {
  AT: { STANDARD: '0.20', REDUCED: '0.10' },
  BE: { STANDARD: '0.21', REDUCED: '0.06' },
  DE: { STANDARD: '0.19', REDUCED: '0.07' },
  ES: { STANDARD: '0.21', REDUCED: '0.10' },
  FR: { STANDARD: '0.20', REDUCED: '0.055' },
  GB: { STANDARD: '0.20', REDUCED: '0.05' },
  IE: { STANDARD: '0.23', REDUCED: '0.135' },
  IT: { STANDARD: '0.22', REDUCED: '0.10' },
  NL: { STANDARD: '0.21', REDUCED: '0.09' },
  PL: { STANDARD: '0.23', REDUCED: '0.08' },
  PT: { STANDARD: '0.23', REDUCED: '0.06' },
};
/** Taxed at nothing, and not taxed: the same everywhere. */
const UNTAXED: Readonly<Record<string, string>> = { ZERO: '0', EXEMPT: '0' };

/**
 * The tax of each line, contained in its amount or on top of it, rounded to what can be paid. The order's tax is what the lines of one
 * rate come to together, rounded once for each rate; what that differs from the sum of the lines is the rounding adjustment.
 */
export function taxOf(request: TaxQuoteRequest): TaxResult | Refusal {
  const rates = RATES[request.country];
  if (rates === undefined) {
    const message = `no rates of ${request.country} are known`;
    return { code: 'UNKNOWN_JURISDICTION', message, field: ['country'] };
  }
  const { currencyCode, country } = request;
  const lines: TaxResultLine[] = [];
  const exactByRate = new Map<string, Decimal>();
  for (const [index, { lineReference, taxCategory, amount }] of request.lines.entries()) {
    const taxCode = taxCategory.toUpperCase();
    const known = { ...rates, ...UNTAXED }[taxCode];
    if (known === undefined) {
      const message = `no tax category ${taxCategory}; known are ${Object.keys({ ...rates, ...UNTAXED }).join(', ')}`;
      return { code: 'UNKNOWN_TAX_CATEGORY', message, field: ['lines', String(index), 'taxCategory'] };
    }
    const rate = decimal(known);
    const exact = request.pricesIncludeTax
      ? decimal(amount)
          .times(rate)
          .div(rate.plus(decimal('1')))
      : decimal(amount).times(rate);
    const tax = payable(exact, currencyCode);
    const gross = money(amount, currencyCode);
    lines.push({
      lineReference,
      jurisdiction: country,
      taxCode,
      rate: rate.toFixed(),
      taxable: (request.pricesIncludeTax ? subtractMoney(gross, tax) : gross).amount,
      amount: tax.amount,
    });
    exactByRate.set(taxCode, (exactByRate.get(taxCode) ?? decimal('0')).plus(exact));
  }
  const total = sumMoney(
    [...exactByRate.values()].map((exact) => payable(exact, currencyCode)),
    currencyCode,
  );
  const ofLines = sumMoney(
    lines.map((line) => money(line.amount, currencyCode)),
    currencyCode,
  );
  return { total: total.amount, roundingAdjustment: subtractMoney(total, ofLines).amount, lines };
}

/** Division leaves up to 20 digits; what is added up before it is rounded keeps them. */
function payable(exact: Decimal, currencyCode: string) {
  return roundMoney(money(exact.round(10), currencyCode));
}
