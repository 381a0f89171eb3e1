import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { fulfillmentRequest } from '../connectors/sandbox-wms-records.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { place } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';
import { buying, gbp, line, type OrderAnswer, wish } from './buying.ts';
import { packing } from './warehouse.ts';

let shop: Shop;
let buyer: ReturnType<typeof buying>;
let warehouse: ReturnType<typeof packing>;
beforeAll(async () => {
  shop = await startShop({}, ['DC']);
  buyer = buying(shop);
  warehouse = packing(shop);
});
afterAll(() => shop.stop());
afterEach(async () => {
  shop.mendQuestions();
  await shop.sandbox.setFault('wms', 'none');
  await shop.sandbox.setFault('erp', 'none');
});

/** An order of lamps from the warehouse, and its one piece of work. */
async function lamps(quantity = 1) {
  const bought = await buyer.buy((12.5 * quantity).toFixed(2), {
    lines: [line('LAMP', quantity, { locationId: place('DC') })],
  });
  return { ...bought, workId: bought.order.fulfillmentOrders[0]?.id ?? '' };
}

const becomes = (id: string, status: string, withinMs = 10_000) =>
  until(
    `order ${id} is ${status}`,
    async () => {
      const order = await buyer.order(id);
      return order?.status === status && order;
    },
    withinMs,
  );
const types = (order: OrderAnswer | null) => order?.timeline.edges.map(({ node }) => node.type) ?? [];
const setAside = (code: string, workId: string) =>
  until(`the shipment of ${workId} is set aside with ${code}`, () =>
    shop.store.dependencies.integration.connection
      .collection('quarantine')
      .findOne({ feed: 'order/wms/shipments', code, raw: { $regex: workId } }),
  );

