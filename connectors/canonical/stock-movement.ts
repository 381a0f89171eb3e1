import { z } from 'zod';
import { code, instant, nonZeroDecimal, unitCode } from './values.ts';

/** A change of physical stock that a system of record booked: the ERP, the warehouse, a till. Opening stock is a RECEIPT. */
export interface StockMovement {
  /** The booking's own id: the same id is the same movement, however often it arrives. */
  id: string;
  sku: string;
  locationCode: string;
  /** Signed: what it adds to on hand, in `unit`. Never zero. */
  quantity: string;
  unit: string;
  /** `SALE`: taken over a counter, not shipped for an order of the graph. `RETURN`: back on the shelf, to be sold again. */
  type: 'RECEIPT' | 'ADJUSTMENT' | 'SALE' | 'RETURN' | 'SCRAP';
  reasonCode?: string | undefined;
  /** When it happened at the place, not when it was reported. */
  occurredAt: string;
}

const BRINGS: ReadonlySet<StockMovement['type']> = new Set(['RECEIPT', 'RETURN']);
const TAKES: ReadonlySet<StockMovement['type']> = new Set(['SALE', 'SCRAP']);

export const stockMovementSchema = z
  .object({
    id: code,
    sku: code,
    locationCode: code,
    quantity: nonZeroDecimal,
    unit: unitCode,
    type: z.enum(['RECEIPT', 'ADJUSTMENT', 'SALE', 'RETURN', 'SCRAP']),
    reasonCode: code.optional(),
    occurredAt: instant,
  })
  .refine(({ type, quantity }) => !BRINGS.has(type) || !quantity.startsWith('-'), {
    path: ['quantity'],
    message: 'must not be negative on a RECEIPT or RETURN',
  })
  .refine(({ type, quantity }) => !TAKES.has(type) || quantity.startsWith('-'), {
    path: ['quantity'],
    message: 'must be negative on a SALE or SCRAP',
  }) satisfies z.ZodType<StockMovement, unknown>;
