import type { Clock } from '../../../platform/clock.ts';
import type { NewId } from '../../../platform/ids.ts';
import {
  paymentAuthorizationSchema,
  paymentCaptureSchema,
  paymentRefundSchema,
  paymentVoidSchema,
} from '../../canonical/payment.ts';
import { type Answer, created, notFound, type Refusal, unprocessable } from './answer.ts';
import type { DocumentBook, StoredDocument } from './document-book.ts';
import { createKeyedAnswers, type KeyedAnswer } from './keyed-answers.ts';
import { capture, judgeToken, type PaymentBalance, refund, stateOf, voidPayment } from './payment-rules.ts';
import type { Storage } from './storage.ts';

/**
 * The payment provider's own rules. Every write takes an Idempotency-Key; approvals and declines are kept under their key.
 */
export interface PaymentProvider {
  authorize(body: unknown, key: string | undefined): Promise<Answer>;
  capture(externalId: string, body: unknown, key: string | undefined): Promise<Answer>;
  voidPayment(externalId: string, body: unknown, key: string | undefined): Promise<Answer>;
  refund(externalId: string, body: unknown, key: string | undefined): Promise<Answer>;
}

export interface PaymentProviderOptions {
  storage: Storage;
  book: DocumentBook;
  clock: Clock;
  newId: NewId;
}

type PaymentKind = 'paymentAuthorization' | 'paymentCapture' | 'paymentVoid' | 'paymentRefund';

/** Seven days, the usual life of a card authorization. */
const AUTHORIZATION_LIFE_MS = 7 * 24 * 3_600_000;

export function createPaymentProvider({
  storage,
  book,
  clock,
  newId,
}: PaymentProviderOptions): PaymentProvider {
  const { once } = createKeyedAnswers(storage, 'payments');

  function add(
    kind: PaymentKind,
    document: { reference: string; orderReference?: string | undefined },
    rest: { externalId: string; state: string; expiresAt?: string; balance?: PaymentBalance },
    foundBy: string[] = [],
  ): StoredDocument {
    const { balance, ...head } = rest;
    // A real provider hands no token back either.
    const { token: _token, ...shown } = { token: undefined, ...document };
    return book.add(
      {
        system: 'payments',
        kind,
        number: head.externalId,
        reference: document.reference,
        acceptedAt: clock.now().toISOString(),
        related: [],
        document: { ...shown, ...(balance === undefined ? {} : { balance }) },
        ...head,
      },
      [...foundBy, ...(document.orderReference === undefined ? [] : [document.orderReference])],
    );
  }

  /** Changes one payment's balance by `change` and books the action, or refuses. */
  function act<T extends { reference: string; paymentExternalId: string }>(
    kind: PaymentKind,
    prefix: string,
    externalId: string,
    document: T,
    change: (balance: PaymentBalance) => PaymentBalance | Refusal,
  ): KeyedAnswer {
    const payment = book.findByNumber('payments', 'paymentAuthorization', externalId);
    if (payment === undefined || document.paymentExternalId !== externalId) {
      return { answer: notFound('PAYMENT_NOT_FOUND', `no payment ${externalId}`), keep: false };
    }
    // Put there by authorize below and by this function.
    const changed = change(payment.document['balance'] as PaymentBalance);
    if ('code' in changed) return { answer: unprocessable(changed), keep: false };
    const state = stateOf(changed);
    book.replace({ ...payment, state, document: { ...payment.document, balance: changed } });
    const stored = add(kind, document, { externalId: `${prefix}_${newId()}`, state: 'SUCCEEDED' }, [
      externalId,
    ]);
    return { answer: created({ ...stored, paymentState: state }), keep: true };
  }

  return {
    authorize: (body, key) =>
      once({ key, path: 'authorizations', body }, paymentAuthorizationSchema, (document) => {
        const judged = judgeToken(document.token);
        if (judged.verdict === 'unknown') {
          const error = { code: 'INVALID_TOKEN', message: 'no such payment token', field: ['token'] };
          return { answer: unprocessable(error), keep: false };
        }
        if (judged.verdict === 'declined') {
          return { answer: { status: 402, body: { error: judged.refusal } }, keep: true };
        }
        const expiresAt = new Date(clock.now().getTime() + AUTHORIZATION_LIFE_MS).toISOString();
        const balance: PaymentBalance = {
          currencyCode: document.currencyCode,
          authorized: document.amount,
          captured: '0',
          refunded: '0',
          voided: false,
          expiresAt,
        };
        const externalId = `pay_${newId()}`;
        const stored = add('paymentAuthorization', document, {
          externalId,
          state: 'AUTHORIZED',
          expiresAt,
          balance,
        });
        return { answer: created(stored), keep: true };
      }),

    capture: (externalId, body, key) =>
      once({ key, path: `${externalId}/captures`, body }, paymentCaptureSchema, (document) =>
        act('paymentCapture', 'cap', externalId, document, (balance) =>
          capture(balance, document, clock.now()),
        ),
      ),

    voidPayment: (externalId, body, key) =>
      once({ key, path: `${externalId}/voids`, body }, paymentVoidSchema, (document) =>
        act('paymentVoid', 'void', externalId, document, voidPayment),
      ),

    refund: (externalId, body, key) =>
      once({ key, path: `${externalId}/refunds`, body }, paymentRefundSchema, (document) =>
        act('paymentRefund', 'ref', externalId, document, (balance) => refund(balance, document)),
      ),
  };
}
