import { z } from 'zod';
import { code, instant, positiveDecimal, text, unitCode } from './values.ts';

/** Work for a warehouse: goods of one order to be picked, packed and sent from one place. */
export interface FulfillmentRequest {
  /** Our id of the piece of work: there is one request of it, however often it is sent. */
  reference: string;
  /** Our order number, for the people who pack. */
  orderReference: string;
  locationCode: string;
  requestedAt: string;
  lines: FulfillmentRequestLine[];
  correlationId: string;
}

export interface FulfillmentRequestLine {
  /** Our name of the line within the work; packages name their contents by it. */
  lineReference: string;
  sku: string;
  quantity: string;
  unit: string;
}

/** Takes back a request whose goods have not left. */
export interface FulfillmentCancellation {
  /** Our own name of the cancellation; a second one with it is the same. */
  reference: string;
  /** The reference of the request to cancel. */
  requestReference: string;
  reasonCode: string;
  canceledAt: string;
  correlationId: string;
}

/** As many as a sales order may have. */
const MAX_LINES = 5_000;

export const fulfillmentRequestSchema = z.strictObject({
  reference: code,
  orderReference: code,
  locationCode: code,
  requestedAt: instant,
  lines: z
    .array(z.strictObject({ lineReference: code, sku: code, quantity: positiveDecimal, unit: unitCode }))
    .min(1, 'must have at least one line')
    .max(MAX_LINES),
  correlationId: code,
}) satisfies z.ZodType<FulfillmentRequest, unknown>;

export const fulfillmentCancellationSchema = z.strictObject({
  reference: code,
  requestReference: code,
  reasonCode: text,
  canceledAt: instant,
  correlationId: code,
}) satisfies z.ZodType<FulfillmentCancellation, unknown>;
