import { z } from 'zod';
import { code, text, timeZone } from './values.ts';

/** A place that can hold or hand over stock. */
export interface LocationRecord {
  code: string;
  /** GS1 location number, 13 digits. */
  gln?: string | undefined;
  name: string;
  kind: 'DISTRIBUTION_CENTER' | 'STORE' | 'DARK_STORE' | 'THIRD_PARTY_LOGISTICS' | 'VENDOR' | 'VIRTUAL';
  capabilities: LocationCapability[];
  timeZone: string;
  /** Degrees, WGS 84. */
  lat?: number | undefined;
  lon?: number | undefined;
}

export type LocationCapability = 'SHIP' | 'PICKUP' | 'RETURN' | 'SHIP_FROM_STORE' | 'TRANSFER';

export const locationSchema = z.object({
  code,
  gln: z
    .string()
    .regex(/^\d{13}$/, 'must have 13 digits')
    .optional(),
  name: text,
  kind: z.enum(['DISTRIBUTION_CENTER', 'STORE', 'DARK_STORE', 'THIRD_PARTY_LOGISTICS', 'VENDOR', 'VIRTUAL']),
  capabilities: z.array(z.enum(['SHIP', 'PICKUP', 'RETURN', 'SHIP_FROM_STORE', 'TRANSFER'])),
  timeZone,
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
}) satisfies z.ZodType<LocationRecord, unknown>;
