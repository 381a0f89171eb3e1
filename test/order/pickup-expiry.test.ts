import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { createShiftingClock } from '../kit/shifting-clock.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { customer, place } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';
import { agent, gbp, line, shopper, wish } from './buying.ts';
import { collecting } from './collecting.ts';

const HOUR_MS = 60 * 60_000;
/** Hours, not days: the stand-in provider, whose clock is the real one, lets go of what it holds after seven days. */
const KEPT_MS = 8 * HOUR_MS;
const pickupTimes = { keepForMs: KEPT_MS, remindBeforeMs: [4 * HOUR_MS, 2 * HOUR_MS] };
const ADA = customer('C-ADA');
const clock = createShiftingClock();
let shop: Shop;
let store: ReturnType<typeof collecting>;
beforeAll(async () => {
  shop = await startShop({}, [], { clock, pickupTimes });
  store = collecting(shop);
  const { linkCustomerIdentity } = await shop.ask<{ linkCustomerIdentity: { userErrors: unknown[] } }>(
    'customer',
    'mutation ($input: LinkIdentityInput!) { linkCustomerIdentity(input: $input) { userErrors { code } } }',
    {
      input: {
        idempotencyKey: newId(),
        customerId: ADA,
        type: 'LOYALTY_NUMBER',
        value: 'L-1001',
        sourceSystem: 'pos',
      },
    },
  );
  expect(linkCustomerIdentity.userErrors).toEqual([]);
});
afterAll(() => shop.stop());

interface Points {
  readonly number: string;
  readonly points: number;
  readonly pendingPoints: number;
  readonly transactions: {
    readonly edges: { readonly node: { type: string; points: number; sourceOrder: { id: string } } }[];
  };
}

async function loyalty(): Promise<Points> {
  const { me } = await shop.ask<{ me: { loyalty: Points } }>(
    'customer',
    '{ me { loyalty { number points pendingPoints transactions(first: 100) { edges { node { type points sourceOrder { id } } } } } } }',
    {},
    shopper(ADA),
  );
  return me.loyalty;
}

async function pointsOf(orderId: string): Promise<number | null | undefined> {
  const { _entities } = await shop.ask<{ _entities: { loyaltyPointsEarned: number | null }[] }>(
    'customer',
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Order { loyaltyPointsEarned } } }',
    { of: [{ __typename: 'Order', id: orderId }] },
  );
  return _entities[0]?.loyaltyPointsEarned;
}

/** How often each entry stands for an order. */
async function entriesOf(orderId: string): Promise<[string, number][]> {
  const { transactions } = await loyalty();
  return transactions.edges
    .filter(({ node }) => node.sourceOrder.id === orderId)
    .map(({ node }): [string, number] => [node.type, node.points])
    .toReversed();
}

async function eventsOf(type: string, workId: string): Promise<number> {
  return shop.store.dependencies.integration.events.model.countDocuments({
    type,
    'data.fulfillmentOrderId': workId,
  });
}

async function exceptionOf(workId: string): Promise<{ kind: string; resolvedAt: string | null } | undefined> {
  const { businessExceptions } = await shop.ask<{
    businessExceptions: { edges: { node: { kind: string; subjectId: string; resolvedAt: string | null } }[] };
  }>('operations', '{ businessExceptions(first: 100) { edges { node { kind subjectId resolvedAt } } } }');
  return businessExceptions.edges.map(({ node }) => node).find(({ subjectId }) => subjectId === workId);
}

const stateOf = async (orderId: string, workId: string) =>
  (await store.workOf(orderId)).find(({ id }) => id === workId)?.state;

