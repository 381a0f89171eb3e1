import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, money } from '../../../platform/money.ts';
import {
  decideCapture,
  decideVoid,
  evolve,
  newBook,
  type PaymentBook,
  type PaymentFact,
  type PaymentState,
  refundable,
  stateOf,
} from './payment.ts';

const held = evolve(newBook(money('100', 'GBP')), { type: 'AUTHORIZED' });
const through = (book: PaymentBook, ...facts: PaymentFact[]) => facts.reduce(evolve, book);
const take = (reference: string, amount: string): PaymentFact[] => [
  { type: 'REQUESTED', move: { kind: 'CAPTURE', reference, amount } },
  { type: 'MOVE_DONE', reference },
];

/** Where a payment may go from each state; anything else is a broken rule. */
const ALLOWED: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  CREATED: ['AUTHORIZED', 'FAILED', 'IN_DOUBT'],
  AUTHORIZED: ['PARTIALLY_CAPTURED', 'CAPTURED', 'VOIDED', 'AUTHORIZATION_EXPIRED', 'IN_DOUBT'],
  PARTIALLY_CAPTURED: ['CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'IN_DOUBT'],
  CAPTURED: ['PARTIALLY_REFUNDED', 'REFUNDED', 'IN_DOUBT'],
  PARTIALLY_REFUNDED: ['REFUNDED', 'IN_DOUBT'],
  // A part was taken and given back, then more of the same authorization was taken.
  REFUNDED: ['PARTIALLY_REFUNDED', 'IN_DOUBT'],
  VOIDED: [],
  AUTHORIZATION_EXPIRED: [],
  FAILED: [],
  IN_DOUBT: [
    'AUTHORIZED',
    'FAILED',
    'PARTIALLY_CAPTURED',
    'CAPTURED',
    'VOIDED',
    'PARTIALLY_REFUNDED',
    'REFUNDED',
  ],
};

describe('payment', () => {
  it('is captured in parts, never beyond what is held', () => {
    const part = through(held, ...take('c1', '60'));
    expect(stateOf(part)).toBe('PARTIALLY_CAPTURED');
    expect(decideCapture(part, money('40.01', 'GBP'))).toMatchObject({
      ok: false,
      errors: [{ code: 'CAPTURE_EXCEEDS_AUTHORIZATION', field: ['input', 'amount'] }],
    });
    expect(decideCapture(part, null)).toEqual({ ok: true, value: money('40', 'GBP') });
    expect(stateOf(through(part, ...take('c2', '40')))).toBe('CAPTURED');
  });

  it('counts money that is on its way as used', () => {
    const busy = evolve(held, {
      type: 'REQUESTED',
      move: { kind: 'CAPTURE', reference: 'c1', amount: '100' },
    });
    expect(decideCapture(busy, null)).toMatchObject({
      ok: false,
      errors: [{ code: 'PAYMENT_NOT_CAPTURABLE' }],
    });
    expect(decideVoid(busy)).toMatchObject({ ok: false, errors: [{ code: 'PAYMENT_NOT_VOIDABLE' }] });
  });

  it('is in doubt while a capture is, and settles to what really happened', () => {
    const doubtful = through(
      held,
      { type: 'REQUESTED', move: { kind: 'CAPTURE', reference: 'c1', amount: '100' } },
      { type: 'MOVE_IN_DOUBT', reference: 'c1' },
    );
    expect(stateOf(doubtful)).toBe('IN_DOUBT');
    expect(stateOf(evolve(doubtful, { type: 'MOVE_DONE', reference: 'c1' }))).toBe('CAPTURED');
  });

  it('refuses another currency', () => {
    expect(decideCapture(held, money('1', 'EUR'))).toMatchObject({
      ok: false,
      errors: [{ code: 'CURRENCY_MISMATCH' }],
    });
  });

  it('when the same fact comes again, then nothing changes', () => {
    const done = through(held, ...take('c1', '60'));
    expect(evolve(done, { type: 'MOVE_DONE', reference: 'c1' })).toBe(done);
    expect(evolve(done, { type: 'AUTHORIZED' })).toBe(done);
    expect(evolve(done, { type: 'DECLINED' })).toBe(done);
  });

  it('keeps refunded within captured within authorized and moves only along allowed ways, whatever happens', () => {
    const amount = fc.integer({ min: 1, max: 12_000 }).map((cents) => (cents / 100).toFixed(2));
    const reference = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const step = fc.oneof(
      fc.constantFrom<PaymentFact>(
        { type: 'AUTHORIZED' },
        { type: 'DECLINED' },
        { type: 'IN_DOUBT' },
        { type: 'AUTHORIZATION_EXPIRED' },
      ),
      reference.map((name): PaymentFact => ({ type: 'MOVE_DONE', reference: name })),
      reference.map((name): PaymentFact => ({ type: 'MOVE_IN_DOUBT', reference: name })),
      fc.record({
        wish: fc.constantFrom('CAPTURE' as const, 'VOID' as const, 'REFUND' as const),
        reference,
        amount,
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let book = newBook(money('100', 'GBP'));
        for (const next of steps) {
          const fact = 'type' in next ? next : requestOf(book, next);
          if (fact === null) continue;
          const after = evolve(book, fact);
          const [from, to] = [stateOf(book), stateOf(after)];
          if (from !== to) expect(ALLOWED[from], `${from} -> ${to} by ${fact.type}`).toContain(to);
          book = after;
          expect(decimal(book.refunded).lte(decimal(book.captured))).toBe(true);
          expect(decimal(book.captured).lte(decimal(book.authorized))).toBe(true);
          expect(decimal(refundable(book).amount).gte('0')).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** What the doors do: ask the rule first, and only then promise. */
function requestOf(
  book: PaymentBook,
  wish: { wish: 'CAPTURE' | 'VOID' | 'REFUND'; reference: string; amount: string },
): PaymentFact | null {
  const decided =
    wish.wish === 'CAPTURE'
      ? decideCapture(book, money(wish.amount, 'GBP'))
      : wish.wish === 'VOID'
        ? decideVoid(book)
        : decimal(wish.amount).lte(decimal(refundable(book).amount))
          ? { ok: true as const, value: money(wish.amount, 'GBP') }
          : { ok: false as const, errors: [] };
  if (!decided.ok) return null;
  return {
    type: 'REQUESTED',
    move: { kind: wish.wish, reference: wish.reference, amount: decided.value.amount },
  };
}
