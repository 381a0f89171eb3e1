import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { customer, place } from '../kit/shop-records.ts';
import { agent, buying, cashier, gbp, line, shopper } from './buying.ts';

let shop: Shop;
let buyer: ReturnType<typeof buying>;
beforeAll(async () => {
  shop = await startShop();
  buyer = buying(shop);
});
afterAll(() => shop.stop());

/** The pieces of work of an order of lamps from two places. */
async function lampsFromTwoPlaces() {
  const bought = await buyer.buy('37.50', {
    lines: [line('LAMP', 1, { locationId: place('DC') }), line('LAMP', 2, { locationId: place('STORE') })],
  });
  const at = (code: string) =>
    bought.order.fulfillmentOrders.find(({ location }) => location.id === place(code))?.id ?? '';
  return { ...bought, dc: at('DC'), store: at('STORE') };
}

describe('sending an order', () => {
  it('given two places, then each takes on and sends its part, and the money is taken part by part', async () => {
    const before = await shop.level('LAMP', 'STORE');
    const { order, paymentId, dc, store } = await lampsFromTwoPlaces();
    expect(order).toMatchObject({ status: 'CONFIRMED', fulfillmentStatus: 'UNFULFILLED' });

    expect(await buyer.accept(dc)).toMatchObject({ fulfillmentOrder: { state: 'ACCEPTED' }, userErrors: [] });
    expect((await buyer.order(order.id))?.status).toBe('IN_PROGRESS');
    expect((await buyer.ship(dc)).userErrors).toEqual([]);
    expect(await buyer.order(order.id)).toMatchObject({
      status: 'IN_PROGRESS',
      fulfillmentStatus: 'PARTIALLY_FULFILLED',
    });
    expect(await buyer.paid(paymentId, 'PARTIALLY_CAPTURED')).toMatchObject({
      captured: { amount: '12.50' },
    });

    expect((await buyer.ship(store)).shipment?.packages).toMatchObject([{ lines: [{}] }]);
    expect(await buyer.order(order.id)).toMatchObject({
      status: 'COMPLETED',
      fulfillmentStatus: 'FULFILLED',
    });
    expect(await buyer.paid(paymentId, 'CAPTURED')).toMatchObject({ captured: { amount: '37.50' } });
    await buyer.levelIs('LAMP', 'STORE', { onHand: before.onHand - 2, available: before.available - 2 });
  });

  it('given a line of half pennies sent by three places, then what is taken adds up to the line', async () => {
    // 5 at 0.005 come to 0.03, rounded once; 2, 1 and 2 of them are rounded on their way to it.
    const { order, paymentId } = await buyer.buy('0.03', { lines: [line('BEAD', 5)] });
    expect(order.fulfillmentOrders).toHaveLength(3);
    for (const { id } of order.fulfillmentOrders) expect((await buyer.ship(id)).userErrors).toEqual([]);
    expect(await buyer.paid(paymentId, 'CAPTURED')).toMatchObject({ captured: { amount: '0.03' } });
  });

  it('given the same shipment again, then nothing leaves twice', async () => {
    const { order } = await buyer.buy('12.50');
    const work = order.fulfillmentOrders[0]?.id ?? '';
    const idempotencyKey = newId();
    const first = await buyer.ship(work, { idempotencyKey });
    expect((await buyer.ship(work, { idempotencyKey })).shipment?.id).toBe(first.shipment?.id);
    expect((await buyer.ship(work)).userErrors).toMatchObject([{ code: 'WORK_STATE_INVALID' }]);
    const told = (await buyer.order(order.id))?.timeline.edges.map(({ node }) => node.type);
    expect(told?.filter((type) => type === 'SHIPMENT_CREATED')).toHaveLength(1);
  });

  it('given work that is unknown, another version, a line of another parcel or nobody’s business, then it says so', async () => {
    const { dc } = await lampsFromTwoPlaces();
    const codes = async (answer: Promise<{ userErrors: readonly { code: string }[] }>) =>
      (await answer).userErrors.map(({ code }) => code);
    expect(await codes(buyer.accept(newId()))).toEqual(['WORK_UNKNOWN']);
    expect(await codes(buyer.ship(newId()))).toEqual(['WORK_UNKNOWN']);
    expect(await codes(buyer.accept(dc, { expectedVersion: 7 }))).toEqual(['VERSION_CONFLICT']);
    expect(await codes(buyer.ship(dc, { packages: [{ lineIds: [newId()] }] }))).toEqual(['PACKAGES_INVALID']);
    const ada = shopper(customer('C-ADA'));
    expect(await codes(buyer.accept(dc, {}, ada))).toEqual(['FORBIDDEN']);
    expect(await codes(buyer.ship(dc, {}, ada))).toEqual(['FORBIDDEN']);
    expect(await codes(buyer.accept(dc))).toEqual([]);
    expect(await codes(buyer.accept(dc))).toEqual(['WORK_STATE_INVALID']);
  });

  it('given both places at the same moment, then neither overwrites the other', async () => {
    const { order, dc, store, paymentId } = await lampsFromTwoPlaces();
    await Promise.all([buyer.ship(dc), buyer.ship(store)]);
    expect(await buyer.order(order.id)).toMatchObject({
      status: 'COMPLETED',
      fulfillmentStatus: 'FULFILLED',
    });
    expect(await buyer.paid(paymentId, 'CAPTURED')).toMatchObject({ captured: { amount: '37.50' } });
  });
});

