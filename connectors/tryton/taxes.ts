import { z } from 'zod';
import { decimal } from '../../platform/money.ts';
import type { TrytonCalls } from './rpc.ts';
import { decimalValue } from './wire.ts';

type Decimal = ReturnType<typeof decimal>;

/** What a price without tax is to be multiplied by for the price with it; null when taxes are not plain percentages. */
export type TaxFactor = (taxIds: readonly number[]) => Decimal | null;

const taxRow = z.object({
  id: z.number().int(),
  type: z.string(),
  rate: decimalValue.nullable(),
  childs: z.array(z.number()),
});

/** Reads all taxes: a company has a handful. Taxes in fixed amounts and taxes made of others have no factor. */
export async function readTaxFactor(calls: TrytonCalls): Promise<TaxFactor> {
  const rows = await calls.search('account.tax', [], taxRow, ['type', 'rate', 'childs']);
  const rates = new Map(
    rows.flatMap(({ id, type, rate, childs }): [number, Decimal][] =>
      type === 'percentage' && rate !== null && childs.length === 0 ? [[id, decimal(rate)]] : [],
    ),
  );
  return (taxIds) => {
    let factor = decimal('1');
    for (const id of taxIds) {
      const rate = rates.get(id);
      if (rate === undefined) return null;
      factor = factor.plus(rate);
    }
    return factor;
  };
}
