import { z } from 'zod';
import { code, instant, nonZeroDecimal, unitCode } from './values.ts';

/** A change of physical stock that a system of record booked. Opening stock is a RECEIPT. */
export interface StockMovement {
  /** The booking's own id: the same id is the same movement, however often it arrives. */
  id: string;
  sku: string;
  locationCode: string;
  /** Signed: what it adds to on hand, in `unit`. Never zero. */
  quantity: string;
  unit: string;
  type: 'RECEIPT' | 'ADJUSTMENT';
  reasonCode?: string | undefined;
  /** When it happened at the place, not when it was reported. */
  occurredAt: string;
}

export const stockMovementSchema = z
  .object({
    id: code,
    sku: code,
    locationCode: code,
    quantity: nonZeroDecimal,
    unit: unitCode,
    type: z.enum(['RECEIPT', 'ADJUSTMENT']),
    reasonCode: code.optional(),
    occurredAt: instant,
  })
  .refine(({ type, quantity }) => type !== 'RECEIPT' || !quantity.startsWith('-'), {
    path: ['quantity'],
    message: 'must not be negative on a RECEIPT',
  }) satisfies z.ZodType<StockMovement, unknown>;
