import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { levelId } from '../../subgraphs/inventory/domain/level.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { load, place, variant } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';
import { buying, line } from '../order/buying.ts';

/** F20, the way out; records of a feed that cannot be accepted are in `test/platform/feed`. */
describe('F20: an order that names what the ERP does not know', () => {
  let shop: Shop;
  let buyer: ReturnType<typeof buying>;
  beforeAll(async () => {
    shop = await startShop();
    buyer = buying(shop);
    await makeUpArticle('GHOST');
    await makeUpPlace('NOWHERE');
  });
  afterAll(() => shop.stop());

  const cases = [
    {
      name: 'an article',
      code: 'UNKNOWN_SKU',
      detail: 'no item GHOST',
      order: { total: '5.00', lines: [line('CUP'), line('GHOST')] },
      mend: () =>
        load(shop.erp, 'items', [
          {
            sku: 'GHOST',
            title: 'No ghost any more',
            baseUnit: 'C62',
            unitConversions: [],
            taxCategoryCode: 'STANDARD',
            trackInventory: false,
            categories: [],
            status: 'ACTIVE',
          },
        ]),
    },
    {
      name: 'a place',
      code: 'UNKNOWN_LOCATION',
      detail: 'no location NOWHERE',
      order: { total: '12.50', lines: [line('LAMP', 1, { locationId: place('NOWHERE') })] },
      mend: () =>
        load(shop.erp, 'locations', [
          {
            code: 'NOWHERE',
            name: 'Somewhere',
            kind: 'DISTRIBUTION_CENTER',
            capabilities: ['SHIP'],
            timeZone: 'Europe/London',
          },
        ]),
    },
  ];

  it.each(cases)(
    'given $name, then it waits with the reason while other orders flow, and a replay after the mending brings it there once',
    async ({ code, detail, order: { total, lines }, mend }) => {
      const { order, operation } = await buyer.buy(total, { lines });
      const { order: other } = await buyer.buy('3.00', { lines: [line('CUP')] });
      await until('it is refused', async () => (await buyer.order(order.id))?.erpSync.state === 'REJECTED');
      await buyer.acknowledged(other.id);
      expect((await buyer.order(order.id))?.erpSync).toMatchObject({ lastErrorCode: code, externalId: null });
      expect((await buyer.order(order.id))?.status).toBe('CONFIRMED');
      const raised = await until('somebody is called', () => exceptionOf(order.id));
      expect(raised).toMatchObject({
        kind: 'ERP_ORDER_CREATE_FAILED',
        audience: 'BUSINESS',
        operation: { id: operation.id },
      });
      expect(raised.detail).toContain(code);
      expect(raised.detail).toContain(detail);

      // Nothing was mended: it is refused again.
      const refusedAt = await parkedAt(operation.id);
      await replay(operation.id);
      await until(
        'it is refused again',
        async () => ((await parkedAt(operation.id)) ?? 0) > (refusedAt ?? 0),
      );
      expect(await buyer.inErp('salesOrder', order.number)).toBe(0);

      await mend();
      await replay(operation.id);
      await buyer.acknowledged(order.id);
      expect(await buyer.inErp('salesOrder', order.number)).toBe(1);
      expect(await buyer.inErp('salesOrder', other.number)).toBe(1);
      await until('nobody is called any more', async () => (await exceptionOf(order.id)) === undefined);
    },
  );

  async function parkedAt(id: string): Promise<Date | null> {
    const { model } = shop.store.dependencies.integration.operations;
    const operation = await model.findById(id).lean();
    return operation?.state === 'DEAD_LETTERED' ? operation.completedAt : null;
  }

  async function replay(id: string): Promise<void> {
    const { replayOperation } = await shop.ask<{ replayOperation: { userErrors: unknown[] } }>(
      'operations',
      'mutation ($input: ReplayOperationInput!) { replayOperation(input: $input) { userErrors { code } } }',
      { input: { idempotencyKey: newId(), id } },
    );
    expect(replayOperation.userErrors).toEqual([]);
  }

  interface Raised {
    readonly id: string;
    readonly kind: string;
    readonly audience: string;
    readonly subjectId: string;
    readonly detail: string;
    readonly operation: { readonly id: string } | null;
  }

  async function exceptionOf(subjectId: string): Promise<Raised | undefined> {
    const { businessExceptions } = await shop.ask<{ businessExceptions: { edges: { node: Raised }[] } }>(
      'operations',
      '{ businessExceptions(first: 100) { edges { node { id kind audience subjectId detail operation { id } } } } }',
    );
    return businessExceptions.edges.map(({ node }) => node).find((each) => each.subjectId === subjectId);
  }

  /** A record like another one, kept here and unknown to the ERP: it had it and lost it. */
  async function copy(
    room: string,
    collection: string,
    like: Record<string, unknown>,
    change: Record<string, unknown> & { _id: string },
  ): Promise<void> {
    const records = shop.store.dependencies.store
      .database(room)
      .collection<Record<string, unknown> & { _id: string }>(collection);
    const found = await records.findOne(like);
    if (found === null) throw new Error(`${room} has no such ${collection}`);
    await records.insertOne({ ...found, ...change });
  }

  async function makeUpArticle(sku: string): Promise<void> {
    const like = variant('WRAPPING');
    await copy('product', 'variants', { _id: like }, { _id: variant(sku), sku });
    await copy('product', 'prices', { variantId: like }, { _id: newId(), variantId: variant(sku) });
    await copy('inventory', 'items', { _id: like }, { _id: variant(sku), sku });
  }

  async function makeUpPlace(code: string): Promise<void> {
    const like = { variantId: variant('LAMP'), locationId: place('DC') };
    await copy('inventory', 'locations', { _id: place('DC') }, { _id: place(code), code });
    await copy('inventory', 'levels', like, {
      _id: levelId(like.variantId, place(code)),
      locationId: place(code),
    });
    await copy('inventory', 'ledger', like, {
      _id: newId(),
      locationId: place(code),
      sourceEventId: `OPENING-LAMP-${code}`,
    });
  }
});
