import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import {
  agent,
  gbp,
  numberOf,
  type Problem,
  room,
  type StartedFinance,
  shopper,
  startFinance,
} from './start-finance.ts';

let finance: StartedFinance;
beforeAll(async () => {
  finance = await startFinance();
});
afterAll(() => finance.stop());

const close = async (orderId: string) => {
  const data = await finance.ask<{ closeOrderAccount: { userErrors: Problem[] } }>(
    'mutation ($input: CloseOrderAccountInput!) { closeOrderAccount(input: $input) { userErrors { code } } }',
    { input: { idempotencyKey: newId(), orderId } },
  );
  return data.closeOrderAccount.userErrors;
};
const stateOf = async (id: string) => (await finance.payment(id)).state;
const status = (id: string, subtotal?: string) =>
  finance.order<{ paymentStatus: string; balance: { amount: string }; total: { amount: string } }>(
    id,
    'paymentStatus balance { amount } total { amount }',
    subtotal,
  );
const confirmed = (orderId: string, customerId: string | null = null) =>
  finance.publish('order.confirmed', { orderId, number: numberOf(orderId), customerId });
const shipped = (orderId: string, amount: string, final: boolean) =>
  finance.publish('order.shipped', { orderId, shipmentId: newId(), amount: gbp(amount), final, lines: [] });

