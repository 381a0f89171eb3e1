import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import { item, location, place, receipt, variant } from './erp-records.ts';
import { ledgerSums, levelOf } from './levels.ts';
import { reserve } from './reserve.ts';
import { type StartedInventory, startInventory } from './start-inventory.ts';

// Yesterday: the store forgets finished reservations by its own clock, and requests carry deadlines of the true one.
const clock = new TestClock(new Date(Date.now() - 24 * 60 * 60_000));
const SKUS = ['SHIP', 'CANCEL', 'RETURN', 'LATE', 'GONE', 'UNPROMISED', 'FINE'];
let inventory: StartedInventory;

beforeAll(async () => {
  inventory = await startInventory(
    {
      locations: [location('DC')],
      items: SKUS.map((sku) => item(sku)),
      stockMovements: SKUS.map((sku) => receipt(sku, 'DC', 10)),
    },
    clock,
  );
});
afterAll(() => inventory.stop());

async function givenConfirmed(sku: string, quantity: number) {
  const orderId = newId();
  const reservationId = await givenReserved(sku, quantity, orderId);
  await confirm(orderId, reservationId);
  await until(
    'the stock is allocated',
    async () => (await levelOf(inventory, sku, 'DC'))?.allocated === quantity,
  );
  return { orderId, reservationId };
}

async function givenReserved(sku: string, quantity: number, orderId: string): Promise<string> {
  const { reservations } = await reserve(inventory, [[sku, quantity]], { ownerId: orderId, ttlSeconds: 60 });
  const id = reservations[0]?.id;
  if (id === undefined) throw new Error('nothing was reserved');
  return id;
}

function confirm(orderId: string, reservationId: string): Promise<void> {
  return inventory.publish('order.confirmed', {
    orderId,
    number: 'UC-1',
    reservations: [{ reservationId, orderLineId: 'line-1', fulfillmentOrderId: `work-${orderId}` }],
  });
}

function ship(orderId: string, sku: string, quantity: number | string): Promise<void> {
  return inventory.publish('order.shipped', {
    orderId,
    fulfillmentOrderId: `work-${orderId}`,
    shipmentId: newId(),
    shippedAt: '2026-03-01T13:00:00Z',
    lines: [{ orderLineId: 'line-1', variantId: variant(sku), locationId: place('DC'), quantity }],
    final: true,
  });
}

async function allocationsOf(workOrderId: string) {
  const data = await inventory.ask<{
    _entities: {
      allocations: { state: string; quantity: { value: string }; reservation: { state: string } }[];
    }[];
  }>(
    `query Work($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on WorkOrder { allocations { state quantity { value } reservation { state } } } } }`,
    { representations: [{ __typename: 'WorkOrder', id: workOrderId }] },
  );
  return data._entities[0]?.allocations;
}

