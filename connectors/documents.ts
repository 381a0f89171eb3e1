import type { FulfillmentCancellation, FulfillmentRequest } from './canonical/fulfillment-request.ts';
import type { JournalEntryRecord } from './canonical/journal-entry.ts';
import type {
  PaymentAuthorization,
  PaymentCapture,
  PaymentRefund,
  PaymentVoid,
} from './canonical/payment.ts';
import type { SalesOrder, SalesOrderCancellation, SalesReturn } from './canonical/sales-order.ts';
import type { TaxDocument, TaxQuoteRequest, TaxResult, TaxVoid } from './canonical/tax-document.ts';

/** The canonical document of each kind a system of record can be asked to create. */
export interface DocumentByKind {
  salesOrder: SalesOrder;
  salesOrderCancellation: SalesOrderCancellation;
  salesReturn: SalesReturn;
  journalEntry: JournalEntryRecord;
  fulfillmentRequest: FulfillmentRequest;
  fulfillmentCancellation: FulfillmentCancellation;
  paymentAuthorization: PaymentAuthorization;
  paymentCapture: PaymentCapture;
  paymentVoid: PaymentVoid;
  paymentRefund: PaymentRefund;
  taxQuote: TaxQuoteRequest;
  taxDocument: TaxDocument;
  taxVoid: TaxVoid;
}

export type DocumentKind = keyof DocumentByKind;

/** What a system makes itself of what it is handed: listed, and found by its own number; nobody hands it in. */
export type MadeKind = 'invoice' | 'creditNote';

/** Whatever a system keeps. */
export type KeptKind = DocumentKind | MadeKind;

export function isMade(kind: KeptKind): kind is MadeKind {
  return kind === 'invoice' || kind === 'creditNote';
}

/** The system's word that it holds the document. */
export interface DocumentReceipt {
  kind: KeptKind;
  /** Our reference, as sent; of what the system made itself, its number. */
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
  /** What it comes to there, where the system tells: for comparing both sides' books. */
  total?: string | undefined;
  currencyCode?: string | undefined;
  /** How much of an authorized payment was taken, and of that given back, in all. */
  captured?: string | undefined;
  refunded?: string | undefined;
  /** Until when an authorization holds. */
  expiresAt?: string | undefined;
  /** What a tax quote, or the document made of it, says. */
  tax?: TaxResult | undefined;
}

/** A page of what a system holds of one kind, in the order it made it. */
export interface DocumentPage {
  documents: DocumentReceipt[];
  /** Where to go on, opaque; equal to the cursor asked with when nothing is new. */
  cursor: string;
  more: boolean;
}

export interface RelatedDocument {
  type: 'INVOICE' | 'CREDIT_NOTE';
  number: string;
}
