import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Shop, startShop } from '../kit/shop.ts';
import { until } from '../kit/until.ts';
import { buying, line } from './buying.ts';

interface Taxed {
  total: { amount: string };
  tax: {
    total: { amount: string };
    committed: boolean;
    quoteId: string | null;
    lines: { orderLineId: string; taxable: { amount: string }; amount: { amount: string } }[];
  } | null;
}

describe('an order is taxed', () => {
  let shop: Shop;
  let buyer: ReturnType<typeof buying>;
  beforeAll(async () => {
    shop = await startShop();
    buyer = buying(shop);
  });
  afterAll(() => shop.stop());
  afterEach(() => shop.sandbox.setFault('tax', 'none'));

  async function taxed({ id, subtotal }: { id: string; subtotal: { amount: string } }): Promise<Taxed> {
    const { _entities } = await shop.ask<{ _entities: [Taxed] }>(
      'finance',
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Order {
        total { amount }
        tax { total { amount } committed quoteId lines { orderLineId taxable { amount } amount { amount } } }
      } } }`,
      { of: [{ __typename: 'Order', id, subtotal: { ...subtotal, currencyCode: 'GBP' } }] },
    );
    return _entities[0];
  }
  const committed = (order: Parameters<typeof taxed>[0]) =>
    until('its tax is owed', async () => {
      const { tax } = await taxed(order);
      return tax?.committed === true && tax;
    });

  it('given it is placed, then the tax its prices contain is told at once, its total stays, and one document is owed', async () => {
    const { order } = await buyer.buy('31.00', { lines: [line('LAMP', 2), line('CUP', 2)] });
    const { total, tax } = await taxed(order);
    expect(total.amount).toBe('31.00');
    expect(tax).toMatchObject({
      total: { amount: '5.17' },
      lines: [
        { taxable: { amount: '20.83' }, amount: { amount: '4.17' } },
        { taxable: { amount: '5.00' }, amount: { amount: '1.00' } },
      ],
    });
    expect((await committed(order)).quoteId).toBe(tax?.quoteId);
    expect(await shop.sandbox.count('tax', 'taxDocument', order.number)).toBe(1);
  });

  it('given the tax system is down, then orders are taken all the same, and each is taxed once when it is back', async () => {
    const asked = await shop.sandbox.total('tax', 'taxDocument');
    await shop.sandbox.setFault('tax', 'down');
    const bought = [];
    for (let n = 0; n < 3; n += 1) bought.push((await buyer.buy('12.50')).order);
    for (const order of bought) {
      expect(order.status).toBe('CONFIRMED');
      expect((await taxed(order)).tax?.committed).not.toBe(true);
    }
    const canceled = (await buyer.buy('12.50')).order;
    await buyer.cancel(canceled.id);
    await shop.sandbox.setFault('tax', 'none');
    for (const order of bought) {
      expect((await committed(order)).total.amount).toBe('2.08');
      expect(await shop.sandbox.count('tax', 'taxDocument', order.number)).toBe(1);
    }
    await until('the tax of what was canceled was owed, and is taken back', async () => {
      const taken = await shop.sandbox.count('tax', 'taxVoid', canceled.number);
      return taken === 1 && (await taxed(canceled)).tax?.committed === false;
    });
    expect(await shop.sandbox.total('tax', 'taxDocument')).toBe(asked + 4);
  });
});
