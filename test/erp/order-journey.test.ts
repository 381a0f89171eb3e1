import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { buy } from '../kit/shopping.ts';
import { until } from '../kit/until.ts';
import { CHANNEL } from './company.ts';
import { salesLedger } from './sales-ledger.ts';
import { preparedIn, startTrytonUnderTest, type TrytonUnderTest } from './tryton-under-test.ts';

/** Tryton answers one question at a time, and feeds and orders share it. */
const PATIENCE_MS = 60_000;
/** A journey waits several times. */
const JOURNEY_MS = 300_000;

/** The whole graph in front of a real ERP: what people buy, send and bring back is counted in the ERP itself. */
describe.skipIf(preparedIn === undefined)('orders of the graph in Tryton', { timeout: JOURNEY_MS }, () => {
  let erp: TrytonUnderTest;
  let house: House;
  let admin: Client;
  let ledger: ReturnType<typeof salesLedger>;
  beforeAll(async () => {
    erp = await startTrytonUnderTest();
    ledger = salesLedger(erp.tryton.clerk);
    house = await startHouse({
      readyWithinMs: PATIENCE_MS,
      environment: {
        ERP_CONNECTOR: 'tryton',
        ERP_URL: erp.proxy.url,
        ERP_DATABASE: erp.tryton.database,
        ERP_USER: erp.tryton.user,
        ERP_PASSWORD: erp.tryton.password,
        ERP_STORES: 'SHOP',
      },
    });
    admin = await sandboxClient(house.url, { role: 'admin' });
    await until('the graph has read prices and stock', () => onSale(admin, 'KETTLE'), PATIENCE_MS);
  });
  afterAll(async () => {
    await house?.remove();
    await erp?.stop();
  });

  const command = async <P>(name: string, input: object, shape: string): Promise<P> => {
    const answer = dataOf(
      await admin.ask<{ done: P & { userErrors: unknown[] } }>(
        `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { done: ${name}(input: $input) { ${shape} userErrors { code message field } } }`,
        { input: { idempotencyKey: randomUUID(), ...input } },
      ),
    );
    expect(answer.done.userErrors).toEqual([]);
    return answer.done;
  };
  const acknowledged = (id: string | undefined) =>
    until(`order ${id} is acknowledged`, () => shown(admin, id), PATIENCE_MS);

  it('one order: sale, shipment, posted invoice, return, credit note', async () => {
    const { order, variant } = await buy(admin, 'KETTLE', { channelCode: CHANNEL, quantity: 3 });
    const number = order?.number ?? '';
    const { externalId, lines, fulfillmentOrders } = await acknowledged(order?.id);
    const sale = await ledger.sale(number);
    expect(sale).toMatchObject({ state: 'processing', shipment_state: 'waiting', number: externalId });
    expect(sale['total_amount'].decimal).toBe('149.85');
    expect(await ledger.count(number)).toBe(1);

    // The clerk sends the goods from the ERP; the invoice that comes of it reaches the graph.
    const invoice = await ledger.shipAndInvoice(number);
    expect(invoice).toMatchObject({ state: 'posted' });
    expect(await ledger.entryOf(invoice['move'])).toEqual({
      '1100': '149.85',
      '1810': '-26.01',
      '8000': '-123.84',
    });
    interface Invoiced {
      order: { invoices: { number: string; state: string; total: { amount: string } }[] };
    }
    const invoices = await until(
      'the graph has the invoice',
      async () => {
        const query = 'query ($id: ID!) { order(id: $id) { invoices { number state total { amount } } } }';
        const found = dataOf(await admin.ask<Invoiced>(query, { id: order?.id })).order.invoices;
        return found.length > 0 && found;
      },
      PATIENCE_MS,
    );
    expect(invoices).toEqual([{ number: invoice['number'], state: 'POSTED', total: { amount: '149.85' } }]);

    const work = fulfillmentOrders[0];
    await command(
      'createShipment',
      { fulfillmentOrderId: work?.id, carrier: 'PostNL', packages: [] },
      'shipment { id }',
    );
    const two = { value: '2', unit: 'C62' };
    const { return: asked } = await command<{ return: { id: string; lines: { id: string }[] } }>(
      'requestReturn',
      {
        orderId: order?.id,
        type: 'REFERENCED',
        locationId: work?.location.id,
        lines: [
          { orderLineId: lines[0]?.id, variantId: variant.id, quantity: two, reasonCode: 'NO_LONGER_WANTED' },
        ],
      },
      'return { id lines { id } }',
    );
    const returnLineId = asked.lines[0]?.id;
    await command(
      'receiveReturn',
      { id: asked.id, locationId: work?.location.id, lines: [{ returnLineId, received: two }] },
      'return { id }',
    );
    await command(
      'inspectReturn',
      {
        id: asked.id,
        decisions: [{ returnLineId, code: 'RESTOCK', quantity: two, locationId: work?.location.id }],
      },
      'return { id }',
    );

    interface Credited {
      return: {
        rmaNumber: string;
        erpSync: { state: string };
        creditMemos: { number: string; total: { amount: string }; sourceReturn: { rmaNumber: string } }[];
      };
    }
    const credited = await until(
      'the graph has the credit memo',
      async () => {
        const query =
          'query ($id: ID!) { return(id: $id) { rmaNumber erpSync { state } creditMemos { number total { amount } sourceReturn { rmaNumber } } } }';
        const answer = dataOf(await admin.ask<Credited>(query, { id: asked.id })).return;
        return answer.creditMemos.length > 0 && answer.erpSync.state === 'ACKNOWLEDGED' && answer;
      },
      PATIENCE_MS,
    );
    const back = await ledger.sale(credited.rmaNumber);
    const note = await erp.tryton.clerk.one(
      'account.invoice',
      [['id', 'in', back['invoices']]],
      ['number', 'state', 'move'],
    );
    expect(note['state']).toBe('posted');
    expect(credited.creditMemos).toEqual([
      { number: note['number'], total: { amount: '99.90' }, sourceReturn: { rmaNumber: credited.rmaNumber } },
    ]);
    expect(await ledger.entryOf(note['move'])).toEqual({
      '1100': '-99.90',
      '1810': '17.34',
      '8000': '82.56',
    });
    expect(await ledger.count(credited.rmaNumber)).toBe(1);
    expect(await ledger.onHand('KETTLE', 'HUB')).toBe(50 - 3 + 2);
  });

  it('F1: the ERP is stopped while people buy and started again: nothing is lost, nothing is doubled', async () => {
    const before = await ledger.countAccepted();
    await erp.tryton.kill();
    const orders: Awaited<ReturnType<typeof buy>>['order'][] = [];
    for (let n = 0; n < 3; n += 1) {
      orders.push((await buy(admin, 'TEAPOT', { channelCode: CHANNEL })).order);
    }
    expect(orders.map((order) => order?.status)).toEqual(Array(3).fill('CONFIRMED'));
    await until('the orders wait for the ERP', async () => (await backlogOf(admin)) >= 3, PATIENCE_MS);
    await erp.tryton.start();
    for (const order of orders) {
      await acknowledged(order?.id);
      expect(await ledger.count(order?.number ?? '')).toBe(1);
    }
    expect(await ledger.countAccepted()).toBe(before + 3);
  });

  it('F2: the answer to an order is cut on its way back: it is asked for, and there is one sale', async () => {
    const before = await ledger.countAccepted();
    const cut: string[] = [];
    // Each call that writes is carried out once without anybody hearing of it.
    erp.proxy.conduct((method) => {
      if (!/^model\.sale\.sale\.(create|quote|confirm)$/.test(method) || cut.includes(method))
        return 'through';
      cut.push(method);
      return 'answer-lost';
    });
    const { order } = await buy(admin, 'TEAPOT', { channelCode: CHANNEL });
    const { externalId } = await acknowledged(order?.id);
    erp.proxy.conduct(() => 'through');

    expect(cut).toEqual(['model.sale.sale.create', 'model.sale.sale.quote', 'model.sale.sale.confirm']);
    expect(await ledger.count(order?.number ?? '')).toBe(1);
    const sale = await ledger.sale(order?.number ?? '');
    expect(sale).toMatchObject({ number: externalId, state: 'processing' });
    expect(sale['shipments']).toHaveLength(1);
    expect(await ledger.countAccepted()).toBe(before + 1);
  });
});

