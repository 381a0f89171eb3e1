import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../platform/money.ts';
import { capture, judgeToken, type PaymentBalance, refund, stateOf, voidPayment } from './payment-rules.ts';

const NOW = new Date('2026-03-01T10:00:00Z');
const held: PaymentBalance = {
  currencyCode: 'EUR',
  authorized: '30.00',
  captured: '0',
  refunded: '0',
  voided: false,
  expiresAt: '2026-03-08T10:00:00Z',
};
const euros = (amount: string) => ({ amount, currencyCode: 'EUR' });

describe('a payment at the provider', () => {
  it('is captured in parts up to what was authorized', () => {
    const first = capture(held, euros('10.00'), NOW);
    expect(first).toMatchObject({ captured: '10' });
    const partly = { ...held, captured: '10.00' };
    expect(stateOf(partly)).toBe('PARTIALLY_CAPTURED');
    expect(capture(partly, euros('20.00'), NOW)).toMatchObject({ captured: '30' });
    expect(capture(partly, euros('20.01'), NOW)).toMatchObject({ code: 'CAPTURE_EXCEEDS_AUTHORIZATION' });
  });

  it('is not captured after it was voided, after it ran out, or in another currency', () => {
    expect(capture({ ...held, voided: true }, euros('1.00'), NOW)).toMatchObject({ code: 'PAYMENT_VOIDED' });
    const late = new Date('2026-03-08T10:00:01Z');
    expect(capture(held, euros('1.00'), late)).toMatchObject({ code: 'AUTHORIZATION_EXPIRED' });
    expect(capture(held, { amount: '1.00', currencyCode: 'USD' }, NOW)).toMatchObject({
      code: 'CURRENCY_MISMATCH',
    });
  });

  it('is voided once, and only while nothing was captured', () => {
    const voided = voidPayment(held);
    expect(voided).toMatchObject({ voided: true });
    expect(voidPayment({ ...held, voided: true })).toMatchObject({ code: 'PAYMENT_VOIDED' });
    expect(voidPayment({ ...held, captured: '0.01' })).toMatchObject({ code: 'ALREADY_CAPTURED' });
  });

  it('declines the cards made for it and does not know any other token', () => {
    expect(judgeToken('tok_visa')).toEqual({ verdict: 'ok' });
    for (const [token, code] of [
      ['tok_declined', 'CARD_DECLINED'],
      ['tok_insufficient_funds', 'INSUFFICIENT_FUNDS'],
      ['tok_expired', 'EXPIRED_CARD'],
    ] as const) {
      expect(judgeToken(token)).toMatchObject({ verdict: 'declined', refusal: { code } });
    }
    expect(judgeToken('toString')).toEqual({ verdict: 'unknown' });
  });

  it('never captures more than was authorized, nor refunds more than was captured, whatever it is asked', () => {
    const step = fc.record({
      action: fc.constantFrom('capture', 'refund', 'void'),
      cents: fc.integer({ min: 1, max: 4_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let payment = held;
        for (const { action, cents } of steps) {
          const money = euros((cents / 100).toFixed(2));
          const after =
            action === 'capture'
              ? capture(payment, money, NOW)
              : action === 'refund'
                ? refund(payment, money)
                : voidPayment(payment);
          if (!('code' in after)) payment = after;
          expect(decimal(payment.captured).lte(decimal(payment.authorized))).toBe(true);
          expect(decimal(payment.refunded).lte(decimal(payment.captured))).toBe(true);
          if (payment.voided) expect(stateOf(payment)).toBe('VOIDED');
        }
      }),
    );
  });
});