describe('a confirmed order', () => {
  it('keeps its stock for good, seen from its work, and uses it up when it ships', async () => {
    const { orderId } = await givenConfirmed('SHIP', 4);
    expect(await levelOf(inventory, 'SHIP', 'DC')).toMatchObject({ onHand: 10, available: 6, reserved: 0 });
    expect(await allocationsOf(`work-${orderId}`)).toEqual([
      { state: 'ALLOCATED', quantity: { value: '4' }, reservation: { state: 'ALLOCATED' } },
    ]);

    await ship(orderId, 'SHIP', '4');
    await until('the goods have left', async () => (await levelOf(inventory, 'SHIP', 'DC'))?.onHand === 6);
    const figures = { onHand: 6, available: 6, reserved: 0, allocated: 0 };
    expect(await levelOf(inventory, 'SHIP', 'DC')).toMatchObject(figures);
    expect(await ledgerSums(inventory, 'SHIP', 'DC')).toEqual(figures);
    expect(await allocationsOf(`work-${orderId}`)).toMatchObject([
      { state: 'CONSUMED', reservation: { state: 'CONSUMED' } },
    ]);
  });

  it('gives its stock back when it is canceled', async () => {
    const { orderId, reservationId } = await givenConfirmed('CANCEL', 3);
    await inventory.publish('order.canceled', {
      orderId,
      number: 'UC-1',
      reasonCode: 'CUSTOMER',
      reservationIds: [reservationId],
    });
    await until('it is back', async () => (await levelOf(inventory, 'CANCEL', 'DC'))?.available === 10);
    expect(await levelOf(inventory, 'CANCEL', 'DC')).toMatchObject({ onHand: 10, allocated: 0, reserved: 0 });
    expect(await allocationsOf(`work-${orderId}`)).toMatchObject([
      { state: 'DEALLOCATED', reservation: { state: 'RELEASED' } },
    ]);
  });

  it('whose reservation had run out gets its stock all the same while there is some', async () => {
    const orderId = newId();
    const reservationId = await givenReserved('LATE', 2, orderId);
    clock.advance(61_000);
    await confirm(orderId, reservationId);
    await until('it is claimed again', async () => (await levelOf(inventory, 'LATE', 'DC'))?.allocated === 2);
    const figures = { onHand: 10, available: 8, reserved: 0, allocated: 2 };
    expect(await levelOf(inventory, 'LATE', 'DC')).toMatchObject(figures);
    expect(await ledgerSums(inventory, 'LATE', 'DC')).toEqual(figures);
  });

  it('whose reservation had run out, and whose stock is gone, is told of', async () => {
    const orderId = newId();
    const reservationId = await givenReserved('GONE', 8, orderId);
    clock.advance(61_000);
    await until('it has run out', async () => {
      clock.advance(1_000);
      return (await levelOf(inventory, 'GONE', 'DC'))?.available === 10;
    });
    expect((await reserve(inventory, [['GONE', 9]])).userErrors).toEqual([]);
    await confirm(orderId, reservationId);
    const { events } = inventory.store.dependencies.integration;
    const told = await until('it is told', () =>
      events.model.findOne({ type: 'inventory.allocationFailed', subject: orderId }).lean(),
    );
    expect(told.data).toEqual({ orderId, reservationId, reason: 'RESERVATION_EXPIRED' });
    expect(await levelOf(inventory, 'GONE', 'DC')).toMatchObject({ available: 1, reserved: 9, allocated: 0 });
  });
});

describe('goods that move without having been promised', () => {
  it('leave the books as they left the place', async () => {
    await ship(newId(), 'UNPROMISED', 2);
    await until('they have left', async () => (await levelOf(inventory, 'UNPROMISED', 'DC'))?.onHand === 8);
    expect(await levelOf(inventory, 'UNPROMISED', 'DC')).toMatchObject({ available: 8, allocated: 0 });
  });

  it('come back as they were judged', async () => {
    const line = { returnLineId: 'r', variantId: variant('RETURN'), locationId: place('DC') };
    await inventory.publish('return.inspected', {
      returnId: newId(),
      rmaNumber: 'RMA-1',
      orderId: null,
      inspectedAt: '2026-03-01T13:00:00Z',
      dispositions: [
        { ...line, quantity: '2', code: 'RESTOCK', toState: 'AVAILABLE' },
        { ...line, quantity: '1', code: 'QUARANTINE', toState: 'QUALITY_HOLD' },
        { ...line, quantity: '1', code: 'SCRAP', toState: 'NONE' },
      ],
    });
    await until('they are booked in', async () => (await levelOf(inventory, 'RETURN', 'DC'))?.onHand === 13);
    expect(await levelOf(inventory, 'RETURN', 'DC')).toMatchObject({ available: 12, qualityHold: 1 });
  });
});

it('sets an event aside that it cannot read, and goes on with the next', async () => {
  await inventory.publish('order.shipped', { orderId: 'x', lines: 'none' });
  const { orderId } = await givenConfirmed('FINE', 1);
  expect(orderId).toBeTruthy();
  const { connection } = inventory.store.dependencies.integration;
  expect(
    await connection.collection('quarantine').findOne({ feed: 'inventory/events/order.shipped' }),
  ).toMatchObject({
    code: 'INVALID_VALUE',
    raw: '{"orderId":"x","lines":"none"}',
  });
});
