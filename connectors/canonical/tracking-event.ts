import { z } from 'zod';
import { code, instant } from './values.ts';

/** A carrier's word on where a parcel is. */
export interface TrackingEvent {
  /** The carrier's own id of the scan: the same id is the same scan, however often it arrives. */
  id: string;
  trackingNumber: string;
  status: 'IN_TRANSIT' | 'DELIVERED';
  /** When it was scanned, not when it was reported. */
  occurredAt: string;
}

export const trackingEventSchema = z.object({
  id: code,
  trackingNumber: code,
  status: z.enum(['IN_TRANSIT', 'DELIVERED']),
  occurredAt: instant,
}) satisfies z.ZodType<TrackingEvent, unknown>;