describe('canceling an order', () => {
  it('given the ERP has it, then the ERP cancels it too, the stock is back and the payment let go', async () => {
    const before = await shop.level('LAMP', 'DC');
    const { order, paymentId } = await buyer.buy('25.00', {
      lines: [line('LAMP', 2, { locationId: place('DC') })],
    });
    await buyer.acknowledged(order.id);
    const canceled = await buyer.cancel(order.id);
    expect(canceled).toMatchObject({
      order: {
        status: 'CANCELED',
        fulfillmentStatus: 'NOT_REQUIRED',
        fulfillmentOrders: [{ state: 'CANCELED' }],
      },
      userErrors: [],
    });
    await buyer.levelIs('LAMP', 'DC', before);
    await buyer.paid(paymentId, 'VOIDED');
    await expect
      .poll(() => buyer.inErp('salesOrderCancellation', `${order.number}-CANCEL`), { timeout: 10_000 })
      .toBe(1);
    expect((await buyer.cancel(order.id)).userErrors).toMatchObject([{ code: 'ALREADY_CANCELED' }]);
    expect((await buyer.ship(order.fulfillmentOrders[0]?.id ?? '')).userErrors).toMatchObject([
      { code: 'WORK_STATE_INVALID' },
    ]);
  });

  it('given the ERP has not heard of it yet, then it gets the order first and its cancellation after', async () => {
    await shop.sandbox.setFault('erp', 'down');
    const { order } = await buyer.buy('12.50');
    expect((await buyer.cancel(order.id)).order?.status).toBe('CANCELED');
    await shop.sandbox.setFault('erp', 'none');
    await expect
      .poll(() => buyer.inErp('salesOrderCancellation', `${order.number}-CANCEL`), { timeout: 15_000 })
      .toBe(1);
    expect(await buyer.inErp('salesOrder', order.number)).toBe(1);
    expect((await buyer.order(order.id))?.erpSync.state).toBe('ACKNOWLEDGED');
  });

  it('given the same request again, then it is answered from then', async () => {
    const { order } = await buyer.buy('12.50');
    const idempotencyKey = newId();
    const first = await buyer.cancel(order.id, { idempotencyKey });
    expect(await buyer.cancel(order.id, { idempotencyKey })).toMatchObject({
      replayed: true,
      operation: { id: first.operation?.id },
    });
  });

  it('given goods that have left, another version or somebody else, then it is refused and nothing changes', async () => {
    const ada = shopper(customer('C-ADA'));
    const { order } = await buyer.buy('12.50', {}, ada);
    const code = async (answer: ReturnType<typeof buyer.cancel>) => (await answer).userErrors[0]?.code;
    expect(await code(buyer.cancel(order.id, { expectedVersion: 99 }))).toBe('VERSION_CONFLICT');
    expect(await code(buyer.cancel(order.id, {}, shopper(customer('C-BEN'))))).toBe('ORDER_UNKNOWN');
    expect(await code(buyer.cancel(order.id, {}, { ...agent, scopes: ['order:read'] }))).toBe('FORBIDDEN');
    expect(await code(buyer.cancel(newId()))).toBe('ORDER_UNKNOWN');
    expect((await buyer.order(order.id))?.status).toBe('CONFIRMED');
    await buyer.ship(order.fulfillmentOrders[0]?.id ?? '');
    expect(await code(buyer.cancel(order.id, {}, ada))).toBe('ALREADY_SHIPPED');
  });

  it('given a shopper, then the own order can be taken back', async () => {
    const ada = shopper(customer('C-ADA'));
    const { order } = await buyer.buy('12.50', {}, ada);
    expect((await buyer.cancel(order.id, {}, ada)).order?.status).toBe('CANCELED');
  });

  it('given a cancellation and a shipment at the same moment, then one of them wins', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { order, paymentId } = await buyer.buy('12.50', { expectedTotal: gbp('12.50') }, cashier);
      const [canceled, shipped] = await Promise.all([
        buyer.cancel(order.id),
        buyer.ship(order.fulfillmentOrders[0]?.id ?? ''),
      ]);
      expect([canceled.userErrors.length, shipped.userErrors.length].toSorted()).toEqual([0, 1]);
      await buyer.paid(paymentId, canceled.order === null ? 'CAPTURED' : 'VOIDED');
    }
  });
});
