import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idFromKey } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import {
  channelId,
  item,
  price,
  type StartedProduct,
  shopper,
  startProduct,
  variantId,
  WEB,
} from './start-product.ts';

const PAGE = `query ($sku: String!, $channel: ID!) {
  productVariantBySku(sku: $sku) {
    id sku gtin title status baseUnit unitConversions { unit factor gtin }
    product { id title brand status categories { name parent { name } } variants(first: 1) { edges { node { sku } } pageInfo { hasNextPage endCursor } } }
    price(channelId: $channel) { list { amount currencyCode } sale { amount } priceListId taxIncluded asOf }
  }
}`;

let shop: StartedProduct;

async function variantOf(sku: string) {
  const answer = await shop.ask<{ productVariantBySku: Record<string, unknown> | null }>(PAGE, {
    sku,
    channel: channelId('web'),
  });
  return answer.productVariantBySku;
}

async function priced(sku: string) {
  return until(`${sku} has a price`, async () => {
    const variant = await variantOf(sku);
    return variant?.['price'] ? variant : null;
  });
}

beforeAll(async () => {
  shop = await startProduct();
  await shop.load('channels', WEB, { ...WEB, code: 'pos', name: 'Tills' });
  await shop.load(
    'items',
    item('tee-blue-m', {
      productCode: 'TEE',
      title: 'Cotton Tee, Blue, M',
      brand: 'Plain',
      gtin: '96385074',
      unitConversions: [{ unit: 'BX', factor: '12', gtin: '5012345678900' }],
      categories: [
        { code: 'clothing', name: 'Clothing' },
        { code: 'tees', name: 'Tees', parentCode: 'clothing' },
      ],
    }),
    item('TEE-RED-M', { productCode: 'TEE', title: 'Cotton Tee, Red, M', brand: 'Plain' }),
    item('MUG', { title: 'Café mug' }),
    item('SECRET', { title: 'Unreleased mug', status: 'DRAFT' }),
    item('OLD', { title: 'Retired mug', status: 'ARCHIVED' }),
  );
  await shop.load('prices', price('TEE-BLUE-M', '12.5', { sale: '10' }), price('MUG', '0.001'));
  await priced('MUG');
});
afterAll(() => shop.stop());

describe('the catalogue', () => {
  it('shows what the ERP wrote, under ids that follow from its codes', async () => {
    const variant = await variantOf('Tee-Blue-M');
    expect(variant).toMatchObject({
      id: variantId('TEE-BLUE-M'),
      sku: 'TEE-BLUE-M',
      gtin: '96385074',
      title: 'Cotton Tee, Blue, M',
      unitConversions: [{ unit: 'BX', factor: '12', gtin: '5012345678900' }],
      product: {
        id: idFromKey('product', 'TEE'),
        title: 'Cotton Tee',
        brand: 'Plain',
        status: 'ACTIVE',
        categories: [
          { name: 'Clothing', parent: null },
          { name: 'Tees', parent: { name: 'Clothing' } },
        ],
        variants: { edges: [{ node: { sku: 'TEE-BLUE-M' } }], pageInfo: { hasNextPage: true } },
      },
      price: {
        list: { amount: '12.50', currencyCode: 'GBP' },
        sale: { amount: '10.00' },
        priceListId: 'base',
        taxIncluded: true,
      },
    });
    expect(await variantOf('MUG')).toMatchObject({ price: { list: { amount: '0.001' }, sale: null } });
  });

  it('finds a variant by any spelling of the GTIN of any packaging', async () => {
    const query = 'query ($gtin: String!) { productVariantByGtin(gtin: $gtin) { sku } }';
    for (const gtin of ['96385074', '00000096385074', '5012345678900', '05012345678900']) {
      expect(await shop.ask(query, { gtin })).toEqual({ productVariantByGtin: { sku: 'TEE-BLUE-M' } });
    }
    expect(await shop.ask(query, { gtin: '12345670' })).toEqual({ productVariantByGtin: null });
    expect(await shop.ask(query, { gtin: 'not a gtin' })).toEqual({ productVariantByGtin: null });
  });

  it('answers a warm product page without asking the store', async () => {
    expect(shop.storeCalls()).toBeGreaterThan(0);
    const warm = await until('the page is warm', async () => {
      const before = shop.storeCalls();
      const page = await variantOf('TEE-BLUE-M');
      return shop.storeCalls() === before ? page : null;
    });
    expect(warm).toMatchObject({ price: { list: { amount: '12.50' } } });
    const before = shop.storeCalls();
    for (let turn = 0; turn < 50; turn += 1) await variantOf('TEE-BLUE-M');
    expect(shop.storeCalls()).toBe(before);
  });

  it('shows a changed price soon after, and how long ago the ERP was heard', async () => {
    await shop.load('prices', price('MUG', '7.99'));
    const mug = await until('the new price is shown', async () => {
      const variant = await variantOf('MUG');
      return JSON.stringify(variant).includes('7.99') ? variant : null;
    });
    expect(mug).toBeTruthy();

    await shop.setErpFault('down');
    const cutAt = Date.now();
    const asOf = async () => {
      const { productVariant } = await shop.ask<{ productVariant: { price: { asOf: string } } }>(
        'query ($id: ID!, $channel: ID!) { productVariant(id: $id) { price(channelId: $channel) { asOf } } }',
        { id: variantId('MUG'), channel: channelId('web') },
      );
      return Date.parse(productVariant.price.asOf);
    };
    await until('the answer admits its age', async () => Date.now() - (await asOf()) > 2_500);
    expect(await asOf()).toBeLessThanOrEqual(cutAt);
    await shop.setErpFault('none');
    await until('the ERP was heard again', async () => (await asOf()) > cutAt);
  });

  it('takes the price that holds at the time asked about', async () => {
    await shop.load('items', item('SEASONAL'));
    await shop.load(
      'prices',
      price('SEASONAL', '20'),
      price('SEASONAL', '15', { validFrom: '2026-11-27T00:00:00Z', validTo: '2026-11-30T00:00:00Z' }),
    );
    await priced('SEASONAL');
    const query = `query ($id: ID!, $channel: ID!, $at: DateTime!, $none: ID!) { productVariant(id: $id) {
      price(channelId: $channel, at: $at) { list { amount } }
      elsewhere: price(channelId: $none) { list { amount } } } }`;
    const at = (instant: string) =>
      shop.ask(query, {
        id: variantId('SEASONAL'),
        channel: channelId('web'),
        none: channelId('pos'),
        at: instant,
      });
    const expected = (amount: string) => ({
      productVariant: { price: { list: { amount } }, elsewhere: null },
    });
    await until('both prices are here', async () => {
      const answer = await at('2026-11-28T12:00:00Z');
      return JSON.stringify(answer).includes('15.00');
    });
    expect(await at('2026-11-27T00:00:00Z')).toEqual(expected('15.00'));
    expect(await at('2026-11-30T00:00:00Z')).toEqual(expected('20.00'));
    expect(await at('2026-11-26T23:59:59Z')).toEqual(expected('20.00'));
  });

  it('finds channels, and references to everything it owns', async () => {
    expect(await shop.ask('{ channels { code } channelByCode(code: "pos") { id name } }')).toEqual({
      channels: [{ code: 'pos' }, { code: 'web' }],
      channelByCode: { id: channelId('pos'), name: 'Tills' },
    });
    const answer = await shop.ask<{ _entities: unknown[] }>(
      `query ($references: [_Any!]!) { _entities(representations: $references) {
        ... on ProductVariant { sku externalIdentifiers { system value } } ... on Product { title } ... on Channel { code } ... on Category { name } } }`,
      {
        references: [
          { __typename: 'ProductVariant', id: variantId('MUG') },
          { __typename: 'ProductVariant', sku: 'MUG' },
          { __typename: 'Product', id: idFromKey('product', 'TEE') },
          { __typename: 'Channel', id: channelId('web') },
          { __typename: 'Channel', code: 'pos' },
          { __typename: 'Category', id: idFromKey('category', 'tees') },
          { __typename: 'ProductVariant', id: 'nobody' },
        ],
      },
    );
    const mug = { sku: 'MUG', externalIdentifiers: [{ system: 'erp', value: 'MUG' }] };
    expect(answer._entities).toEqual([
      mug,
      mug,
      { title: 'Cotton Tee' },
      { code: 'web' },
      { code: 'pos' },
      { name: 'Tees' },
      null,
    ]);
  });
});

