import { z } from 'zod';
import { code, currencyCode, positiveDecimal } from './values.ts';

/** Asks the provider to hold money on a means of payment. The provider's payment id comes back as `externalId`. */
export interface PaymentAuthorization {
  /** Our payment id. */
  reference: string;
  orderReference?: string | undefined;
  amount: string;
  currencyCode: string;
  /** What the provider's own form gave the shopper's browser in place of a card number. Never log it. */
  token: string;
  correlationId: string;
}

/** Takes held money, all of it or a part; further captures may follow up to what was authorized. */
export interface PaymentCapture {
  /** Our name of this capture. */
  reference: string;
  /** The provider's id of the payment: the `externalId` of its authorization. */
  paymentExternalId: string;
  amount: string;
  currencyCode: string;
  correlationId: string;
}

/** Lets go of what is held and not yet captured. */
export interface PaymentVoid {
  reference: string;
  paymentExternalId: string;
  correlationId: string;
}

/** Gives captured money back, all of it or a part. */
export interface PaymentRefund {
  /** Our refund id. */
  reference: string;
  paymentExternalId: string;
  amount: string;
  currencyCode: string;
  reasonCode?: string | undefined;
  correlationId: string;
}

export const paymentAuthorizationSchema = z.object({
  reference: code,
  orderReference: code.optional(),
  amount: positiveDecimal,
  currencyCode,
  token: code,
  correlationId: code,
}) satisfies z.ZodType<PaymentAuthorization, unknown>;

export const paymentCaptureSchema = z.object({
  reference: code,
  paymentExternalId: code,
  amount: positiveDecimal,
  currencyCode,
  correlationId: code,
}) satisfies z.ZodType<PaymentCapture, unknown>;

export const paymentVoidSchema = z.object({
  reference: code,
  paymentExternalId: code,
  correlationId: code,
}) satisfies z.ZodType<PaymentVoid, unknown>;

export const paymentRefundSchema = z.object({
  reference: code,
  paymentExternalId: code,
  amount: positiveDecimal,
  currencyCode,
  reasonCode: code.optional(),
  correlationId: code,
}) satisfies z.ZodType<PaymentRefund, unknown>;
