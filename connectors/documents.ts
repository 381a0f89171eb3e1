import type { z } from 'zod';
import { type JournalEntryRecord, journalEntrySchema } from './canonical/journal-entry.ts';
import {
  type PaymentAuthorization,
  type PaymentCapture,
  type PaymentRefund,
  type PaymentVoid,
  paymentAuthorizationSchema,
  paymentCaptureSchema,
  paymentRefundSchema,
  paymentVoidSchema,
} from './canonical/payment.ts';
import {
  type SalesOrder,
  type SalesOrderCancellation,
  type SalesReturn,
  salesOrderCancellationSchema,
  salesOrderSchema,
  salesReturnSchema,
} from './canonical/sales-order.ts';

/** The canonical document of each kind a system of record can be asked to create. */
export interface DocumentByKind {
  salesOrder: SalesOrder;
  salesOrderCancellation: SalesOrderCancellation;
  salesReturn: SalesReturn;
  journalEntry: JournalEntryRecord;
  paymentAuthorization: PaymentAuthorization;
  paymentCapture: PaymentCapture;
  paymentVoid: PaymentVoid;
  paymentRefund: PaymentRefund;
}

export type DocumentKind = keyof DocumentByKind;

/** What a document of each kind must look like, on both sides of the wire. */
export const DOCUMENT_SCHEMAS: { [K in DocumentKind]: z.ZodType<DocumentByKind[K], unknown> } = {
  salesOrder: salesOrderSchema,
  salesOrderCancellation: salesOrderCancellationSchema,
  salesReturn: salesReturnSchema,
  journalEntry: journalEntrySchema,
  paymentAuthorization: paymentAuthorizationSchema,
  paymentCapture: paymentCaptureSchema,
  paymentVoid: paymentVoidSchema,
  paymentRefund: paymentRefundSchema,
};

/** The system's word that it holds the document. */
export interface DocumentReceipt {
  kind: DocumentKind;
  /** Our reference, as sent. */
  reference: string;
  /** The system's own id; later documents refer to it. */
  externalId: string;
  /** The system's number for people, e.g. `SO-100001`. */
  number: string;
  /** The system's state of the document, upper-case: `OPEN`, `POSTED`, `AUTHORIZED`, ... */
  state: string;
  /** When the system accepted it: an instant. */
  acceptedAt: string;
  /** True when the system already had it and this call created nothing. */
  replayed: boolean;
  /** Documents that came into being with it: the invoice of an order, the credit note of a return. */
  related: RelatedDocument[];
  /** Until when an authorization holds. */
  expiresAt?: string | undefined;
}

export interface RelatedDocument {
  type: 'INVOICE' | 'CREDIT_NOTE';
  number: string;
}