describe('goods that nobody collects', () => {
  it('given two reminders and the end, then they are on sale again, the money is let go, the points are gone and the ERP knows, each once', async () => {
    const before = await shop.level('LAMP', 'STORE');
    const { order, work, paymentId } = await store.buyForPickup(2, {}, shopper(ADA));
    await store.acknowledged(order.id);
    await until('points wait', async () => (await loyalty()).pendingPoints === 25);
    const { pickup } = await store.makeReady(order.id, work);

    clock.shift(4 * HOUR_MS);
    const reminded = (times: number) =>
      until(`${times} reminders are sent`, async () => {
        const [piece] = await store.workOf(order.id);
        return piece?.pickup?.remindersSent === times;
      });
    await reminded(1);
    expect(await exceptionOf(work)).toBeUndefined();
    clock.shift(2 * HOUR_MS);
    await reminded(2);
    expect(await eventsOf('order.pickupReminder', work)).toBe(2);
    await until(
      'the store is called',
      async () => (await exceptionOf(work))?.kind === 'STALE_PICKUP_RESERVATION',
    );

    clock.shift(2 * HOUR_MS);
    await until('they are given up', async () => (await stateOf(order.id, work)) === 'PICKUP_EXPIRED');
    expect(await store.order(order.id)).toMatchObject({
      status: 'CANCELED',
      fulfillmentStatus: 'NOT_REQUIRED',
    });
    await store.levelIs('LAMP', 'STORE', before);
    await store.paid(paymentId, 'VOIDED');
    await until('the points are gone', async () => (await loyalty()).pendingPoints === 0);
    expect(await entriesOf(order.id)).toEqual([
      ['EARN', 25],
      ['REVERSE', -25],
    ]);
    expect(await pointsOf(order.id)).toBe(0);
    await until(
      'the ERP has canceled it',
      async () => (await store.inErp('salesOrderCancellation', `${order.number}-CANCEL`)) === 1,
    );
    expect(await store.inErp('salesReturn', `${order.number}-UNCOLLECTED`)).toBe(0);
    await until('nobody is called any more', async () => (await exceptionOf(work)) === undefined);
    expect(await eventsOf('order.pickupExpired', work)).toBe(1);

    // One minute later.
    clock.shift(60_000);
    const late = await store.confirm(work, pickup?.pickupCode ?? '');
    expect(late).toMatchObject({
      fulfillmentOrder: null,
      userErrors: [{ code: 'PICKUP_EXPIRED', retryable: false }],
    });
    expect(late.userErrors[0]?.message).toContain(new Date(pickup?.expiresAt ?? 0).toISOString());
    expect((await store.expire(work)).userErrors).toMatchObject([{ code: 'WORK_STATE_INVALID' }]);
  });

  it('given the customer comes after the end and before anybody noticed, then the coming itself gives them up', async () => {
    const before = await shop.level('LAMP', 'STORE');
    const { order, work, paymentId } = await store.buyForPickup();
    const { pickup } = await store.makeReady(order.id, work);
    clock.shift(KEPT_MS);
    const late = await store.confirm(work, pickup?.pickupCode ?? '');
    expect(late.userErrors).toMatchObject([{ code: 'PICKUP_EXPIRED' }]);
    expect(await stateOf(order.id, work)).toBe('PICKUP_EXPIRED');
    await store.levelIs('LAMP', 'STORE', before);
    await store.paid(paymentId, 'VOIDED');
    expect(await eventsOf('order.pickupExpired', work)).toBe(1);
  });

  it('given cash, then it is given back', async () => {
    const paymentId = await payCash('12.50');
    const lines = [line('LAMP', 1, { method: 'PICKUP_IN_STORE', locationId: place('STORE') })];
    const { order } = await store.place(wish({ lines, paymentIds: [paymentId] }));
    const work = order?.fulfillmentOrders[0]?.id ?? '';
    await store.makeReady(order?.id ?? '', work);
    clock.shift(KEPT_MS);
    await until('they are given up', async () => (await stateOf(order?.id ?? '', work)) === 'PICKUP_EXPIRED');
    await store.paid(paymentId, 'REFUNDED');
  });

  it('given the rest of the order was sent, then that is paid, its points stay and the ERP credits what was not collected', async () => {
    const before = await shop.level('LAMP', 'STORE');
    const ada = shopper(ADA);
    const { order, paymentId } = await store.buy(
      '52.00',
      {
        lines: [
          line('LAMP', 1, { locationId: place('DC') }),
          line('LAMP', 3, { method: 'PICKUP_IN_STORE', locationId: place('STORE') }),
          line('WRAPPING', 1),
        ],
      },
      ada,
    );
    const [sent, collected] = order.fulfillmentOrders.map(({ id }) => id);
    await store.acknowledged(order.id);
    await store.makeReady(order.id, collected ?? '');
    clock.shift(KEPT_MS);
    await until(
      'they are given up',
      async () => (await stateOf(order.id, collected ?? '')) === 'PICKUP_EXPIRED',
    );
    expect(await store.order(order.id)).toMatchObject({ status: 'IN_PROGRESS' });
    expect(await store.inErp('salesReturn', `${order.number}-UNCOLLECTED`)).toBe(0);

    expect((await store.ship(sent ?? '')).userErrors).toEqual([]);
    expect(await store.order(order.id)).toMatchObject({
      status: 'COMPLETED',
      fulfillmentStatus: 'FULFILLED',
    });
    const paid = await until('the rest is taken', async () => {
      const payment = await store.payment(paymentId);
      return payment.captured.amount === '14.50' && payment;
    });
    expect(paid.state).toBe('PARTIALLY_CAPTURED');
    await store.levelIs('LAMP', 'STORE', before);
    await until(
      'the ERP credits it',
      async () => (await store.inErp('salesReturn', `${order.number}-UNCOLLECTED`)) === 1,
    );
    expect(await store.inErp('salesOrderCancellation', `${order.number}-CANCEL`)).toBe(0);
    await until('points are settled', async () => (await pointsOf(order.id)) === 14);
    expect(await entriesOf(order.id)).toEqual([
      ['EARN', 52],
      ['REVERSE', -38],
    ]);
    expect((await store.cancel(order.id, {}, agent)).userErrors).toMatchObject([{ code: 'ALREADY_SHIPPED' }]);
  });

  it('given goods that were collected in time, then no reminder and no end comes after', async () => {
    const pointsBefore = (await loyalty()).points;
    const { order, work } = await store.buyForPickup(1, {}, shopper(ADA));
    const { pickup } = await store.makeReady(order.id, work);
    expect((await store.confirm(work, pickup?.pickupCode ?? '')).userErrors).toEqual([]);
    await until('points can be spent', async () => (await loyalty()).points === pointsBefore + 12);
    expect(await entriesOf(order.id)).toEqual([['EARN', 12]]);
    const other = await store.buyForPickup();
    await store.makeReady(other.order.id, other.work);
    clock.shift(KEPT_MS);
    await until(
      'the other is given up',
      async () => (await stateOf(other.order.id, other.work)) === 'PICKUP_EXPIRED',
    );
    expect(await stateOf(order.id, work)).toBe('PICKED_UP');
    expect(await eventsOf('order.pickupReminder', work)).toBe(0);
    expect(await eventsOf('order.pickupExpired', work)).toBe(0);
  });
});

async function payCash(amount: string): Promise<string> {
  const { authorizePayment } = await shop.ask<{ authorizePayment: { payment: { id: string } | null } }>(
    'finance',
    'mutation ($input: AuthorizePaymentInput!) { authorizePayment(input: $input) { payment { id } userErrors { code } } }',
    { input: { idempotencyKey: newId(), amount: gbp(amount), tenderType: 'CASH', token: '' } },
    agent,
  );
  return authorizePayment.payment?.id ?? '';
}
