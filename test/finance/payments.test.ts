import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import {
  agent,
  gbp,
  type PaymentAnswer,
  type StartedFinance,
  shopper,
  startFinance,
} from './start-finance.ts';

let finance: StartedFinance;
beforeAll(async () => {
  finance = await startFinance({ providerTimeoutMs: 1_000 });
});
afterAll(() => finance.stop());

const held = (reference: string) => finance.sandbox.count('payments', 'paymentAuthorization', reference);

describe('authorizing a payment', () => {
  it('holds the money once, however often and however concurrently the request is repeated', async () => {
    const input = { idempotencyKey: newId() };
    const answers = await Promise.all(Array.from({ length: 5 }, () => finance.authorize(input)));
    const ids = new Set(answers.map(({ payment }) => payment?.id));
    expect(ids.size).toBe(1);
    const [id = ''] = [...ids];
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    const again = await until('the payment is authorized', async () => {
      const answer = await finance.authorize(input);
      return answer.userErrors.length === 0 && answer;
    });
    expect(again).toMatchObject({
      replayed: true,
      payment: { id, state: 'AUTHORIZED', authorized: { amount: '100.00' }, captured: { amount: '0.00' } },
    });
    expect(await held(id ?? '')).toBe(1);
  });

  it('answers a decline and keeps it', async () => {
    const input = { idempotencyKey: newId(), token: 'tok_insufficient_funds' };
    const declined = await finance.authorize(input);
    expect(declined).toMatchObject({
      payment: { state: 'FAILED', authorized: { amount: '0.00' } },
      userErrors: [{ code: 'PAYMENT_DECLINED', field: ['input', 'token'], retryable: false }],
    });
    expect(declined.userErrors[0]?.message).toContain('INSUFFICIENT_FUNDS');
    expect(await finance.authorize(input)).toMatchObject({
      replayed: true,
      payment: { id: declined.payment?.id, state: 'FAILED' },
      userErrors: [{ code: 'PAYMENT_DECLINED' }],
    });
  });

  it.each([
    ['AMOUNT_INVALID', { amount: gbp('0') }],
    ['AMOUNT_INVALID', { amount: gbp('-5') }],
    ['AMOUNT_INVALID', { amount: gbp('1.001') }],
    ['TENDER_UNSUPPORTED', { tenderType: 'LOYALTY_POINTS' }],
    ['IDEMPOTENCY_KEY_INVALID', { idempotencyKey: ' ' }],
  ])('refuses with %s: %j', async (code, input) => {
    const { payment, userErrors } = await finance.authorize(input);
    expect(payment).toBeNull();
    expect(userErrors).toMatchObject([{ code, retryable: false }]);
    expect(userErrors[0]?.field?.[0]).toBe('input');
  });

  it('refuses a key that was used for something else', async () => {
    const idempotencyKey = newId();
    await finance.authorize({ idempotencyKey });
    expect((await finance.authorize({ idempotencyKey, amount: gbp('7') })).userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED' },
    ]);
  });

  it('lets only staff say that cash was taken, and counts it as taken at once', async () => {
    expect((await finance.authorize({ tenderType: 'CASH' }, shopper('c1'))).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    expect((await finance.authorize({ tenderType: 'CASH' })).payment).toMatchObject({
      state: 'CAPTURED',
      captured: { amount: '100.00' },
    });
    expect((await finance.authorize({ tenderType: 'ON_ACCOUNT' })).payment).toMatchObject({
      state: 'AUTHORIZED',
      captured: { amount: '0.00' },
    });
  });
});

