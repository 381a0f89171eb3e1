import { z } from 'zod';

/** The structured JSON form of CloudEvents 1.0, as far as deliveries to us need it. Unknown attributes are let through. */
export const cloudEventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(255),
  source: z.string().min(1).max(255),
  type: z.string().min(1).max(255),
  time: z.iso.datetime({ offset: true }),
  /** Names the form of `data`, its version included. */
  dataschema: z.string().min(1).max(255),
  /** The `sequence` extension: the event's place among those of its kind. */
  sequence: z.string().regex(/^\d{1,15}$/, 'a whole number, as text'),
  data: z.unknown(),
});
