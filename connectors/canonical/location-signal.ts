import { z } from 'zod';
import { code, instant } from './values.ts';

/** A sign of life of a place's tills: the last moment at which the system heard of them. */
export interface LocationSignal {
  locationCode: string;
  seenAt: string;
}

export const locationSignalSchema = z.object({
  locationCode: code,
  seenAt: instant,
}) satisfies z.ZodType<LocationSignal, unknown>;