describe('a provider that fails', () => {
  it('when the acknowledgement is lost, then the payment is in doubt until the provider was asked, and held once', async () => {
    const input = { idempotencyKey: newId() };
    await finance.sandbox.setFault('payments', 'lossy-ack');
    const doubtful = await finance.authorize(input);
    expect(doubtful).toMatchObject({
      payment: { state: 'IN_DOUBT' },
      userErrors: [{ code: 'PAYMENT_IN_DOUBT', retryable: true }],
    });
    await finance.sandbox.setFault('payments', 'none');
    const id = doubtful.payment?.id ?? '';
    await until('the doubt is resolved', async () => (await finance.payment(id)).state === 'AUTHORIZED');
    expect(await finance.authorize(input)).toMatchObject({
      replayed: true,
      payment: { id, state: 'AUTHORIZED', pspReference: expect.stringMatching(/^pay_/) },
      userErrors: [],
    });
    expect(await held(id)).toBe(1);
  });

  it('when it answers nonsense and did nothing, then the payment is found not to be held', async () => {
    await finance.sandbox.setFault('payments', 'wrong');
    const input = { idempotencyKey: newId() };
    const { payment, userErrors } = await finance.authorize(input);
    await finance.sandbox.setFault('payments', 'none');
    expect(userErrors).toMatchObject([{ code: 'PAYMENT_IN_DOUBT', retryable: true }]);
    const id = payment?.id ?? '';
    await until('the doubt is resolved', async () => (await finance.payment(id)).state === 'FAILED');
    expect((await finance.authorize(input)).userErrors).toMatchObject([{ code: 'PAYMENT_NOT_HELD' }]);
    expect(await held(id)).toBe(0);
  });

  it('when it cannot be reached, then nothing was held and the same key works later', async () => {
    const input = { idempotencyKey: newId() };
    await finance.sandbox.setFault('payments', 'down');
    const failed = await finance.authorize(input);
    expect(failed.userErrors).toMatchObject([{ code: 'PAYMENT_PROVIDER_UNAVAILABLE', retryable: true }]);
    await finance.sandbox.setFault('payments', 'none');
    const repeated = await until('the provider is let through again', async () => {
      const answer = await finance.authorize(input);
      return answer.userErrors.length === 0 && answer;
    });
    expect(repeated).toMatchObject({
      replayed: true,
      payment: { id: failed.payment?.id, state: 'AUTHORIZED' },
    });
    expect(await held(failed.payment?.id ?? '')).toBe(1);
  });
});

describe('taking and letting go', () => {
  const act = async (name: 'capturePayment' | 'voidPayment', input: Record<string, unknown>, who = agent) => {
    const data = await finance.ask<Record<string, PaymentAnswer>>(
      `mutation ($input: PaymentActionInput!) {
        ${name}(input: $input) { payment { id state } replayed userErrors { code field retryable message } }
      }`,
      { input: { idempotencyKey: newId(), ...input } },
      who,
    );
    return data[name];
  };

  it('captures in parts through the provider, and never more than is held', async () => {
    const id = await finance.pay('100');
    expect((await act('capturePayment', { id, amount: gbp('60') }))?.userErrors).toEqual([]);
    await until('a part is taken', async () => (await finance.payment(id)).state === 'PARTIALLY_CAPTURED');
    expect((await act('capturePayment', { id, amount: gbp('40.01') }))?.userErrors).toMatchObject([
      { code: 'CAPTURE_EXCEEDS_AUTHORIZATION', field: ['input', 'amount'] },
    ]);
    await act('capturePayment', { id });
    const payment = await until('all is taken', async () => {
      const now = await finance.payment(id);
      return now.state === 'CAPTURED' && now;
    });
    expect(payment.captured).toEqual({ amount: '100.00' });
    expect(payment.events.map(({ type }) => type)).toEqual([
      'AUTHORIZED',
      'CAPTURE_REQUESTED',
      'CAPTURED',
      'CAPTURE_REQUESTED',
      'CAPTURED',
    ]);
  });

  it('when the same capture is repeated concurrently, then the money is taken once', async () => {
    const id = await finance.pay('100');
    const input = { idempotencyKey: newId(), id, amount: gbp('30') };
    await Promise.all(Array.from({ length: 4 }, () => act('capturePayment', input)));
    await until('it is taken', async () => (await finance.payment(id)).state === 'PARTIALLY_CAPTURED');
    expect((await finance.payment(id)).captured).toEqual({ amount: '30.00' });
  });

  it('when different captures race, then together they take no more than is held', async () => {
    const id = await finance.pay('100');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => act('capturePayment', { id, amount: gbp('40') })),
    );
    expect(answers.filter((answer) => answer?.userErrors.length === 0)).toHaveLength(2);
    await until('both are taken', async () => (await finance.payment(id)).captured.amount === '80.00');
  });

  it('lets go of what is held, once, and not of what was taken', async () => {
    const id = await finance.pay('100');
    await act('voidPayment', { id });
    await until('it is let go', async () => (await finance.payment(id)).state === 'VOIDED');
    expect((await act('voidPayment', { id }))?.userErrors).toMatchObject([{ code: 'PAYMENT_NOT_VOIDABLE' }]);
    const cash = await finance.pay('10', { tenderType: 'CASH' });
    expect((await act('voidPayment', { id: cash }))?.userErrors).toMatchObject([
      { code: 'PAYMENT_NOT_VOIDABLE' },
    ]);
  });

  it('is not for shoppers', async () => {
    const id = await finance.pay('100');
    expect((await act('capturePayment', { id }, shopper('c1')))?.userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
  });
});
