import { decimal } from '../../../platform/money.ts';
import type { Refusal } from './answer.ts';

/** What the provider has done with one payment so far; all amounts in the currency of the authorization. */
export interface PaymentBalance {
  currencyCode: string;
  authorized: string;
  captured: string;
  refunded: string;
  voided: boolean;
  /** Instant until which the rest may still be captured. */
  expiresAt: string;
}

export type PaymentState =
  | 'AUTHORIZED'
  | 'PARTIALLY_CAPTURED'
  | 'CAPTURED'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'
  | 'VOIDED';

/** The means of payment the provider knows; anything else is no token of its own. */
const TOKENS: Readonly<Record<string, Refusal | null>> = {
  tok_visa: null,
  tok_declined: { code: 'CARD_DECLINED', message: 'the issuer declined the payment', field: ['token'] },
  tok_insufficient_funds: {
    code: 'INSUFFICIENT_FUNDS',
    message: 'the account has not enough funds',
    field: ['token'],
  },
  tok_expired: { code: 'EXPIRED_CARD', message: 'the card has expired', field: ['token'] },
};

/** `ok`, `declined` by the issuer, or `unknown` to the provider. */
export function judgeToken(
  token: string,
): { verdict: 'ok' | 'unknown' } | { verdict: 'declined'; refusal: Refusal } {
  const refusal = Object.hasOwn(TOKENS, token) ? TOKENS[token] : undefined;
  if (refusal === undefined) return { verdict: 'unknown' };
  return refusal === null ? { verdict: 'ok' } : { verdict: 'declined', refusal };
}

export function stateOf(payment: PaymentBalance): PaymentState {
  const [authorized, captured, refunded] = [payment.authorized, payment.captured, payment.refunded].map(
    decimal,
  );
  if (refunded?.gt('0'))
    return captured !== undefined && refunded.gte(captured) ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  if (captured?.gt('0'))
    return authorized !== undefined && captured.gte(authorized) ? 'CAPTURED' : 'PARTIALLY_CAPTURED';
  return payment.voided ? 'VOIDED' : 'AUTHORIZED';
}

/** The field that is wrong when a payment's own state forbids what is asked. */
const PAYMENT = ['paymentExternalId'];

/** Takes `amount` of what is held, or says why not. Never more in all than was authorized. */
export function capture(
  payment: PaymentBalance,
  money: { amount: string; currencyCode: string },
  now: Date,
): PaymentBalance | Refusal {
  if (payment.currencyCode !== money.currencyCode) return currencyMismatch(payment);
  if (payment.voided) return { code: 'PAYMENT_VOIDED', message: 'the payment was voided', field: PAYMENT };
  if (now.getTime() > Date.parse(payment.expiresAt)) {
    return {
      code: 'AUTHORIZATION_EXPIRED',
      message: `the authorization ended at ${payment.expiresAt}`,
      field: PAYMENT,
    };
  }
  const captured = decimal(payment.captured).plus(decimal(money.amount));
  if (captured.gt(decimal(payment.authorized))) {
    const left = decimal(payment.authorized).minus(decimal(payment.captured)).toFixed();
    return {
      code: 'CAPTURE_EXCEEDS_AUTHORIZATION',
      message: `only ${left} is left to capture`,
      field: ['amount'],
    };
  }
  return { ...payment, captured: captured.toFixed() };
}

/** Lets go of what is held; refused once anything was captured, as that needs a refund. */
export function voidPayment(payment: PaymentBalance): PaymentBalance | Refusal {
  if (payment.voided)
    return { code: 'PAYMENT_VOIDED', message: 'the payment was voided already', field: PAYMENT };
  if (decimal(payment.captured).gt('0'))
    return { code: 'ALREADY_CAPTURED', message: 'captured money is refunded, not voided', field: PAYMENT };
  return { ...payment, voided: true };
}

/** Gives back `amount`, or says why not. Never more in all than was captured. */
export function refund(
  payment: PaymentBalance,
  money: { amount: string; currencyCode: string },
): PaymentBalance | Refusal {
  if (payment.currencyCode !== money.currencyCode) return currencyMismatch(payment);
  const refunded = decimal(payment.refunded).plus(decimal(money.amount));
  if (refunded.gt(decimal(payment.captured))) {
    const left = decimal(payment.captured).minus(decimal(payment.refunded)).toFixed();
    return { code: 'REFUND_EXCEEDS_CAPTURE', message: `only ${left} is left to refund`, field: ['amount'] };
  }
  return { ...payment, refunded: refunded.toFixed() };
}

function currencyMismatch({ currencyCode }: PaymentBalance): Refusal {
  return { code: 'CURRENCY_MISMATCH', message: `the payment is in ${currencyCode}`, field: ['currencyCode'] };
}
