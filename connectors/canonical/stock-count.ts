import { z } from 'zod';
import { code, nonNegativeDecimal, unitCode } from './values.ts';

/** One row of a stock snapshot: so much of one article lay at the place when it was taken, in whatever state. */
export interface StockCount {
  sku: string;
  /** Everything on hand; zero says that there is none, which is not the same as not being listed. */
  quantity: string;
  /** Default: the article's base unit. */
  unit?: string | undefined;
}

export const stockCountSchema = z.object({
  sku: code,
  quantity: nonNegativeDecimal,
  unit: unitCode.optional(),
}) satisfies z.ZodType<StockCount, unknown>;
