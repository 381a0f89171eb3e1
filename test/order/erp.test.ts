import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { customer, load, place } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';
import { buying, line } from './buying.ts';

describe('the ERP is told of orders', () => {
  let shop: Shop;
  let buyer: ReturnType<typeof buying>;
  beforeAll(async () => {
    shop = await startShop();
    buyer = buying(shop);
  });
  afterAll(() => shop.stop());
  afterEach(async () => {
    shop.mendQuestions();
    await shop.sandbox.setFault('erp', 'none');
  });

  const types = (order: { timeline: { edges: readonly { node: { type: string } }[] } } | null) =>
    order?.timeline.edges.map(({ node }) => node.type);

  it('given all is well, then the order carries the number the ERP gave it', async () => {
    const { order } = await buyer.buy('12.50');
    expect(order.erpSync).toMatchObject({ externalId: null });
    const known = await buyer.acknowledged(order.id);
    expect(known.erpSync.externalId).toMatch(/^SO-/);
    expect(types(known)).toEqual(['ORDER_CONFIRMED', 'ERP_ACKNOWLEDGED']);
  });

  it('given it is down, then selling goes on, the history stays short, and each order reaches it once when it is back', async () => {
    await shop.sandbox.setFault('erp', 'down');
    const orders = [await buyer.buy('12.50'), await buyer.buy('12.50'), await buyer.buy('12.50')];
    for (const { order } of orders) expect(order.status).toBe('CONFIRMED');
    const systems = shop.store.dependencies.integration.health.model;
    await until('calls are held back', async () => systems.exists({ _id: 'erp', breaker: 'OPEN' }));
    await shop.sandbox.setFault('erp', 'none');
    for (const { order } of orders) {
      const known = await buyer.acknowledged(order.id);
      expect(await buyer.inErp('salesOrder', order.number)).toBe(1);
      // Not every order is tried while calls are held back; one that was says so once.
      expect(types(known)?.filter((type) => type !== 'ERP_PENDING')).toEqual([
        'ORDER_CONFIRMED',
        'ERP_ACKNOWLEDGED',
      ]);
      expect(types(known)?.length).toBeLessThanOrEqual(3);
    }
  });

  it('given its answers get lost, then it is asked, and holds one document', async () => {
    await shop.sandbox.setFault('erp', 'lossy-ack');
    const { order } = await buyer.buy('12.50');
    await until('the document is there', async () => (await buyer.inErp('salesOrder', order.number)) === 1);
    await shop.sandbox.setFault('erp', 'none');
    await buyer.acknowledged(order.id);
    expect(await buyer.inErp('salesOrder', order.number)).toBe(1);
  });

  it('given inventory does not tell where the goods are, then the order waits and is not in doubt', async () => {
    await load(shop.erp, 'locations', [
      {
        code: 'NEW',
        name: 'New place',
        kind: 'DISTRIBUTION_CENTER',
        capabilities: ['SHIP'],
        timeZone: 'Europe/London',
      },
    ]);
    shop.breakQuestion('OrderPlaces', 'unasked');
    // A place nobody has asked about in this process, so that no memory helps.
    const { order } = await buyer.buy('20.00', { lines: [await stockedAt('NEW')] });
    const waiting = await until('it has been tried', async () => {
      const seen = await buyer.order(order.id);
      return seen?.erpSync.lastErrorCode === 'SIBLING_UNAVAILABLE' && seen;
    });
    expect(waiting.erpSync.state).toBe('PENDING');
    shop.mendQuestions();
    await buyer.acknowledged(order.id);
  });

  async function stockedAt(code: string) {
    await load(shop.erp, 'stockMovements', [
      {
        id: `OPENING-RARE-${code}`,
        sku: 'RARE',
        locationCode: code,
        quantity: '5',
        unit: 'C62',
        type: 'RECEIPT',
        occurredAt: '2026-01-01T00:00:00Z',
      },
    ]);
    await until('the stock is known', () => shop.level('RARE', code).catch(() => null));
    return line('RARE', 1, { locationId: place(code) });
  }

  it('given it says no, then people are called, and a replay after the cause is mended brings it there', async () => {
    // A customer whom the ERP has lost: nobody has told it of them.
    const code = 'C-LOST';
    const customerId = customer(code);
    await shop.store.dependencies.store
      .database('customer')
      .collection<{ _id: string; code: string }>('customers')
      .insertOne({ ...(await someCustomer()), _id: customerId, code });
    const { order, operation } = await buyer.buy('12.50', { customerId });
    await until('it is refused', async () => (await buyer.order(order.id))?.erpSync.state === 'REJECTED');
    expect((await buyer.order(order.id))?.erpSync).toMatchObject({
      lastErrorCode: 'UNKNOWN_CUSTOMER',
      externalId: null,
    });
    expect((await buyer.order(order.id))?.status).toBe('CONFIRMED');

    const raised = () =>
      shop.ask<{ businessExceptions: unknown }>(
        'operations',
        '{ businessExceptions { edges { node { kind subjectId } } } }',
      );
    await until('somebody is called', async () => JSON.stringify(await raised()).includes(order.id));
    expect(JSON.stringify(await raised())).toContain('ERP_ORDER_CREATE_FAILED');

    await load(shop.erp, 'customers', [{ code, givenName: 'Zoe' }]);
    const { replayOperation } = await shop.ask<{ replayOperation: { userErrors: unknown[] } }>(
      'operations',
      'mutation ($input: ReplayOperationInput!) { replayOperation(input: $input) { userErrors { code } } }',
      { input: { idempotencyKey: newId(), id: operation.id } },
    );
    expect(replayOperation.userErrors).toEqual([]);
    const known = await buyer.acknowledged(order.id);
    // A replay asks before it sends; while the ERP may still be committing what it was sent, the answer is not believed.
    const told = types(known)?.filter((type) => type !== 'ERP_SUBMITTING');
    expect(told).toEqual(['ORDER_CONFIRMED', 'ERP_REJECTED', 'ERP_ACKNOWLEDGED']);
    expect(await buyer.inErp('salesOrder', order.number)).toBe(1);
    await until('nobody is called any more', async () => !JSON.stringify(await raised()).includes(order.id));
  });

  it('given a customer made here, then it is told of them before their order, and takes both', async () => {
    await shop.sandbox.setFault('erp', 'down');
    const { upsertCustomer } = await shop.ask<{ upsertCustomer: { customer: { id: string; code: string } } }>(
      'customer',
      'mutation ($input: UpsertCustomerInput!) { upsertCustomer(input: $input) { customer { id code } } }',
      { input: { idempotencyKey: newId(), givenName: 'Zoe', email: 'zoe@example.org' } },
    );
    const { order } = await buyer.buy('12.50', { customerId: upsertCustomer.customer.id });
    await shop.sandbox.setFault('erp', 'none');
    await buyer.acknowledged(order.id);
    expect(await buyer.inErp('salesOrder', order.number)).toBe(1);
  });

  async function someCustomer(): Promise<object> {
    const found = await shop.store.dependencies.store
      .database('customer')
      .collection<{ _id: string }>('customers')
      .findOne({ _id: customer('C-ADA') });
    if (found === null) throw new Error('the shop has no Ada');
    return found;
  }
});
