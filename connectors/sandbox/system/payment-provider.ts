import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Clock } from '../../../platform/clock.ts';
import type { NewId } from '../../../platform/ids.ts';
import {
  paymentAuthorizationSchema,
  paymentCaptureSchema,
  paymentRefundSchema,
  paymentVoidSchema,
} from '../../canonical/payment.ts';
import {
  type Answer,
  badRequest,
  created,
  notFound,
  type Refusal,
  refusalOf,
  unprocessable,
} from './answer.ts';
import type { DocumentBook, StoredDocument } from './document-book.ts';
import { capture, judgeToken, type PaymentBalance, refund, stateOf, voidPayment } from './payment-rules.ts';
import type { Storage } from './storage.ts';

/**
 * The payment provider's own rules. Every write takes an Idempotency-Key: the same key and body get the first answer again,
 * the same key with another body 409. Approvals and declines are kept under their key; requests that were never
 * carried out (a wrong field, an unknown payment) are not, so that a corrected one may use the key again.
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

interface KeptAnswer {
  fingerprint: string;
  answer: Answer;
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
  /** Parses, replays or runs `accept` once under `key`; all in one commit. */
  async function once<T extends { correlationId: string }>(
    request: { key: string | undefined; path: string; body: unknown },
    schema: z.ZodType<T, unknown>,
    accept: (document: T) => { answer: Answer; keep: boolean },
  ): Promise<Answer> {
    const { key, path, body } = request;
    if (key === undefined || key === '' || key.length > 255) {
      return badRequest('IDEMPOTENCY_KEY_MISSING', 'an Idempotency-Key of at most 255 characters is needed');
    }
    const { data, error } = schema.safeParse(body);
    if (error) return unprocessable(refusalOf(error));
    // The correlation id names the attempt's trace and may differ between two attempts at one thing.
    const content = JSON.stringify([path, { ...data, correlationId: '' }]);
    const fingerprint = createHash('sha256').update(content).digest('hex');
    return storage.transact(() => {
      // Only this function writes answers.
      const kept = storage.answers.get(key) as KeptAnswer | undefined;
      if (kept?.fingerprint === fingerprint) {
        return { ...kept.answer, headers: { 'idempotent-replayed': 'true' } };
      }
      if (kept !== undefined) {
        const message = 'the idempotency key was used for another request';
        return { status: 409, body: { error: { code: 'IDEMPOTENCY_KEY_REUSED', message } } };
      }
      const { answer, keep } = accept(data);
      if (keep) storage.answers.put(key, { fingerprint, answer } satisfies KeptAnswer);
      return answer;
    });
  }

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
  ): { answer: Answer; keep: boolean } {
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
