import { z } from 'zod';
import { code, instant } from './values.ts';

/** A warehouse's word that the goods of a request have left, all of them in one shipment. */
export interface ShipmentNotice {
  /** The warehouse's own id of the shipment: the same id is the same shipment, however often it arrives. */
  id: string;
  /** The reference of the request: our id of the piece of work. */
  requestReference: string;
  carrier: string;
  trackingNumber?: string | undefined;
  packages: PackedGoods[];
  /** When they left, not when it was reported. */
  shippedAt: string;
}

export interface PackedGoods {
  /** GS1 serial shipping container code, 18 digits. */
  sscc?: string | undefined;
  /** The lines of the request that are in it. */
  lineReferences: string[];
}

export const shipmentNoticeSchema = z.object({
  id: code,
  requestReference: code,
  carrier: code,
  trackingNumber: code.optional(),
  packages: z
    .array(
      z.object({
        sscc: z
          .string()
          .regex(/^\d{18}$/, 'must have 18 digits')
          .optional(),
        lineReferences: z.array(code).min(1, 'must name at least one line').max(5_000),
      }),
    )
    .min(1, 'must have at least one package')
    .max(1_000),
  shippedAt: instant,
}) satisfies z.ZodType<ShipmentNotice, unknown>;
