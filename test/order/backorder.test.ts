import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shop, startShop } from '../kit/shop.ts';
import { channel, load, place, variant } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';
import { buying, line } from './buying.ts';
import { packing } from './warehouse.ts';

interface Piece {
  readonly id: string;
  readonly state: string;
  readonly promisedBy: string | null;
  readonly location: { readonly id: string };
  readonly lines: readonly { readonly quantity: { readonly value: string } }[];
  readonly shipments: readonly { readonly id: string }[];
}

const DAY_MS = 24 * 60 * 60_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

let shop: Shop;
let buyer: ReturnType<typeof buying>;
beforeAll(async () => {
  shop = await startShop({}, ['STORE'], {
    stock: { channelPolicies: { 'web-uk': { sellsExpectedSupply: true } } },
  });
  buyer = buying(shop);
});
afterAll(() => shop.stop());

/** An article of 100.00 that lies at these places. */
async function givenArticle(sku: string, stock: Readonly<Record<string, number>>): Promise<void> {
  await load(shop.erp, 'items', [
    {
      sku,
      title: sku,
      baseUnit: 'C62',
      unitConversions: [],
      taxCategoryCode: 'STANDARD',
      trackInventory: true,
      categories: [],
      status: 'ACTIVE',
    },
  ]);
  await load(shop.erp, 'prices', [
    {
      sku,
      channelCode: 'web-uk',
      currencyCode: 'GBP',
      list: '100.00',
      taxIncluded: true,
      priceListCode: 'STANDARD',
    },
  ]);
  for (const [code, units] of Object.entries(stock)) await received(sku, code, units);
  await until(`${sku} can be bought`, async () => {
    const { productVariantBySku } = await shop.ask<{
      productVariantBySku: { price: { list: { amount: string } } | null } | null;
    }>(
      'product',
      'query ($sku: String!, $channel: ID!) { productVariantBySku(sku: $sku) { price(channelId: $channel) { list { amount } } } }',
      { sku, channel: channel('web-uk') },
    );
    return productVariantBySku?.price?.list.amount === '100.00';
  });
  for (const [code, units] of Object.entries(stock))
    await until(`${sku} lies at ${code}`, async () => {
      const level = await shop.level(sku, code).catch(() => null);
      return level?.onHand === units;
    });
}

function received(sku: string, locationCode: string, units: number): Promise<void> {
  return load(shop.erp, 'stockMovements', [
    {
      id: `${sku}-${locationCode}-${units}`,
      sku,
      locationCode,
      quantity: String(units),
      unit: 'C62',
      type: 'RECEIPT',
      occurredAt: '2026-01-01T00:00:00Z',
    },
  ]);
}

function expected(sku: string, units: number, expectedAt: string, locationCode = 'DC'): Promise<void> {
  const about = { sku, locationCode, unit: 'C62', source: 'PO-7', isRelease: false };
  return load(shop.erp, 'expectedSupplies', [
    { id: `PO-7/${sku}`, quantity: String(units), expectedAt, ...about },
  ]);
}

async function piecesOf(id: string): Promise<readonly Piece[]> {
  const { order } = await shop.ask<{ order: { fulfillmentOrders: readonly Piece[] } }>(
    'order',
    `query ($id: ID!) { order(id: $id) { fulfillmentOrders {
      id state promisedBy location { id } lines { quantity { value } } shipments { id } } } }`,
    { id },
  );
  return order.fulfillmentOrders;
}

const seen = (pieces: readonly Piece[]) =>
  pieces.map(({ state, location, lines }) => [
    state,
    location.id,
    lines.map(({ quantity }) => quantity.value).join(),
  ]);

describe('five of which three are there', () => {
  it('leave in two parcels, and in a third when goods came; what left is what is paid', async () => {
    await givenArticle('SOFA', { DC: 2, DEPOT: 1 });
    await expected('SOFA', 2, inDays(5));
    await until('more is expected', async () => {
      const { availability } = await shop.ask<{ availability: { nextSupply: unknown[] }[] }>(
        'inventory',
        'query ($ids: [ID!]!, $channel: ID!) { availability(variantIds: $ids, channelId: $channel) { nextSupply { source } } }',
        { ids: [variant('SOFA')], channel: channel('web-uk') },
      );
      return availability[0]?.nextSupply.length === 1;
    });
    const { order, paymentId } = await buyer.buy('500.00', { lines: [line('SOFA', 5)] });
    const pieces = await piecesOf(order.id);
    expect(seen(pieces).toSorted()).toEqual(
      [
        ['OPEN', place('DC'), '2'],
        ['OPEN', place('DEPOT'), '1'],
        ['SCHEDULED', place('DC'), '2'],
      ].toSorted(),
    );
    const waiting = pieces.find(({ state }) => state === 'SCHEDULED')?.id ?? '';
    const waitingNow = async () => (await piecesOf(order.id)).find(({ id }) => id === waiting);
    const days = async () =>
      Math.round((Date.parse((await waitingNow())?.promisedBy ?? '') - Date.now()) / DAY_MS);
    await until('the day is known', async () => (await days()) === 5);
    expect((await buyer.accept(waiting)).userErrors).toMatchObject([{ code: 'WORK_STATE_INVALID' }]);

    for (const { id, state } of pieces)
      if (state === 'OPEN') expect((await buyer.ship(id)).userErrors).toEqual([]);
    await until('what left is paid', async () => {
      const { captured } = await buyer.payment(paymentId);
      return captured.amount === '300.00';
    });
    expect(await buyer.order(order.id)).toMatchObject({
      status: 'IN_PROGRESS',
      fulfillmentStatus: 'BACKORDERED',
    });

    await expected('SOFA', 2, inDays(8));
    await until('it is another day', async () => (await days()) === 8);
    await received('SOFA', 'DC', 3);
    await until('its goods came', async () => (await waitingNow())?.state === 'OPEN');
    expect((await waitingNow())?.promisedBy).toBeNull();
    expect((await buyer.accept(waiting)).userErrors).toEqual([]);
    expect((await buyer.ship(waiting)).userErrors).toEqual([]);
    expect(await buyer.order(order.id)).toMatchObject({
      status: 'COMPLETED',
      fulfillmentStatus: 'FULFILLED',
    });
    await buyer.paid(paymentId, 'CAPTURED');
    expect((await piecesOf(order.id)).flatMap(({ shipments }) => shipments)).toHaveLength(3);
    await buyer.levelIs('SOFA', 'DC', { onHand: 1, available: 1, allocated: 0 });
    await buyer.levelIs('SOFA', 'DEPOT', { onHand: 0, available: 0, allocated: 0 });
  });

  it('give back what they wait for when the order is canceled', async () => {
    await givenArticle('BENCH', { DC: 1 });
    await expected('BENCH', 2, inDays(5));
    await until('more is expected', async () => {
      const { order } = await buyer
        .buy('300.00', { lines: [line('BENCH', 3)] })
        .catch(() => ({ order: null }));
      if (order === null) return false;
      expect(seen(await piecesOf(order.id))).toHaveLength(2);
      expect((await buyer.cancel(order.id)).userErrors).toEqual([]);
      expect((await piecesOf(order.id)).map(({ state }) => state)).toEqual(['CANCELED', 'CANCELED']);
      return true;
    });
    await buyer.levelIs('BENCH', 'DC', { onHand: 1, available: 1, allocated: 0, reserved: 0 });
  });
});

