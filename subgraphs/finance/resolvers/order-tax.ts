import { money } from '../../../platform/money.ts';
import type { OrderTax } from '../domain/order-tax.ts';
import type { OrderResolvers } from '../generated.ts';

/** The tax of an order as it was told or estimated; nobody is asked for it now. */
export const tax: NonNullable<OrderResolvers['tax']> = async ({ id }, _args, { loaders }) => {
  const found = await loaders.taxByOrder.load(id);
  return found === null ? null : summaryOf(found);
};

function summaryOf({ currencyCode, provider, figures, documentNumber }: OrderTax) {
  if (figures === null) return null;
  const { quoteId, calculatedAt } = figures;
  return {
    total: money(figures.total, currencyCode),
    roundingAdjustment: money(figures.roundingAdjustment, currencyCode),
    provider,
    quoteId,
    calculatedAt,
    committed: documentNumber !== null,
    lines: figures.lines.map((line) => ({
      ...line,
      taxable: money(line.taxable, currencyCode),
      amount: money(line.amount, currencyCode),
    })),
  };
}
