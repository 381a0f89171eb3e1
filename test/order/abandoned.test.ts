import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { until } from '../kit/until.ts';
import { gbp } from './buying.ts';

describe('an order whose process died before it was written', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop.stop());

  async function bind(orderId: string, paymentId: string): Promise<{ code: string }[]> {
    const { openOrderAccount } = await shop.ask<{ openOrderAccount: { userErrors: { code: string }[] } }>(
      'finance',
      'mutation ($input: OpenOrderAccountInput!) { openOrderAccount(input: $input) { userErrors { code } } }',
      {
        input: {
          idempotencyKey: newId(),
          orderId,
          orderNumber: `N-${orderId}`,
          total: gbp('12.50'),
          paymentIds: [paymentId],
        },
      },
    );
    return openOrderAccount.userErrors;
  }

  it('lets its payments go, so that they can pay for another', async () => {
    const { authorizePayment } = await shop.ask<{ authorizePayment: { payment: { id: string } } }>(
      'finance',
      'mutation ($input: AuthorizePaymentInput!) { authorizePayment(input: $input) { payment { id } } }',
      { input: { idempotencyKey: newId(), amount: gbp('12.50'), tenderType: 'CARD', token: 'tok_visa' } },
    );
    const paymentId = authorizePayment.payment.id;
    const dead = newId();
    expect(await bind(dead, paymentId)).toEqual([]);
    const other = newId();
    expect(await bind(other, paymentId)).not.toEqual([]);

    // What a killed process leaves behind: a turn that nobody renews, longer ago than a client repeats its request.
    await shop.store.dependencies.store
      .database('order')
      .collection<{ _id: string; by: string; until: Date }>('attempts')
      .insertOne({ _id: dead, by: 'dead', until: new Date(Date.now() - 120_000) });
    await until('the payment is free', async () => (await bind(newId(), paymentId)).length === 0, 15_000);
  });
});