describe('goods that are to come to a place that a warehouse system serves', () => {
  it('are asked of it once they are there, and not before', async () => {
    await givenArticle('CHEST', { STORE: 1 });
    await expected('CHEST', 2, inDays(5), 'STORE');
    const order = await until('more is expected', async () => {
      const bought = await buyer.buy('300.00', { lines: [line('CHEST', 3)] }).catch(() => null);
      return bought?.order;
    });
    const pieces = await piecesOf(order.id);
    const [now, later] = ['OPEN', 'SCHEDULED'].map(
      (state) => pieces.find((piece) => piece.state === state)?.id,
    );
    const warehouse = packing(shop);
    await warehouse.request(now ?? '');
    expect(await warehouse.held('fulfillmentRequest', later ?? '')).toEqual([]);
    await warehouse.ship(now ?? '');
    await until(
      'what is there has left',
      async () => (await buyer.order(order.id))?.fulfillmentStatus === 'BACKORDERED',
    );
    await received('CHEST', 'STORE', 2);
    await warehouse.request(later ?? '');
    await warehouse.ship(later ?? '');
    await until('all of it has left', async () => (await buyer.order(order.id))?.status === 'COMPLETED');
    expect(await warehouse.held('fulfillmentRequest', later ?? '')).toHaveLength(1);
    await buyer.levelIs('CHEST', 'STORE', { onHand: 0, available: 0, allocated: 0 });
  });
});

describe('an order that says where it goes', () => {
  it('is served by the nearer of two places, though the other has more', async () => {
    await load(
      shop.erp,
      'locations',
      [
        { code: 'NORTH', lat: 55.95, lon: -3.19 },
        { code: 'SOUTH', lat: 50.82, lon: -0.14 },
      ].map(({ code, lat, lon }) => ({
        code,
        name: code,
        kind: 'DISTRIBUTION_CENTER' as const,
        capabilities: ['SHIP' as const],
        timeZone: 'Europe/London',
        lat,
        lon,
      })),
    );
    await givenArticle('STOOL', { NORTH: 5, SOUTH: 9 });
    const servedFrom = async (destination: object) => {
      const { order } = await buyer.buy('100.00', { lines: [line('STOOL')], destination });
      return (await piecesOf(order.id)).map(({ location }) => location.id);
    };
    const glasgow = { countryCode: 'GB', postalCode: 'G2 1AL', lat: 55.86, lon: -4.25 };
    const london = { countryCode: 'GB', postalCode: 'SW1A 1AA', lat: 51.5, lon: -0.12 };
    expect(await servedFrom(glasgow)).toEqual([place('NORTH')]);
    expect(await servedFrom(london)).toEqual([place('SOUTH')]);
    // Without a position no place is nearer than another, and the one with most serves it.
    expect(await servedFrom({ countryCode: 'GB', postalCode: 'G2 1AL' })).toEqual([place('SOUTH')]);
  });

  it.each([
    [{ countryCode: 'GB', postalCode: '' }, 'postalCode'],
    [{ countryCode: 'GB', lat: 55.86 }, 'lon'],
    [{ countryCode: 'GB', lat: 91, lon: 0 }, 'lat'],
  ])('is refused for %j', async (destination, field) => {
    const input = {
      idempotencyKey: `nowhere-${field}`,
      channelId: channel('web-uk'),
      lines: [line('LAMP')],
      paymentIds: [],
      expectedTotal: { amount: '12.50', currencyCode: 'GBP' },
      destination,
    };
    expect((await buyer.place(input)).userErrors).toMatchObject([
      { code: 'DESTINATION_INVALID', field: ['input', 'destination', field] },
    ]);
  });
});
