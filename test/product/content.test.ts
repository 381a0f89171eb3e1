import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCOPES_BY_ROLE } from '../../platform/identity/identity.ts';
import { idFromKey } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import {
  channelId,
  item,
  price,
  type StartedProduct,
  staff,
  startProduct,
  variantId,
  WEB,
} from './start-product.ts';

const UPSERT = `mutation ($input: UpsertProductInput!) {
  upsertProduct(input: $input) { product { id title status brand } userErrors { code field retryable } } }`;

interface Upserted {
  upsertProduct: {
    product: { id: string; title: string; status: string; brand: string | null } | null;
    userErrors: { code: string; field: string[] | null }[];
  };
}

let shop: StartedProduct;
const lamp = idFromKey('product', 'LAMP');

async function upsert(input: Record<string, unknown>): Promise<Upserted['upsertProduct']> {
  return (await shop.ask<Upserted>(UPSERT, { input })).upsertProduct;
}

async function lampNow() {
  const { product } = await shop.ask<{ product: { title: string; brand: string | null } | null }>(
    'query ($id: ID!) { product(id: $id) { title brand } }',
    { id: lamp },
  );
  return product;
}

beforeAll(async () => {
  shop = await startProduct();
  await shop.load('channels', WEB);
  await shop.load('items', item('LAMP', { title: 'LAMP 3000 BLK' }));
  await until('the lamp is here', lampNow);
});
afterAll(() => shop.stop());

describe('a title of ours', () => {
  it('is shown at once and outlives what the ERP says later', async () => {
    const written = await upsert({ idempotencyKey: 'title-1', id: lamp, title: ' Reading lamp ' });
    expect(written).toMatchObject({ product: { id: lamp, title: 'Reading lamp' }, userErrors: [] });

    await shop.load('items', item('LAMP', { title: 'LAMP 3000 BLACK', brand: 'Bright' }));
    await until('the brand has come', async () => (await lampNow())?.brand === 'Bright');
    expect(await lampNow()).toEqual({ title: 'Reading lamp', brand: 'Bright' });
    expect(
      await shop.ask(
        'query ($id: ID!) { productVariant(id: $id) { title } products(query: "reading") { nodes { id } } }',
        {
          id: variantId('LAMP'),
        },
      ),
    ).toEqual({ productVariant: { title: 'Reading lamp' }, products: { nodes: [{ id: lamp }] } });
  });

  it('is written once, however often the same wish arrives', async () => {
    const first = await upsert({ idempotencyKey: 'new-1', title: 'Gift box' });
    const again = await upsert({ idempotencyKey: 'new-1', title: 'Gift box' });
    expect(first.product).toMatchObject({ title: 'Gift box', status: 'DRAFT' });
    expect(again).toEqual(first);
    expect(await upsert({ idempotencyKey: 'new-1', title: 'Another box' })).toEqual({
      product: null,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'], retryable: false }],
    });
  });

  it('reaches the memory of every other process, which answers without the ERP', async () => {
    const other = await shop.startAnother();
    const titleThere = async () => {
      const { data } = await other.ask(`{ product(id: "${lamp}") { title } }`);
      return JSON.stringify(data);
    };
    expect(await titleThere()).toContain('Reading lamp');
    await shop.setErpFault('down');
    await upsert({ idempotencyKey: 'title-3', id: lamp, title: 'Lamp for reading' });
    await until('the other process has heard', async () => (await titleThere()).includes('Lamp for reading'));
    await upsert({ idempotencyKey: 'title-4', id: lamp, title: 'Reading lamp' });
    await until('and hears again', async () => (await titleThere()).includes('Reading lamp'));
    await shop.setErpFault('none');
    await other.stop();
  });

  it('is refused with a code and the field when it cannot be', async () => {
    expect((await upsert({ idempotencyKey: 'bad-1', id: lamp, title: '  ' })).userErrors).toEqual([
      { code: 'TITLE_INVALID', field: ['input', 'title'], retryable: false },
    ]);
    expect((await upsert({ idempotencyKey: 'bad-2', id: 'nobody', title: 'x' })).userErrors).toEqual([
      { code: 'PRODUCT_UNKNOWN', field: ['input', 'id'], retryable: false },
    ]);
    const associate = { ...staff, kind: 'user' as const, scopes: SCOPES_BY_ROLE.associate };
    const denied = await shop.answer(UPSERT, { input: { idempotencyKey: 'bad-3', title: 'x' } }, associate);
    expect(denied.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

interface Told {
  sku: string;
  title: string;
  price: { list: { amount: string } } | null;
}

async function nextOf(stream: AsyncIterator<ExecutionResult>): Promise<Told> {
  const { value, done } = await stream.next();
  if (done === true || value.errors !== undefined) throw new Error(JSON.stringify(value));
  // The shape is what the subscription below asks for.
  return value.data?.['productUpdated'] as Told;
}

describe('productUpdated', () => {
  const FOLLOW = `subscription ($ids: [ID!], $channelId: ID) {
    productUpdated(ids: $ids, channelId: $channelId) { sku title price(channelId: "${channelId('web')}") { list { amount } } } }`;

  it('sends the present state, then each change of the article and its price', async () => {
    const stream = await shop.listen(FOLLOW, { ids: [variantId('LAMP')] });
    const next = () => nextOf(stream);
    expect(await next()).toEqual({ sku: 'LAMP', title: 'Reading lamp', price: null });

    await shop.load('prices', price('LAMP', '30'));
    await until('the price is told', async () => (await next()).price?.list.amount === '30.00');
    await upsert({ idempotencyKey: 'title-2', id: lamp, title: 'Bedside lamp' });
    await until('the title is told', async () => (await next()).title === 'Bedside lamp');
    await stream.return(undefined);
  });

  it('keeps to the channel and the articles asked for', async () => {
    const elsewhere = await shop.listen(FOLLOW, { channelId: channelId('pos') });
    const here = await shop.listen(FOLLOW, { channelId: channelId('web') });
    let heardElsewhere = false;
    const waiting = elsewhere.next().then(({ done }) => {
      heardElsewhere = done !== true;
    });
    await shop.load('items', item('CLOCK'), item('LAMP', { title: 'LAMP', brand: 'Brighter' }));
    await shop.load('prices', price('LAMP', '31'));
    await until('the lamp is told', async () => {
      return (await nextOf(here)).sku === 'LAMP';
    });
    expect(heardElsewhere).toBe(false);
    await Promise.all([elsewhere.return(undefined), here.return(undefined), waiting]);
  });
});
