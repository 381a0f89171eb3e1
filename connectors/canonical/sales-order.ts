import { z } from 'zod';
import {
  code,
  currencyCode,
  decimal,
  instant,
  nonNegativeDecimal,
  positiveDecimal,
  text,
  unitCode,
} from './values.ts';

/** An accepted order, as it is written into a system of record. */
export interface SalesOrder {
  /** Our order number: the one name both sides know it by. Unique over all channels. */
  reference: string;
  channelCode: string;
  /** Missing: a guest. */
  customerCode?: string | undefined;
  currencyCode: string;
  placedAt: string;
  lines: SalesOrderLine[];
  /** What is paid beside the goods: SHIPPING, TAX (only where prices exclude it), a fee. */
  charges: SalesOrderCharge[];
  /** Sum of all line and charge amounts. */
  total: string;
  correlationId: string;
}

export interface SalesOrderLine {
  lineReference: string;
  sku: string;
  quantity: string;
  unit: string;
  unitPrice: string;
  /** Taken off this line in all, as a positive number. Default: nothing. */
  discount?: string | undefined;
  /** quantity x unitPrice - discount, rounded half up to the currency's decimals. */
  amount: string;
  /** Where the stock is taken from, once that is known. */
  locationCode?: string | undefined;
}

export interface SalesOrderCharge {
  code: string;
  amount: string;
}

/** Undoes a sales order that has not been shipped. */
export interface SalesOrderCancellation {
  /** Our own name of the cancellation; a second cancellation with it is the same one. */
  reference: string;
  /** Our number of the order to cancel. */
  orderReference: string;
  reasonCode: string;
  canceledAt: string;
  correlationId: string;
}

/** Goods that came back, to be credited. */
export interface SalesReturn {
  /** Our RMA number. */
  reference: string;
  orderReference?: string | undefined;
  customerCode?: string | undefined;
  channelCode: string;
  currencyCode: string;
  returnedAt: string;
  lines: SalesReturnLine[];
  /** What is credited, as a positive number: the sum of the lines' amounts. */
  total: string;
  correlationId: string;
}

export interface SalesReturnLine {
  lineReference: string;
  sku: string;
  quantity: string;
  unit: string;
  unitPrice: string;
  /** quantity x unitPrice - discount, rounded half up to the currency's decimals. */
  amount: string;
  discount?: string | undefined;
  /** Where the units were booked back into sellable stock. Missing: they were not. */
  restockedAt?: string | undefined;
}

const line = {
  lineReference: code,
  sku: code,
  quantity: positiveDecimal,
  unit: unitCode,
  unitPrice: nonNegativeDecimal,
  discount: nonNegativeDecimal.optional(),
  amount: nonNegativeDecimal,
};

/** The most lines one document may have; the largest real order we have seen has just over 1,100. */
const MAX_LINES = 5_000;

export const salesOrderSchema = z.object({
  reference: code,
  channelCode: code,
  customerCode: code.optional(),
  currencyCode,
  placedAt: instant,
  lines: z
    .array(z.object({ ...line, locationCode: code.optional() }))
    .min(1, 'must have at least one line')
    .max(MAX_LINES),
  charges: z.array(z.object({ code, amount: decimal })).max(100),
  total: nonNegativeDecimal,
  correlationId: code,
}) satisfies z.ZodType<SalesOrder, unknown>;

export const salesOrderCancellationSchema = z.object({
  reference: code,
  orderReference: code,
  reasonCode: text,
  canceledAt: instant,
  correlationId: code,
}) satisfies z.ZodType<SalesOrderCancellation, unknown>;

export const salesReturnSchema = z.object({
  reference: code,
  orderReference: code.optional(),
  customerCode: code.optional(),
  channelCode: code,
  currencyCode,
  returnedAt: instant,
  lines: z
    .array(z.object({ ...line, restockedAt: code.optional() }))
    .min(1, 'must have at least one line')
    .max(MAX_LINES),
  total: nonNegativeDecimal,
  correlationId: code,
}) satisfies z.ZodType<SalesReturn, unknown>;