interface Sync {
  readonly state: string;
  readonly externalId: string | null;
}

interface Shown {
  readonly order: {
    readonly erpSync: Sync;
    readonly lines: readonly { readonly id: string }[];
    readonly fulfillmentOrders: readonly {
      readonly id: string;
      readonly location: { readonly id: string };
    }[];
  };
}

async function backlogOf(client: Client): Promise<number> {
  interface Systems {
    readonly systems: readonly { readonly code: string; readonly backlog: number }[];
  }
  const { systems } = dataOf(await client.ask<Systems>('{ systems { code backlog } }'));
  return systems.find(({ code }) => code === 'erp')?.backlog ?? 0;
}

/** The order once the ERP has it. */
async function shown(client: Client, id: string | undefined) {
  const query =
    'query ($id: ID!) { order(id: $id) { erpSync { state externalId } lines { id } fulfillmentOrders { id location { id } } } }';
  const { order } = dataOf(await client.ask<Shown>(query, { id }));
  return order.erpSync.state === 'ACKNOWLEDGED' && { ...order, externalId: order.erpSync.externalId };
}

async function onSale(client: Client, sku: string): Promise<boolean> {
  interface Answer {
    readonly channelByCode: { readonly id: string } | null;
    readonly productVariantBySku: { readonly id: string } | null;
  }
  const found = await client.ask<Answer>(
    'query ($sku: String!, $code: String!) { channelByCode(code: $code) { id } productVariantBySku(sku: $sku) { id } }',
    { sku, code: CHANNEL },
  );
  const { channelByCode, productVariantBySku } = found.data ?? {};
  if (channelByCode == null || productVariantBySku == null) return false;
  const variables = { variant: productVariantBySku.id, channel: channelByCode.id };
  interface Stocked {
    readonly productVariant: {
      readonly price: object | null;
      readonly availability: { readonly availableToPromise: { readonly value: string } } | null;
    } | null;
  }
  const { data } = await client.ask<Stocked>(
    'query ($variant: ID!, $channel: ID!) { productVariant(id: $variant) { price(channelId: $channel) { asOf } availability(channelId: $channel) { availableToPromise { value } } } }',
    variables,
  );
  return (
    data?.productVariant?.price != null &&
    Number(data.productVariant.availability?.availableToPromise.value) > 0
  );
}
