import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { load, place, variant } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';
import { buying, line, type OrderAnswer } from './buying.ts';

describe('goods that were promised and are not there', () => {
  let shop: Shop;
  let buyer: ReturnType<typeof buying>;
  beforeAll(async () => {
    shop = await startShop();
    buyer = buying(shop);
  });
  afterAll(() => shop.stop());

  /** Somebody counts the warehouse and finds none. */
  async function countNone(sku: string): Promise<void> {
    const { recordInventoryCount } = await shop.ask<{ recordInventoryCount: { userErrors: unknown[] } }>(
      'inventory',
      'mutation ($input: RecordInventoryCountInput!) { recordInventoryCount(input: $input) { userErrors { code message } } }',
      {
        input: {
          idempotencyKey: newId(),
          locationId: place('DC'),
          countedAt: new Date().toISOString(),
          counts: [{ variantId: variant(sku), counted: { value: '0', unit: 'C62' } }],
        },
      },
    );
    expect(recordInventoryCount.userErrors).toEqual([]);
  }
  const allocated = (sku: string, units: number) =>
    until(`${sku} is kept for the order`, async () => (await shop.level(sku, 'DC')).allocated === units);
  const withEvent = (id: string, type: string) =>
    until(`${type} is in its history`, async () => {
      const order = await buyer.order(id);
      return order !== null && historyOf(order).includes(type) && order;
    });
  const historyOf = (order: OrderAnswer) => order.timeline.edges.map(({ node }) => node.type);

  it('given another place has them, then the work goes there, and is done there', async () => {
    const { order } = await buyer.buy('40.00', { lines: [line('RARE', 2, { locationId: place('DC') })] });
    await allocated('RARE', 2);
    await load(shop.erp, 'stockMovements', [
      {
        id: 'RARE-AT-DEPOT',
        sku: 'RARE',
        locationCode: 'DEPOT',
        quantity: '5',
        unit: 'C62',
        type: 'RECEIPT',
        occurredAt: '2026-01-01T00:00:00Z',
      },
    ]);
    await until('they are known', () => shop.level('RARE', 'DEPOT').catch(() => null));
    await countNone('RARE');

    const moved = await withEvent(order.id, 'STOCK_MOVED');
    expect(moved.fulfillmentOrders).toMatchObject([
      { state: 'CANCELED', location: { id: place('DC') } },
      { state: 'OPEN', location: { id: place('DEPOT') }, lines: [{ quantity: { value: '2' } }] },
    ]);
    expect((await buyer.ship(moved.fulfillmentOrders[1]?.id ?? '')).userErrors).toEqual([]);
    expect(await buyer.order(order.id)).toMatchObject({
      status: 'COMPLETED',
      fulfillmentStatus: 'FULFILLED',
    });
    await until('they have left', async () => (await shop.level('RARE', 'DEPOT')).onHand === 3);
  });

  it('given nobody has them, then the order says so and somebody is called; nothing is canceled by itself', async () => {
    const { order } = await buyer.buy('30.00', { lines: [line('LAST', 1, { locationId: place('DC') })] });
    await allocated('LAST', 1);
    await countNone('LAST');
    const told = await withEvent(order.id, 'STOCK_GONE');
    expect(told.status).toBe('CONFIRMED');
    const call = async () => {
      const { businessExceptions } = await shop.ask<{
        businessExceptions: { edges: { node: { subjectId: string } }[] };
      }>('operations', '{ businessExceptions { edges { node { kind subjectId detail ownerTeam } } } }');
      return businessExceptions.edges.find(({ node }) => node.subjectId === order.id)?.node;
    };
    const called = await until('somebody is called', call);
    expect(called).toMatchObject({
      kind: 'ORDER_STUCK',
      ownerTeam: 'order operations',
      detail: expect.stringContaining(`order ${order.number}: 1 of LAST are not there any more`),
    });
    expect((await buyer.cancel(order.id)).userErrors).toEqual([]);
    await until('nobody need look any more', async () => (await call()) === undefined);
  });
});
