import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import { numberOf, type StartedFinance, startFinance } from './start-finance.ts';

interface Tax {
  total: { amount: string; currencyCode: string };
  provider: string;
  quoteId: string | null;
  calculatedAt: string | null;
  committed: boolean;
  roundingAdjustment: { amount: string };
  lines: {
    jurisdiction: string;
    taxCode: string;
    rate: string;
    taxable: { amount: string };
    amount: { amount: string };
    orderLineId: string;
  }[];
}

const TAX = `tax {
  total { amount currencyCode } provider quoteId calculatedAt committed roundingAdjustment { amount }
  lines { jurisdiction taxCode rate taxable { amount } amount { amount } orderLineId }
}`;

describe('the tax of an order', () => {
  let finance: StartedFinance;
  beforeAll(async () => {
    finance = await startFinance();
  });
  afterAll(() => finance.stop());
  afterEach(() => finance.sandbox.setFault('tax', 'none'));

  const taxOf = async (orderId: string) =>
    (await finance.order<{ tax: Tax | null; total: { amount: string } }>(orderId, `${TAX} total { amount }`))
      .tax;
  const documents = (kind: string, orderId: string) => finance.sandbox.count('tax', kind, numberOf(orderId));
  const calls = () => finance.sandbox.total('tax', 'taxQuote');

  /** An account of an order whose prices contain their tax, open and paid for. */
  async function opened(amounts: readonly string[], category = 'STANDARD', country = 'GB'): Promise<string> {
    const orderId = newId();
    const total = amounts.reduce((sum, amount) => sum + Math.round(Number(amount) * 100), 0);
    const money = `${Math.floor(total / 100)}.${String(total % 100).padStart(2, '0')}`;
    const errors = await finance.open(orderId, money, [await finance.pay(money)], {
      taxable: taxable(amounts, category, country),
    });
    expect(errors).toEqual([]);
    return orderId;
  }
  const confirm = (orderId: string) => finance.publish('order.confirmed', { orderId });
  const cancel = (orderId: string) => finance.publish('order.canceled', { orderId });
  const committed = (orderId: string) =>
    until('the tax is owed', async () => (await taxOf(orderId))?.committed === true);

  it('given an account is opened, then its tax is there at once, contained in the total, and not owed yet', async () => {
    const orderId = await opened(['12.58', '12.58', '12.58']);
    const tax = await taxOf(orderId);
    expect(tax).toMatchObject({
      total: { amount: '6.29', currencyCode: 'GBP' },
      provider: 'tax',
      committed: false,
      roundingAdjustment: { amount: '-0.01' },
    });
    expect(tax?.quoteId).toMatch(/^TQ-/);
    expect(tax?.lines[1]).toEqual({
      jurisdiction: 'GB',
      taxCode: 'STANDARD',
      rate: '0.2',
      taxable: { amount: '10.48' },
      amount: { amount: '2.10' },
      orderLineId: 'line-1',
    });
    const { total } = await finance.order<{ total: { amount: string } }>(
      orderId,
      'total { amount }',
      '37.74',
    );
    expect(total.amount).toBe('37.74');
  });

  it('given it is read, opened again and read, then the tax system was asked once', async () => {
    const before = await calls();
    const orderId = newId();
    const paymentIds = [await finance.pay('12.00')];
    const more = { taxable: taxable(['12.00']) };
    await finance.open(orderId, '12.00', paymentIds, more);
    const first = await taxOf(orderId);
    await finance.sandbox.setFault('tax', 'down');
    expect(await finance.open(orderId, '12.00', [await finance.pay('12.00')], more)).toEqual([]);
    expect(await taxOf(orderId)).toEqual(first);
    await finance.sandbox.setFault('tax', 'none');
    expect(await calls()).toBe(before + 1);
  });

  it('given the order is confirmed, then one tax document is owed; given it is canceled, then none', async () => {
    const orderId = await opened(['12.00']);
    await confirm(orderId);
    await committed(orderId);
    expect(await documents('taxDocument', orderId)).toBe(1);
    await cancel(orderId);
    await until('it is taken back', async () => (await taxOf(orderId))?.committed === false);
    expect(await documents('taxDocument', orderId)).toBe(1);
    expect(await documents('taxVoid', orderId)).toBe(1);
    expect(await stateInTaxSystem(orderId)).toBe('VOIDED');
  });

  it('given the order did not come about, then nothing is owed and nothing is taken back', async () => {
    const orderId = await opened(['12.00']);
    await cancel(orderId);
    // What is done for an order that is canceled later was begun after it.
    const other = await opened(['12.00']);
    await confirm(other);
    await committed(other);
    expect(await documents('taxDocument', orderId)).toBe(0);
    expect(await documents('taxVoid', orderId)).toBe(0);
  });

  it('given the tax system is down, then the order is taken with an estimate by the last rates, and taxed once when it is back', async () => {
    const seen = await opened(['10.50'], 'REDUCED');
    expect((await taxOf(seen))?.total.amount).toBe('0.50');
    await finance.sandbox.setFault('tax', 'down');
    const orderId = await opened(['21.00'], 'REDUCED');
    expect(await taxOf(orderId)).toMatchObject({
      total: { amount: '1.00' },
      quoteId: null,
      committed: false,
    });
    await confirm(orderId);
    const pending = await until('its operation waits', () => operationOf(orderId));
    expect(pending.steps.map(({ name }) => name)).toEqual(['quote', 'commit']);
    expect((await taxOf(orderId))?.committed).toBe(false);
    await finance.sandbox.setFault('tax', 'none');
    await committed(orderId);
    expect(await taxOf(orderId)).toMatchObject({
      total: { amount: '1.00' },
      quoteId: expect.stringMatching(/^TQ-/),
    });
    expect(await documents('taxDocument', orderId)).toBe(1);
  });

  it('given nobody ever said what a category is taxed at, then no tax is told until the tax system does', async () => {
    await finance.sandbox.setFault('tax', 'down');
    const orderId = await opened(['5.00'], 'EXEMPT');
    expect(await taxOf(orderId)).toBeNull();
    await confirm(orderId);
    await finance.sandbox.setFault('tax', 'none');
    await committed(orderId);
    expect(await taxOf(orderId)).toMatchObject({ total: { amount: '0.00' }, lines: [{ taxCode: 'EXEMPT' }] });
  });

  it('given the answers of the tax system get lost, then one document is owed all the same', async () => {
    await finance.sandbox.setFault('tax', 'lossy-ack');
    const orderId = await opened(['12.00']);
    await confirm(orderId);
    await until('it is tried', async () =>
      (await operationOf(orderId))?.steps.some(({ attempts }) => attempts > 0),
    );
    await finance.sandbox.setFault('tax', 'none');
    await committed(orderId);
    expect(await documents('taxDocument', orderId)).toBe(1);
  });

  it('given the tax system hangs, then the order does not wait for it longer than its share', async () => {
    await finance.sandbox.setFault('tax', 'slow');
    const startedMs = performance.now();
    await opened(['12.00']);
    // It would take two seconds.
    expect(performance.now() - startedMs).toBeLessThan(1_900);
  });

  it('given it does not know the country, then the order stands without tax and its operation is parked', async () => {
    const orderId = await opened(['12.00'], 'STANDARD', 'JP');
    await confirm(orderId);
    await until('it is parked', async () => (await operationOf(orderId))?.state === 'DEAD_LETTERED');
    expect(await taxOf(orderId)).toBeNull();
  });

  function operationOf(orderId: string) {
    return finance.store.dependencies.integration.operations.model
      .findOne({ subjectId: orderId, kind: 'tax.commit' })
      .lean();
  }

  async function stateInTaxSystem(orderId: string) {
    const query = new URLSearchParams({ system: 'tax', kind: 'taxDocument', reference: numberOf(orderId) });
    const { body } = await finance.sandbox.ask(`${finance.sandbox.systems.url}/documents?${query}`);
    return Reflect.get(Object(Reflect.get(Object(body), 'documents')), '0').state;
  }
});

function taxable(amounts: readonly string[], category = 'STANDARD', country = 'GB') {
  return {
    country,
    pricesIncludeTax: true,
    lines: amounts.map((amount, index) => ({
      orderLineId: `line-${index}`,
      taxCategoryCode: category,
      amount,
    })),
  };
}
