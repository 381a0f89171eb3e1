import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import {
  agent,
  gbp,
  numberOf,
  type Problem,
  type StartedFinance,
  shopper,
  startFinance,
} from './start-finance.ts';

let finance: StartedFinance;
beforeAll(async () => {
  finance = await startFinance({ providerTimeoutMs: 1_000 });
});
afterAll(() => finance.stop());

interface RefundAnswer {
  refund: {
    id: string;
    state: string;
    amount: { amount: string };
    payment: { id: string; state: string };
  } | null;
  replayed: boolean;
  userErrors: Problem[];
}

const line = (amount: string | null, orderLineId = 'line-1') => ({
  orderLineId,
  quantity: { value: '1', unit: 'C62' },
  amount: amount === null ? null : gbp(amount),
});

async function refund(input: Record<string, unknown>, who = agent): Promise<RefundAnswer> {
  const data = await finance.ask<{ requestRefund: RefundAnswer }>(
    `mutation ($input: RequestRefundInput!) {
      requestRefund(input: $input) {
        refund { id state amount { amount } payment { id state } lines { orderLineId amount { amount } } }
        replayed
        userErrors { code field retryable message }
      }
    }`,
    { input: { idempotencyKey: newId(), reasonCode: 'DAMAGED', lines: [], ...input } },
    who,
  );
  return data.requestRefund;
}

/** An order whose card payment was taken. */
async function paidOrder(amount: string): Promise<{ orderId: string; paymentId: string }> {
  const [orderId, paymentId] = [newId(), await finance.pay(amount)];
  await finance.open(orderId, amount, [paymentId], { customerId: 'anna' });
  await finance.publish('order.shipped', { orderId, amount: gbp(amount), final: true });
  await until('the money is taken', async () => (await finance.payment(paymentId)).state === 'CAPTURED');
  return { orderId, paymentId };
}

async function refundState(id: string, who = agent) {
  const { refund: found } = await finance.ask<{ refund: { state: string } | null }>(
    'query ($id: ID!) { refund(id: $id) { state creditMemo { number } } }',
    { id },
    who,
  );
  return found;
}