describe('opening an order account', () => {
  it('binds payments that cover the order, and does it once', async () => {
    const [orderId, card, cash] = [
      newId(),
      await finance.pay('60'),
      await finance.pay('40', { tenderType: 'CASH' }),
    ];
    expect(await finance.open(orderId, '100', [card, cash])).toEqual([]);
    expect(await finance.open(orderId, '100', [card, cash])).toEqual([]);
    expect(await finance.open(newId(), '60', [card])).toMatchObject([
      { code: 'PAYMENT_ALREADY_USED', field: ['input', 'paymentIds', '0'] },
    ]);
    expect(await status(orderId)).toEqual({
      paymentStatus: 'PARTIALLY_PAID',
      balance: { amount: '60.00' },
      total: { amount: '100.00' },
    });
  });

  it('needs no payment for an order of nothing', async () => {
    const orderId = newId();
    expect(await finance.open(orderId, '0', [])).toEqual([]);
    expect(await status(orderId, '0')).toMatchObject({ paymentStatus: 'PAID' });
  });

  it('refuses what does not cover, does not exist, is declined, in another currency or of somebody else', async () => {
    const held = await finance.pay('50');
    const euros = await finance.pay('0', { amount: { amount: '100', currencyCode: 'EUR' } });
    const declined = (await finance.authorize({ token: 'tok_declined' })).payment?.id ?? '';
    const theirs = (await finance.authorize({}, shopper('anna'))).payment?.id ?? '';
    expect(await finance.open(newId(), '100', [held])).toMatchObject([
      { code: 'PAYMENT_INSUFFICIENT', field: ['input', 'paymentIds'] },
    ]);
    expect(await finance.open(newId(), '100', [held, newId()])).toMatchObject([
      { code: 'PAYMENT_UNKNOWN', field: ['input', 'paymentIds', '1'] },
    ]);
    expect(await finance.open(newId(), '100', [declined])).toMatchObject([
      { code: 'PAYMENT_NOT_AUTHORIZED' },
    ]);
    expect(await finance.open(newId(), '100', [euros])).toMatchObject([{ code: 'CURRENCY_MISMATCH' }]);
    expect(await finance.open(newId(), '100', [theirs], { customerId: 'bert' })).toMatchObject([
      { code: 'PAYMENT_UNKNOWN' },
    ]);
    expect(await finance.open(newId(), '100', [theirs], { customerId: 'anna' })).toEqual([]);
  });

  it('when two orders want the same payment at once, then one gets it', async () => {
    const payment = await finance.pay('100');
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => finance.open(newId(), '100', [payment])),
    );
    expect(answers.filter((errors) => errors.length === 0)).toHaveLength(1);
  });

  it('gives the payments free when the order did not come about, and takes other ones at the next try', async () => {
    const [orderId, first, second] = [newId(), await finance.pay('100'), await finance.pay('100')];
    await finance.open(orderId, '100', [first]);
    expect(await close(orderId)).toEqual([]);
    expect(await close(orderId)).toEqual([]);
    expect(await finance.open(orderId, '100', [second])).toEqual([]);
    expect(await finance.open(newId(), '100', [first])).toEqual([]);
  });

  it('is for our own rooms', async () => {
    const answer = await finance.answer(
      'mutation ($input: CloseOrderAccountInput!) { closeOrderAccount(input: $input) { userErrors { code } } }',
      { input: { idempotencyKey: newId(), orderId: newId() } },
      agent,
    );
    expect(answer.errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('an order on its way', () => {
  it('takes the money of what leaves, shipment by shipment', async () => {
    const [orderId, payment] = [newId(), await finance.pay('100')];
    await finance.open(orderId, '100', [payment]);
    await confirmed(orderId);
    await shipped(orderId, '30', false);
    await until(
      'the first part is taken',
      async () => (await finance.payment(payment)).captured.amount === '30.00',
    );
    expect(await status(orderId)).toMatchObject({
      paymentStatus: 'PARTIALLY_PAID',
      balance: { amount: '70.00' },
    });
    await shipped(orderId, '70', true);
    await until('the rest is taken', async () => (await stateOf(payment)) === 'CAPTURED');
    expect(await status(orderId)).toMatchObject({ paymentStatus: 'PAID', balance: { amount: '0.00' } });
  });

  it('takes nothing twice when an event comes again, and nothing that was paid in cash', async () => {
    const [orderId, cash, card] = [
      newId(),
      await finance.pay('80', { tenderType: 'CASH' }),
      await finance.pay('20'),
    ];
    await finance.open(orderId, '100', [cash, card]);
    await shipped(orderId, '100', true);
    await until('the card pays the rest', async () => (await stateOf(card)) === 'CAPTURED');
    expect((await finance.payment(cash)).captured).toEqual({ amount: '80.00' });
    await shipped(orderId, '100', true);
    await confirmed(orderId);
    await until('the events after it were read', async () => {
      const account = await finance.store.dependencies.store
        .database('finance')
        .collection<{ _id: string; confirmedAt: Date | null }>('accounts')
        .findOne({ _id: orderId });
      return account?.confirmedAt != null;
    });
    expect((await finance.payment(card)).captured).toEqual({ amount: '20.00' });
  });

  it('when it is canceled, then held money is let go and taken money goes back', async () => {
    const [orderId, cash, card] = [
      newId(),
      await finance.pay('80', { tenderType: 'CASH' }),
      await finance.pay('20'),
    ];
    await finance.open(orderId, '100', [cash, card]);
    await confirmed(orderId);
    await finance.publish('order.canceled', { orderId, number: numberOf(orderId), reasonCode: 'CUSTOMER' });
    await until('the card is let go', async () => (await stateOf(card)) === 'VOIDED');
    await until('the cash is given back', async () => (await stateOf(cash)) === 'REFUNDED');
    const { refunds } = await finance.order<{ refunds: unknown[] }>(
      orderId,
      'refunds { state amount { amount } }',
    );
    expect(refunds).toEqual([{ state: 'SUCCEEDED', amount: { amount: '80.00' } }]);
  });

  it('when an event cannot be read, then it is set aside with its reason and those after it still count', async () => {
    const [orderId, payment] = [newId(), await finance.pay('100')];
    await finance.open(orderId, '100', [payment]);
    await finance.publish('order.shipped', { orderId, amount: 'a lot' });
    await finance.publish('order.shipped', { orderId: newId(), amount: gbp('1'), final: true });
    await shipped(orderId, '100', true);
    await until('the money is taken', async () => (await stateOf(payment)) === 'CAPTURED');
    const { connection } = finance.store.dependencies.integration;
    const aside = await connection
      .collection('quarantine')
      .find({ feed: 'finance/events/order.shipped' })
      .toArray();
    expect(aside).toMatchObject([
      { code: 'INVALID_VALUE', field: 'amount' },
      { code: 'ORDER_UNKNOWN', field: 'orderId' },
    ]);
  });

  it('keeps the account of an order that stands, whoever wants to close it, and opens it again when it was closed by mistake', async () => {
    const [orderId, payment] = [newId(), await finance.pay('100')];
    await finance.open(orderId, '100', [payment]);
    await close(orderId);
    await confirmed(orderId);
    await until(
      'the account is open again',
      async () => (await status(orderId)).paymentStatus === 'AUTHORIZED',
    );
    expect(await close(orderId)).toMatchObject([{ code: 'ORDER_ACCOUNT_CONFIRMED' }]);
  });
});

describe('a payment nobody accounted for', () => {
  it('when the process died between asking and hearing, then the provider is asked and the money is found', async () => {
    const id = await finance.pay('100');
    const payments = finance.store.dependencies.store
      .database('finance')
      .collection<{ _id: string }>('payments');
    // As the store looked at the moment of death: written, sent, not answered, and that a while ago.
    await payments.updateOne(
      { _id: id },
      {
        $set: {
          phase: 'CREATED',
          state: 'CREATED',
          authorized: '0.00',
          pspReference: null,
          authorizationExpiresAt: null,
          attemptUntil: new Date(Date.now() - 60_000),
        },
      },
    );
    const found = await until('the payment is accounted for', async () => {
      const payment = await finance.payment(id);
      return payment.state === 'AUTHORIZED' && payment;
    });
    expect(found).toMatchObject({
      authorized: { amount: '100.00' },
      pspReference: expect.stringMatching(/^pay_/),
    });
  });
});

describe('following the payments of an order', () => {
  const WATCH = 'subscription ($id: ID!) { paymentUpdated(orderId: $id) { id state } }';

  it('tells how they stand, then each change; and a shopper only of an own order', async () => {
    const [orderId, payment] = [newId(), await finance.pay('100')];
    await finance.open(orderId, '100', [payment], { customerId: 'anna' });
    const staff = await finance.listen(WATCH, { id: orderId }, room);
    const owner = await finance.listen(WATCH, { id: orderId }, shopper('anna'));
    const stranger = await finance.listen(WATCH, { id: orderId }, shopper('bert'));
    const overheard = stranger.next();
    for (const stream of [staff, owner]) {
      expect((await stream.next()).value?.data).toEqual({
        paymentUpdated: { id: payment, state: 'AUTHORIZED' },
      });
    }
    await shipped(orderId, '100', true);
    for (const stream of [staff, owner]) {
      const seen: string[] = [];
      while (!seen.includes('CAPTURED')) {
        const { value } = await stream.next();
        seen.push(String(value?.data?.['paymentUpdated']?.state));
      }
    }
    await Promise.all([staff.return?.(), owner.return?.(), stranger.return?.()]);
    expect(await overheard).toMatchObject({ done: true });
  });
});