describe('work at a place that a warehouse system serves', () => {
  it('is asked for once the ERP has the order, taken on, shipped, and completes, charges and consumes', async () => {
    const before = await shop.level('LAMP', 'DC');
    await shop.sandbox.setFault('erp', 'down');
    const { order, workId, paymentId } = await lamps(2);
    expect(order.fulfillmentOrders).toMatchObject([{ state: 'OPEN' }]);
    const queued = await shop.store.dependencies.integration.operations.model
      .find({ subjectId: order.id, owner: 'order' })
      .sort({ _id: 1 })
      .lean();
    expect(queued.map(({ kind, aggregate, lane }) => [kind, aggregate, lane])).toEqual([
      ['order.place', `order:${order.id}`, 'order'],
      ['fulfillment.request', `order:${order.id}`, 'order'],
    ]);
    expect(await warehouse.held('fulfillmentRequest', workId)).toEqual([]);

    await shop.sandbox.setFault('erp', 'none');
    const request = await warehouse.request(workId);
    expect(request.document).toMatchObject({
      orderReference: order.number,
      locationCode: 'DC',
      lines: [{ sku: 'LAMP', quantity: '2', unit: 'C62' }],
    });
    const taken = await becomes(order.id, 'IN_PROGRESS');
    expect(taken.fulfillmentOrders).toMatchObject([{ state: 'ACCEPTED' }]);

    await warehouse.ship(workId, { trackingNumber: 'T-1' });
    const done = await becomes(order.id, 'COMPLETED');
    expect(done).toMatchObject({ fulfillmentStatus: 'FULFILLED', fulfillmentOrders: [{ state: 'SHIPPED' }] });
    expect(types(done)).toEqual(expect.arrayContaining(['WORK_ACCEPTED', 'SHIPMENT_CREATED']));
    expect(await buyer.paid(paymentId, 'CAPTURED')).toMatchObject({ captured: { amount: '25.00' } });
    await buyer.levelIs('LAMP', 'DC', { onHand: before.onHand - 2, available: before.available - 2 });
    expect(await warehouse.held('fulfillmentRequest', workId)).toHaveLength(1);
  });

  it('is one request for each piece; other places stay with their people', async () => {
    const { order } = await buyer.buy('25.00', {
      lines: [line('LAMP', 1, { locationId: place('DC') }), line('LAMP', 1, { locationId: place('STORE') })],
    });
    const at = (code: string) =>
      order.fulfillmentOrders.find(({ location }) => location.id === place(code))?.id ?? '';
    await warehouse.request(at('DC'));
    await warehouse.ship(at('DC'));
    await until(
      'the first part has left',
      async () => (await buyer.order(order.id))?.fulfillmentStatus === 'PARTIALLY_FULFILLED',
    );
    expect((await buyer.ship(at('STORE'))).userErrors).toEqual([]);
    await becomes(order.id, 'COMPLETED');
    expect(await warehouse.held('fulfillmentRequest', at('STORE'))).toEqual([]);
  });

  it('given inventory does not tell whose place it is, then nothing is kept, and the same order works later', async () => {
    // A place that nobody in this process has asked about yet.
    const paymentIds = [await buyer.pay('0.01')];
    const lines = [line('BEAD', 1, { locationId: place('DEPOT') })];
    const wanted = wish({ lines, paymentIds, expectedTotal: gbp('0.01') });
    const before = await shop.level('BEAD', 'DEPOT');
    shop.breakQuestion('OrderPlaces', 'unasked');
    expect(await buyer.place(wanted)).toMatchObject({
      order: null,
      userErrors: [{ code: 'SERVICE_UNAVAILABLE', retryable: true }],
    });
    await buyer.levelIs('BEAD', 'DEPOT', before);
    shop.mendQuestions();
    expect((await buyer.place(wanted)).userErrors).toEqual([]);
  });

  it('is taken back when the order is canceled, before the ERP hears of it', async () => {
    const { order, workId } = await lamps();
    await becomes(order.id, 'IN_PROGRESS');
    expect((await buyer.cancel(order.id)).userErrors).toEqual([]);
    await until(
      'the ERP has the cancellation',
      async () => (await buyer.inErp('salesOrderCancellation', `${order.number}-CANCEL`)) === 1,
    );
    expect(await warehouse.held('fulfillmentRequest', workId)).toMatchObject([{ state: 'CANCELED' }]);
    await expect(warehouse.ship(workId)).rejects.toThrow('REQUEST_CANCELED');
  });

  it('given it left before the cancellation got there, then the ERP credits nothing and people are told', async () => {
    const { order, workId } = await lamps();
    await becomes(order.id, 'IN_PROGRESS');
    await onDuty('pauseSystem');
    expect((await buyer.cancel(order.id)).userErrors).toEqual([]);
    await warehouse.ship(workId);
    await onDuty('resumeSystem');
    await setAside('WORK_STATE_INVALID', workId);
    const { model } = shop.store.dependencies.integration.operations;
    const parked = await until('the warehouse has said no', () =>
      model.findOne({ subjectId: order.id, kind: 'fulfillment.cancel', state: 'DEAD_LETTERED' }).lean(),
    );
    expect(parked.steps).toMatchObject([{ system: 'wms', lastErrorCode: 'ALREADY_SHIPPED' }]);
    expect(await buyer.inErp('salesOrderCancellation', `${order.number}-CANCEL`)).toBe(0);
    expect((await buyer.order(order.id))?.status).toBe('CANCELED');
  });
});

describe('what the warehouse says', () => {
  it('is pushed as it happens, signed, and stored before it is answered', async () => {
    const { order, workId } = await lamps();
    await warehouse.request(workId);
    await warehouse.ship(workId);
    await becomes(order.id, 'COMPLETED');
    const pushed = await until('it was delivered', () =>
      shop.store.dependencies.integration.webhooks.model.findOne({ data: { $regex: workId } }).lean(),
    );
    expect(pushed).toMatchObject({ system: 'wms', feed: 'shipments', source: '/sandbox/wms' });
  });

  it('given work that nobody knows, then it is set aside and the rest goes on', async () => {
    const stranger = newId();
    await warehouse.askFor(fulfillmentRequest(stranger));
    await warehouse.ship(stranger);
    const { order, workId } = await lamps();
    await warehouse.request(workId);
    await warehouse.ship(workId);
    await becomes(order.id, 'COMPLETED');
    expect(await setAside('WORK_UNKNOWN', stranger)).toMatchObject({
      system: 'wms',
      field: 'requestReference',
    });
  });

  it('given work of a place it does not serve, then it is set aside', async () => {
    const { order } = await buyer.buy('12.50', { lines: [line('LAMP', 1, { locationId: place('STORE') })] });
    const workId = order.fulfillmentOrders[0]?.id ?? '';
    await warehouse.askFor(fulfillmentRequest(workId));
    await warehouse.ship(workId);
    await setAside('WORK_NOT_REQUESTED', workId);
    expect((await buyer.order(order.id))?.fulfillmentOrders).toMatchObject([{ state: 'OPEN' }]);
  });

  it('given packages that name no lines of the work, then it is set aside', async () => {
    await onDuty('pauseSystem');
    const { order, workId } = await lamps();
    // Somebody has keyed the request in by hand, under lines of their own.
    await warehouse.askFor(fulfillmentRequest(workId));
    await warehouse.ship(workId);
    await onDuty('resumeSystem');
    await setAside('PACKAGES_INVALID', workId);
    expect((await buyer.order(order.id))?.fulfillmentStatus).toBe('UNFULFILLED');
  });

  it('given it ships before we hear that it took the work on, then the work has left all the same', async () => {
    await shop.sandbox.setFault('wms', 'lossy-ack');
    const { order, workId } = await lamps();
    await warehouse.request(workId);
    // Its writes are committed and their answers lost: ours, and the packing table's.
    await warehouse.ship(workId).catch(() => undefined);
    const done = await becomes(order.id, 'COMPLETED');
    expect(done.fulfillmentOrders).toMatchObject([{ state: 'SHIPPED' }]);
    await shop.sandbox.setFault('wms', 'none');
    const { model } = shop.store.dependencies.integration.operations;
    await until('the doubt is resolved', () =>
      model.exists({ subjectId: order.id, kind: 'fulfillment.request', state: 'SUCCEEDED' }),
    );
    expect((await buyer.order(order.id))?.fulfillmentOrders).toMatchObject([{ state: 'SHIPPED' }]);
    expect(await warehouse.held('fulfillmentRequest', workId)).toHaveLength(1);
  });
});

