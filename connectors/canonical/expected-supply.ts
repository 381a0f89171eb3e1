import { z } from 'zod';
import { code, instant, nonNegativeDecimal, unitCode } from './values.ts';

/** Goods that a place expects: what is still to come of one line of a purchase order, a delivery note or a transfer. */
export interface ExpectedSupply {
  /** The line's own id. */
  id: string;
  sku: string;
  locationCode: string;
  /** What has yet to come, in `unit`; zero when all of it is there or nothing will come any more. */
  quantity: string;
  unit: string;
  expectedAt: string;
  /** What it is for people: `PO-4711`. */
  source: string;
  /** True when the article goes on sale with it for the first time. Default false. */
  isRelease: boolean;
}

export const expectedSupplySchema = z.object({
  id: code,
  sku: code,
  locationCode: code,
  quantity: nonNegativeDecimal,
  unit: unitCode,
  expectedAt: instant,
  source: code,
  isRelease: z.boolean().default(false),
}) satisfies z.ZodType<ExpectedSupply, unknown>;