describe('refunds', () => {
  it('gives money back once through the provider, however often it is asked for', async () => {
    const { orderId, paymentId } = await paidOrder('100');
    const input = { idempotencyKey: newId(), orderId, lines: [line('25')] };
    const answers = await Promise.all(Array.from({ length: 4 }, () => refund(input)));
    const ids = new Set(answers.map((answer) => answer.refund?.id));
    expect(ids.size).toBe(1);
    const [id = ''] = [...ids];
    await until('it succeeded', async () => (await refundState(id ?? ''))?.state === 'SUCCEEDED');
    expect(await finance.payment(paymentId)).toMatchObject({
      state: 'PARTIALLY_REFUNDED',
      refunded: { amount: '25.00' },
    });
    expect(await finance.sandbox.count('payments', 'paymentRefund', id ?? '')).toBe(1);
    expect(await finance.order(orderId, 'paymentStatus balance { amount } refunds { id }')).toEqual({
      paymentStatus: 'PARTIALLY_REFUNDED',
      balance: { amount: '25.00' },
      refunds: [{ id }],
    });
  });

  it('never gives back more than was taken, also when several ask at once', async () => {
    const { orderId, paymentId } = await paidOrder('100');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => refund({ orderId, lines: [line('40')] })),
    );
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(2);
    expect(answers.flatMap(({ userErrors }) => userErrors)).toMatchObject([
      { code: 'REFUND_EXCEEDS_CAPTURE' },
      { code: 'REFUND_EXCEEDS_CAPTURE' },
      { code: 'REFUND_EXCEEDS_CAPTURE' },
    ]);
    await until('both went back', async () => (await finance.payment(paymentId)).refunded.amount === '80.00');
  });

  it('when the provider does not acknowledge, then the refund is in doubt until it was asked, and given once', async () => {
    const { orderId } = await paidOrder('100');
    await finance.sandbox.setFault('payments', 'lossy-ack');
    const { refund: asked } = await refund({ orderId, lines: [], amountCap: gbp('100') });
    const id = asked?.id ?? '';
    await until('it is in doubt', async () => (await refundState(id))?.state === 'IN_DOUBT');
    expect(await finance.order(orderId, 'paymentStatus')).toEqual({ paymentStatus: 'IN_DOUBT' });
    await finance.sandbox.setFault('payments', 'none');
    await until('it is known', async () => (await refundState(id))?.state === 'SUCCEEDED');
    expect(await finance.sandbox.count('payments', 'paymentRefund', id)).toBe(1);
    expect(await finance.order(orderId, 'paymentStatus')).toEqual({ paymentStatus: 'REFUNDED' });
  });

  it('cuts the lines to the cap, from the last one on', async () => {
    const { orderId } = await paidOrder('100');
    const answer = await refund({ orderId, lines: [line('30', 'a'), line('30', 'b')], amountCap: gbp('45') });
    expect(answer.refund).toMatchObject({
      amount: { amount: '45.00' },
      lines: [
        { orderLineId: 'a', amount: { amount: '30.00' } },
        { orderLineId: 'b', amount: { amount: '15.00' } },
      ],
    });
  });

  it('refuses what cannot be', async () => {
    const { orderId, paymentId } = await paidOrder('100');
    const codes = async (input: Record<string, unknown>, who = agent) =>
      (await refund({ orderId, ...input }, who)).userErrors.map(({ code }) => code);
    expect(await codes({ orderId: newId(), lines: [line('1')] })).toEqual(['ORDER_UNKNOWN']);
    expect(await codes({ paymentId: newId(), lines: [line('1')] })).toEqual(['PAYMENT_UNKNOWN']);
    expect(await codes({ lines: [line('0')] })).toEqual(['AMOUNT_INVALID']);
    expect(await codes({ lines: [line(null), line('1')] })).toEqual(['AMOUNT_MISSING']);
    expect(await codes({ lines: [] })).toEqual(['AMOUNT_MISSING']);
    expect(await codes({ paymentId, lines: [line('100.01')] })).toEqual(['REFUND_EXCEEDS_CAPTURE']);
    expect(await codes({ lines: [line('1')] }, shopper('anna'))).toEqual(['FORBIDDEN']);
  });

  it('never touches a payment that pays for another order by now', async () => {
    const [failed, placed, cash] = [newId(), newId(), await finance.pay('100', { tenderType: 'CASH' })];
    await finance.open(failed, '100', [cash]);
    await finance.ask(
      'mutation ($input: CloseOrderAccountInput!) { closeOrderAccount(input: $input) { userErrors { code } } }',
      { input: { idempotencyKey: newId(), orderId: failed } },
    );
    await finance.open(placed, '100', [cash]);
    expect((await refund({ orderId: failed, lines: [line('10')] })).userErrors).toMatchObject([
      { code: 'PAYMENT_UNKNOWN' },
    ]);
    expect((await refund({ orderId: placed, lines: [line('10')] })).userErrors).toEqual([]);
  });

  it('is visible to the customer whose order it is, and to no other', async () => {
    const { orderId } = await paidOrder('100');
    const id = (await refund({ orderId, lines: [line('1')] })).refund?.id ?? '';
    expect(await refundState(id, shopper('anna'))).not.toBeNull();
    expect(await refundState(id, shopper('bert'))).toBeNull();
  });

  it('belongs to its return, and shows the credit memo of it once the ERP has made one', async () => {
    const { orderId } = await paidOrder('100');
    const returnId = newId();
    const { refund: asked } = await refund({ orderId, returnId, lines: [line('10')] });
    await finance.publish('return.inspected', {
      returnId,
      rmaNumber: `RMA-${returnId}`,
      orderId,
      dispositions: [],
    });
    const documents = finance.store.dependencies.store
      .database('finance')
      .collection<{ _id: string }>('documents');
    await documents.insertOne({
      _id: newId(),
      type: 'CREDIT_NOTE',
      number: 'CN-77',
      state: 'POSTED',
      total: gbp('10.00'),
      orderNumber: numberOf(orderId),
      rmaNumber: `RMA-${returnId}`,
      correctsNumber: null,
      changedAt: new Date(),
    } as { _id: string });
    const seen = await until('the return is known', async () => {
      const found = await refundState(asked?.id ?? '');
      return found !== null && 'creditMemo' in found && found.creditMemo !== null && found;
    });
    expect(seen).toMatchObject({ creditMemo: { number: 'CN-77' } });
    const { _entities } = await finance.ask<{ _entities: unknown[] }>(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Return { refunds { id } creditMemos { number } } } }',
      { of: [{ __typename: 'Return', id: returnId, rmaNumber: `RMA-${returnId}` }] },
    );
    expect(_entities).toEqual([{ refunds: [{ id: asked?.id }], creditMemos: [{ number: 'CN-77' }] }]);
  });
});
