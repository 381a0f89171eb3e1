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
  /** When it is open, in its own time. Left out: always, or nobody knows. */
  openingHours?: OpeningHours[] | undefined;
  /** The countries it sends parcels to, ISO 3166-1. Left out: all. */
  shipsTo?: string[] | undefined;
}

export interface OpeningHours {
  /** Monday is 1, Sunday 7. */
  weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  /** `08:30`; `24:00` is the end of the day. */
  from: string;
  to: string;
}

export type LocationCapability = 'SHIP' | 'PICKUP' | 'RETURN' | 'SHIP_FROM_STORE' | 'TRANSFER';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 08:30');
const openingHours = z
  .object({
    weekday: z.union([1, 2, 3, 4, 5, 6, 7].map((day) => z.literal(day as OpeningHours['weekday']))),
    from: clockTime,
    to: clockTime,
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be later than from' });

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
  openingHours: z.array(openingHours).max(50).optional(),
  shipsTo: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'must be a country of two letters'))
    .max(300)
    .optional(),
}) satisfies z.ZodType<LocationRecord, unknown>;