describe('a warehouse system that fails', () => {
  /** Three orders, asked for, shipped, and all that follows. Answers their pieces of work. */
  async function sell(whileItFails: (works: readonly string[]) => Promise<unknown>) {
    const bought = [await lamps(), await lamps(), await lamps()];
    const works = bought.map(({ workId }) => workId);
    await whileItFails(works);
    for (const { order, paymentId, workId } of bought) {
      const done = await becomes(order.id, 'COMPLETED', 20_000);
      expect(types(done).filter((type) => type === 'SHIPMENT_CREATED')).toHaveLength(1);
      expect(await buyer.paid(paymentId, 'CAPTURED')).toMatchObject({ captured: { amount: '12.50' } });
      expect(await warehouse.held('fulfillmentRequest', workId)).toHaveLength(1);
      expect(await warehouse.held('shipment', workId)).toHaveLength(1);
    }
  }
  const request = (works: readonly string[]) => Promise.all(works.map((id) => warehouse.request(id)));
  const ship = (works: readonly string[]) => Promise.all(works.map((id) => warehouse.ship(id)));

  it('down: selling goes on, and each piece is asked for once when it is back', async () => {
    const before = await shop.level('LAMP', 'DC');
    await shop.sandbox.setFault('wms', 'down');
    await sell(async (works) => {
      await until('it was tried', () =>
        shop.store.dependencies.integration.operations.model.exists({
          'payload.workId': { $in: works },
          'steps.lastErrorCode': { $ne: null },
        }),
      );
      await shop.sandbox.setFault('wms', 'none');
      await request(works);
      await ship(works);
    });
    await buyer.levelIs('LAMP', 'DC', { onHand: before.onHand - 3, reserved: before.reserved });
  });

  it('lossy-ack: it is asked, never sent twice', async () => {
    await shop.sandbox.setFault('wms', 'lossy-ack');
    await sell(async (works) => {
      await request(works);
      await shop.sandbox.setFault('wms', 'none');
      await ship(works);
    });
  });

  it.each(['duplicating', 'reordering'])('%s: each shipment is applied once', async (mode) => {
    const before = await shop.level('LAMP', 'DC');
    await shop.sandbox.setFault('wms', mode);
    await sell(async (works) => {
      await request(works);
      await ship(works);
    });
    await buyer.levelIs('LAMP', 'DC', { onHand: before.onHand - 3, reserved: before.reserved });
  });
});

async function onDuty(action: 'pauseSystem' | 'resumeSystem'): Promise<void> {
  const answer = await shop.ask<Record<string, { userErrors: unknown[] }>>(
    'operations',
    `mutation ($input: SystemActionInput!) { answer: ${action}(input: $input) { userErrors { code } } }`,
    { input: { idempotencyKey: newId(), code: 'wms', reason: 'stocktaking' } },
  );
  expect(answer['answer']?.userErrors).toEqual([]);
}
