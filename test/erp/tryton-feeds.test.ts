import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAll } from '../../connectors/conformance/feeds.ts';
import type { FeedName } from '../../connectors/feeds.ts';
import type { Connector } from '../../connectors/port.ts';
import { CHANNEL, countStock, makeProduct } from './company.ts';
import { salesOrder } from './documents.ts';
import { decimal } from './erp-client.ts';
import { salesLedger } from './sales-ledger.ts';
import { preparedIn, startTrytonUnderTest, type TrytonUnderTest } from './tryton-under-test.ts';

const PATIENCE_MS = 60_000;

describe.skipIf(preparedIn === undefined)('what a Tryton tells of its changes', () => {
  let erp: TrytonUnderTest;
  let connector: Connector;
  beforeAll(async () => {
    erp = await startTrytonUnderTest();
    connector = erp.connect();
  });
  afterAll(async () => {
    await connector?.close();
    await erp?.stop();
  });
  const signal = () => AbortSignal.timeout(PATIENCE_MS);
  const cursorOf = async (feed: FeedName) =>
    (await readAll(connector, feed, null, 1_000, PATIENCE_MS)).cursor;
  const since = async (feed: FeedName, cursor: string | null) =>
    (await readAll(connector, feed, cursor, 1_000, PATIENCE_MS)).changes.map(({ record }) => record);

  it('a change that became visible late, dated before what was read already', async () => {
    const { clerk, databaseFile } = erp.tryton;
    await makeProduct(clerk, { code: 'EARLY', name: 'Early', price: '1.00' });
    const cursor = await cursorOf('items');
    await makeProduct(clerk, { code: 'LATE', name: 'Late', price: '1.00' });
    // As a transaction leaves it that began half a minute ago and has ended only now.
    const began = new Date(Date.now() - 30_000).toISOString().replace('T', ' ').replace('Z', '000');
    change(
      databaseFile,
      `update product_product set create_date = ?, write_date = null where code = 'LATE'`,
      began,
    );
    change(
      databaseFile,
      `update product_template set create_date = ?, write_date = null where name = 'Late'`,
      began,
    );

    const page = await connector.readChanges('items', cursor, { limit: 10, signal: signal() });
    expect(page.changes.map(({ record }) => record?.sku)).toEqual(['LATE']);
    expect(await since('items', page.cursor)).toEqual([]);
  });

  it('a new price, which Tryton keeps on the template, with its tax', async () => {
    const { clerk } = erp.tryton;
    const cursor = await cursorOf('prices');
    const { template } = await clerk.one('product.product', [['code', '=', 'TEA-EARL']], ['template']);
    await clerk.call('product.template', 'write', [template], { list_price: decimal('6.00') });
    expect(await since('prices', cursor)).toEqual([
      {
        sku: 'TEA-EARL',
        channelCode: CHANNEL,
        currencyCode: 'EUR',
        list: '6.54',
        taxIncluded: true,
        priceListCode: 'LIST',
      },
    ]);
  });

  it('all prices in a web shop that is opened, in pages of any length', async () => {
    const { clerk } = erp.tryton;
    const before = await since('prices', null);
    const cursor = await cursorOf('prices');
    const { id: company, currency } = await clerk.one('company.company', [], ['currency']);
    const shop = await clerk.create('web.shop', { name: 'web-be', company, currency });
    const { changes, pageLengths } = await readAll(connector, 'prices', cursor, 3, PATIENCE_MS);
    expect(changes).toHaveLength(before.length * 2);
    expect(new Set(changes.map(({ eventId }) => eventId)).size).toBe(changes.length);
    expect(Math.max(...pageLengths)).toBe(3);
    await clerk.call('web.shop', 'write', [shop], { active: false });
  });

  it('stock that was counted or moved to another place, and not what our own orders took', async () => {
    const { clerk } = erp.tryton;
    const cursor = await cursorOf('stockMovements');
    const order = salesOrder('FEED-1');
    await connector.createDocument('salesOrder', order, { key: order.reference, signal: signal() });
    await salesLedger(clerk).shipAndInvoice(order.reference);
    await countStock(clerk, 'SHOP', { KETTLE: 47 });
    await moveBetween('TEAPOT', 'HUB', 'SHOP', 4);

    const movements = await since('stockMovements', cursor);
    expect(movements).toMatchObject([
      { sku: 'KETTLE', locationCode: 'SHOP', quantity: '-3', type: 'ADJUSTMENT', reasonCode: 'COUNT' },
      { sku: 'TEAPOT', locationCode: 'HUB', quantity: '-4', type: 'ADJUSTMENT', reasonCode: 'TRANSFER' },
      { sku: 'TEAPOT', locationCode: 'SHOP', quantity: '4', type: 'ADJUSTMENT', reasonCode: 'TRANSFER' },
    ]);
    const invoices = await since('invoices', null);
    expect(invoices).toMatchObject([
      { type: 'INVOICE', state: 'POSTED', orderReference: 'FEED-1', total: '149.85', taxTotal: '26.01' },
    ]);
  });

  it('an article that is not sold any more, and one that is put away', async () => {
    const { clerk } = erp.tryton;
    await makeProduct(clerk, { code: 'FADING', name: 'Fading', price: '1.00' });
    const cursor = await cursorOf('items');
    const { id, template } = await clerk.one('product.product', [['code', '=', 'FADING']], ['template']);
    await clerk.call('product.template', 'write', [template], { salable: false });
    const [first] = await since('items', cursor);
    expect(first).toMatchObject({ sku: 'FADING', status: 'DISCONTINUED' });
    const again = await cursorOf('items');
    await clerk.call('product.product', 'write', [id], { active: false });
    expect(await since('items', again)).toMatchObject([{ sku: 'FADING', status: 'ARCHIVED' }]);
  });

  it('goes on when its session has ended, and says so when it is not let in at all', async () => {
    change(erp.tryton.databaseFile, 'delete from ir_session');
    await expect(connector.ping(signal())).resolves.toBeUndefined();
    // Another login: too many wrong passwords lock a real one out.
    const stranger = erp.connect({ user: 'nobody', password: 'wrong' });
    await expect(stranger.ping(signal())).rejects.toMatchObject({ outcome: 'refused', code: 'UNAUTHORIZED' });
    await stranger.close();
  });

  it('sells more than there is when it has been sold: the question is answered with yes', async () => {
    const order = salesOrder('MORE-THAN-THERE-IS', {
      lines: salesOrder('MORE-THAN-THERE-IS').lines.map((line) => ({
        ...line,
        quantity: '500',
        amount: '24975.00',
      })),
      total: '24975.00',
    });
    const request = { key: order.reference, signal: signal() };
    const receipt = await connector.createDocument('salesOrder', order, request);
    expect(receipt).toMatchObject({ state: 'PROCESSING', replayed: false, total: '24975.00' });
  });

  async function moveBetween(sku: string, from: string, to: string, quantity: number): Promise<void> {
    const { clerk } = erp.tryton;
    const shelf = async (code: string) =>
      (await clerk.one('stock.location', [['code', '=', code]], ['storage_location']))['storage_location'];
    const product = await clerk.one('product.product', [['code', '=', sku]], ['default_uom']);
    const [fromShelf, toShelf] = [await shelf(from), await shelf(to)];
    const move = {
      product: product['id'],
      uom: product['default_uom'],
      quantity,
      from_location: fromShelf,
      to_location: toShelf,
    };
    const shipment = await clerk.create('stock.shipment.internal', {
      from_location: fromShelf,
      to_location: toShelf,
      moves: [['create', [move]]],
    });
    for (const button of ['wait', 'assign_try', 'ship', 'done']) {
      await clerk.call('stock.shipment.internal', button, [shipment]);
    }
  }
});

function change(databaseFile: string, statement: string, ...parameters: string[]): void {
  const database = new DatabaseSync(databaseFile, { timeout: 10_000 });
  try {
    database.prepare(statement).run(...parameters);
  } finally {
    database.close();
  }
}
