import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findingModel } from '../../platform/reconciliation/findings.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { until } from '../kit/until.ts';
import { buying } from './buying.ts';

describe('our books and the ERP’s are compared', () => {
  let shop: Shop;
  let buyer: ReturnType<typeof buying>;
  beforeAll(async () => {
    shop = await startShop({ everyMs: 400, fullEveryMs: 0, settlingMs: 0 });
    buyer = buying(shop);
  });
  afterAll(() => shop.stop());

  const stateOf = async (id: string) => (await buyer.order(id))?.erpSync.state;
  const finding = (reference: string) =>
    findingModel(shop.store.dependencies.integration.connection).findOne({ reference }).lean();
  const kept = () => shop.store.dependencies.store.database('order').collection('orders');

  const exceptions = () =>
    shop.ask<{ businessExceptions: { edges: { node: { kind: string; subjectId: string } }[] } }>(
      'operations',
      '{ businessExceptions { edges { node { kind subjectId detail ownerTeam } } } }',
    );

  async function reconciled() {
    const { order } = await buyer.buy('12.50');
    await until('both sides agree', async () => (await stateOf(order.id)) === 'RECONCILED');
    return order;
  }

  it('given both say the same, then the order is reconciled and nobody is called', async () => {
    const order = await reconciled();
    expect(await finding(order.number)).toBeNull();
  });

  it('given somebody cancels it in the ERP, then both sides are shown until they agree again', async () => {
    const order = await reconciled();
    const known = await buyer.order(order.id);
    const path = `erp/sales-orders/${known?.erpSync.externalId}/cancellation`;
    const { status } = await shop.sandbox.post(`${shop.sandbox.systems.erpUrl}/${path}`, {
      reference: 'BY-HAND-1',
      orderReference: order.number,
      reasonCode: 'BY_HAND',
      canceledAt: new Date().toISOString(),
      correlationId: 'by-hand',
    });
    expect(status).toBe(201);
    const found = await until('it is found', () => finding(order.number));
    expect(found).toMatchObject({
      system: 'erp',
      kind: 'salesOrder',
      subjectId: order.id,
      verdict: 'DIFFERENT',
      differences: [{ field: 'canceled', ours: 'false', theirs: 'true' }],
      resolvedAt: null,
    });
    expect(await stateOf(order.id)).toBe('ACKNOWLEDGED');
    const called = await until('somebody is called', async () => {
      const { businessExceptions } = await exceptions();
      return businessExceptions.edges.find(({ node }) => node.subjectId === order.id)?.node;
    });
    expect(called).toMatchObject({
      kind: 'RECONCILIATION_DIFFERENCE',
      ownerTeam: 'order operations',
      detail: `salesOrder ${order.number}: canceled is false here and true in erp`,
    });
    await kept().updateOne({ number: order.number }, { $set: { status: 'CANCELED' } });
    await until('it is closed', async () => (await finding(order.number))?.resolvedAt);
    expect(await stateOf(order.id)).toBe('RECONCILED');
    await until(
      'nobody is called any more',
      async () => !JSON.stringify(await exceptions()).includes(order.id),
    );
  });

  it('given what differs becomes something else, then only what is so now is shown', async () => {
    const order = await reconciled();
    const number = (await buyer.order(order.id))?.erpSync.externalId;
    const openKinds = async () => {
      const { businessExceptions } = await exceptions();
      return businessExceptions.edges.flatMap(({ node }) => (node.subjectId === order.id ? [node.kind] : []));
    };
    const shown = (kinds: string[]) =>
      until(`${kinds} is shown`, async () => (await openKinds()).join() === kinds.join());
    await kept().updateOne({ number: order.number }, { $set: { 'erpSync.externalId': 'SO-0' } });
    await shown(['DUPLICATE_SUSPECTED']);
    await kept().updateOne(
      { number: order.number },
      { $set: { 'erpSync.externalId': number, status: 'CANCELED' } },
    );
    await shown(['RECONCILIATION_DIFFERENCE']);
    await kept().updateOne({ number: order.number }, { $set: { status: 'CONFIRMED' } });
    await shown([]);
  });

  it('given the ERP has lost what we were told it has, then it is missing there', async () => {
    const order = await reconciled();
    const lost = 'UC-00000-00000';
    await kept().updateOne(
      { number: order.number },
      { $set: { number: lost, 'erpSync.state': 'ACKNOWLEDGED' } },
    );
    expect(await until('it is found', () => finding(lost))).toMatchObject({
      verdict: 'MISSING',
      subjectId: order.id,
      resolvedAt: null,
    });
  });

  it('given the ERP has one under a name of ours that we never gave, then it is unknown here; names of others are none of ours', async () => {
    const order = { ...(await template()), reference: 'UC-11111-11111', correlationId: 'by-hand' };
    const created = await shop.sandbox.post(`${shop.sandbox.systems.erpUrl}/erp/sales-orders`, order);
    expect(created.status).toBe(201);
    const foreign = await shop.sandbox.post(`${shop.sandbox.systems.erpUrl}/erp/sales-orders`, {
      ...order,
      reference: 'PHONE-4711',
    });
    expect(foreign.status).toBe(201);
    expect(await until('it is found', () => finding('UC-11111-11111'))).toMatchObject({ verdict: 'UNKNOWN' });
    // It came after the other in the same list.
    const ours = await reconciled();
    expect(await finding('PHONE-4711')).toBeNull();

    // A restored backup, say: we know it after all, and as the ERP has it.
    const known = await kept().findOne({ number: ours.number });
    await kept().insertOne({
      ...known,
      _id: '00000000-0000-7000-8000-000000000001' as never,
      number: 'UC-11111-11111',
      work: [],
      erpSync: {
        ...known?.['erpSync'],
        externalId: Reflect.get(Object(created.body), 'number'),
        state: 'ACKNOWLEDGED',
      },
    });
    await until('it is closed', async () => (await finding('UC-11111-11111'))?.resolvedAt);
  });

  /** An order as the ERP holds it, to make another of. */
  async function template() {
    const order = await reconciled();
    const query = new URLSearchParams({ system: 'erp', kind: 'salesOrder', reference: order.number });
    const { body } = await shop.sandbox.ask(`${shop.sandbox.systems.url}/documents?${query}`);
    const [stored] = Reflect.get(Object(body), 'documents');
    const { lines, ...rest } = stored.document;
    return { ...rest, lines: lines.map((line: object) => ({ ...line, lineReference: 'BY-HAND-1' })) };
  }
});
