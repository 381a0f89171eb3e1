import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { findingModel } from '../../platform/reconciliation/findings.ts';
import { fulfillmentCancellation, fulfillmentRequest } from '../connectors/sandbox-wms-records.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { place } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';
import { buying, line } from './buying.ts';
import { packing } from './warehouse.ts';

describe('our work and the warehouse’s is compared', () => {
  let shop: Shop;
  let buyer: ReturnType<typeof buying>;
  let warehouse: ReturnType<typeof packing>;
  beforeAll(async () => {
    shop = await startShop({ everyMs: 400, fullEveryMs: 0, settlingMs: 0 }, ['DC']);
    buyer = buying(shop);
    warehouse = packing(shop);
  });
  afterAll(() => shop.stop());

  const kept = () => shop.store.dependencies.store.database('order').collection('orders');
  const finding = (reference: string) =>
    findingModel(shop.store.dependencies.integration.connection)
      .findOne({ system: 'wms', reference, resolvedAt: null })
      .lean();
  const called = async (subjectId: string) => {
    const { businessExceptions } = await shop.ask<{
      businessExceptions: {
        edges: { node: { kind: string; subjectId: string; detail: string; ownerTeam: string } }[];
      };
    }>(
      'operations',
      '{ businessExceptions(first: 100) { edges { node { kind subjectId detail ownerTeam } } } }',
    );
    return businessExceptions.edges.map(({ node }) => node).find((call) => call.subjectId === subjectId);
  };
  const agreedAs = (workId: string, state: string) =>
    until(`both say that ${workId} is ${state}`, () =>
      kept().findOne({ work: { $elemMatch: { id: workId, agreedAs: state } } }),
    );

  /** An order whose work the warehouse has, and both say so. */
  async function requested() {
    const { order } = await buyer.buy('12.50', { lines: [line('LAMP', 1, { locationId: place('DC') })] });
    const workId = order.fulfillmentOrders[0]?.id ?? '';
    await agreedAs(workId, 'OPEN');
    return { order, workId };
  }

  it('given work is asked for, shipped or canceled on both sides, then nobody is called', async () => {
    const shipped = await requested();
    const canceled = await requested();
    await warehouse.ship(shipped.workId);
    await buyer.cancel(canceled.order.id);
    await agreedAs(shipped.workId, 'SHIPPED');
    await agreedAs(canceled.workId, 'CANCELED');
    // What left there and was not told yet is a difference for a moment: nothing is given to settle here.
    for (const { workId } of [shipped, canceled])
      await until('nobody is called', async () => (await called(workId)) === undefined);
  });

  it('given the warehouse drops work behind our back, then both sides are shown until we say so too', async () => {
    const { order, workId } = await requested();
    const request = await warehouse.request(workId);
    const { status } = await shop.sandbox.post(
      `${shop.sandbox.systems.wmsUrl}/wms/fulfillment-requests/${request.number}/cancellation`,
      fulfillmentCancellation(`by-hand-${workId}`, workId),
    );
    expect(status).toBe(201);
    expect(await until('somebody is called', () => called(workId))).toMatchObject({
      kind: 'RECONCILIATION_DIFFERENCE',
      ownerTeam: 'warehouse operations',
      detail: `fulfillmentRequest ${workId}: state is OPEN here and CANCELED in wms`,
    });
    await kept().updateOne({ number: order.number }, { $set: { 'work.0.state': 'CANCELED' } });
    await agreedAs(workId, 'CANCELED');
    await until('nobody is called any more', async () => (await called(workId)) === undefined);
  });

  it('given the warehouse has lost what it took on, then it is missing there', async () => {
    const { order } = await requested();
    const lost = newId();
    await kept().updateOne(
      { number: order.number },
      { $set: { 'work.0.id': lost, 'work.0.agreedAs': 'none' } },
    );
    expect(await until('it is found', () => finding(lost))).toMatchObject({
      verdict: 'MISSING',
      subjectId: lost,
    });
  });

  it('given the warehouse has work under a name of ours that we never gave, then it is unknown here; names of others are none of ours', async () => {
    const strange = newId();
    expect((await warehouse.askFor(fulfillmentRequest('PARTNER-7'))).status).toBe(201);
    expect((await warehouse.askFor(fulfillmentRequest(strange))).status).toBe(201);
    expect(await until('it is found', () => finding(strange))).toMatchObject({ verdict: 'UNKNOWN' });
    expect(await finding('PARTNER-7')).toBeNull();
  });

  it('given the warehouse is down while work is asked for and dropped, then that is no difference, and both agree in the end', async () => {
    await shop.sandbox.setFault('wms', 'down');
    const { order } = await buyer.buy('12.50', { lines: [line('LAMP', 1, { locationId: place('DC') })] });
    const workId = order.fulfillmentOrders[0]?.id ?? '';
    await buyer.cancel(order.id);
    await shop.sandbox.setFault('wms', 'none');
    await agreedAs(workId, 'CANCELED');
    const found = await findingModel(shop.store.dependencies.integration.connection).findOne({
      reference: workId,
    });
    expect(found).toBeNull();
  });
});