describe('the list of products', () => {
  const LIST = `query ($first: Int, $after: String, $query: String, $channelId: ID) {
    products(first: $first, after: $after, query: $query, channelId: $channelId) { nodes { id title } pageInfo { hasNextPage endCursor } } }`;
  interface Listed {
    products: {
      nodes: { id: string; title: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  }
  const list = async (variables: Record<string, unknown>, identity = shopper) =>
    (await shop.ask<Listed>(LIST, variables, identity)).products;
  const titles = async (query: string) => (await list({ query })).nodes.map(({ title }) => title);

  it('finds words by their beginning, in titles, brands and SKUs, whatever their case and accents', async () => {
    expect(await titles('cafe')).toEqual(['Café mug']);
    expect(await titles('CAFÉ MU')).toEqual(['Café mug']);
    expect(await titles('tee-red')).toEqual(['Cotton Tee']);
    expect(await titles('plain blue')).toEqual(['Cotton Tee']);
    expect(await titles('ug')).toEqual([]);
    expect(await titles('.*')).toHaveLength((await list({})).nodes.length);
  });

  it('shows shoppers neither drafts nor what is archived', async () => {
    expect(await titles('mug')).toEqual(['Café mug']);
    const secret = { id: variantId('SECRET'), product: idFromKey('product', 'SECRET') };
    const query =
      'query ($id: ID!, $product: ID!) { productVariant(id: $id) { sku } product(id: $product) { title } }';
    expect(await shop.ask(query, secret, shopper)).toEqual({ productVariant: null, product: null });
    expect(await shop.ask(query, secret)).toEqual({
      productVariant: { sku: 'SECRET' },
      product: { title: 'Unreleased mug' },
    });
  });

  it('goes through all products page by page, each once', async () => {
    const all = (await list({ first: 100 })).nodes.map(({ id }) => id);
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const page: Listed['products'] = await list({ first: 1, after });
      paged.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(paged).toEqual(all);
    expect(all.length).toBeGreaterThan(2);
  });

  it('keeps to what a channel sells', async () => {
    const nodes = await until('the tee is linked to its channel', async () => {
      const found = await list({ channelId: channelId('web'), query: 'cotton' });
      return found.nodes.length > 0 ? found.nodes : null;
    });
    expect(nodes.map(({ title }) => title)).toEqual(['Cotton Tee']);
    expect((await list({ channelId: channelId('pos') })).nodes).toEqual([]);
  });

  it('refuses a page over the maximum and a cursor that is none', async () => {
    const tooLarge = await shop.answer(LIST, { first: 101 });
    expect(tooLarge.errors?.[0]?.extensions).toMatchObject({ code: 'PAGE_TOO_LARGE', maximum: 100 });
    const wrong = await shop.answer(LIST, { after: '***' });
    expect(wrong.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
  });
});
