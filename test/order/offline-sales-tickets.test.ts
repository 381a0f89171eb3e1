import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { channel, customer, place, variant } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';
import { agent, buying, cashier, gbp, shopper } from './buying.ts';
import { carriedHome, tillAt } from './till.ts';

describe('what a till sold without the line', () => {
  let shop: Shop;
  let buyer: ReturnType<typeof buying>;
  let till: ReturnType<typeof tillAt>;
  beforeAll(async () => {
    shop = await startShop();
    buyer = buying(shop);
    till = tillAt(shop);
  });
  afterAll(() => shop.stop());
  afterEach(() => shop.mendQuestions());

  const collection = (database: string, name: string) =>
    shop.store.dependencies.store.database(database).collection(name);
  const exceptionsAbout = async (subjectId: string) => {
    const { businessExceptions } = await shop.ask<{
      businessExceptions: { edges: { node: { kind: string; subjectId: string; detail: string } }[] };
    }>('operations', '{ businessExceptions(first: 100) { edges { node { kind subjectId detail } } } }');
    return businessExceptions.edges.map(({ node }) => node).filter((node) => node.subjectId === subjectId);
  };

  it('is an order at once: done, paid, in the ERP with its place, and off the shelf as of when it was sold', async () => {
    const before = await shop.level('LAMP', 'STORE');
    const occurredAt = new Date(Date.now() - 3 * 60 * 60_000).toISOString();
    const paid = await till.took('29.00');
    const sale = await till.sale('0001', {
      occurredAt,
      lines: [carriedHome('LAMP', 2), carriedHome('WRAPPING', 2)],
      paymentIds: [paid],
      total: gbp('29.00'),
    });
    const { accepted, duplicates, userErrors } = await till.submit([sale]);

    expect({ duplicates, userErrors }).toEqual({ duplicates: [], userErrors: [] });
    const [order] = accepted;
    expect(order).toMatchObject({
      status: 'COMPLETED',
      fulfillmentStatus: 'FULFILLED',
      subtotal: { amount: '29.00' },
      fulfillmentOrders: [
        { state: 'PICKED_UP', location: { id: place('STORE') }, lines: [{ quantity: { value: '2' } }] },
      ],
    });
    const id = order?.id ?? '';
    await buyer.acknowledged(id);
    expect(await buyer.inErp('salesOrder', order?.number ?? '')).toBe(1);
    await buyer.levelIs('LAMP', 'STORE', { onHand: before.onHand - 2, available: before.available - 2 });
    const lines = await collection('inventory', 'ledger').find({ sourceSystem: 'TILL' }).toArray();
    expect(lines).toMatchObject([{ type: 'SALE', quantity: 2, occurredAt: new Date(occurredAt) }]);
    expect(await buyer.payment(paid)).toMatchObject({ state: 'CAPTURED', captured: { amount: '29.00' } });
    const account = await until('its account knows that the goods have left', () =>
      collection('finance', 'accounts').findOne({ orderNumber: order?.number, 'shipped.amount': '29.00' }),
    );
    expect(account['confirmedAt']).not.toBeNull();
  });

  it('given it is sent again, in whatever batch and under whatever key, then it is reported and nothing happens', async () => {
    const before = await shop.level('LAMP', 'STORE');
    const [first, second, third] = await Promise.all(
      ['0101', '0102', '0103'].map((number) => till.sale(number)),
    );
    const idempotencyKey = newId();
    const sent = [first, second].flatMap((sale) => sale ?? []);
    const made = await till.submit(sent, { idempotencyKey });
    expect(made.accepted).toHaveLength(2);

    const again = await till.submit(sent, { idempotencyKey });
    expect(again).toMatchObject({ replayed: true, duplicates: [], userErrors: [] });
    expect(again.accepted.map(({ id }) => id)).toEqual(made.accepted.map(({ id }) => id));

    const overlap = await till.submit([second, third, third].flatMap((sale) => sale ?? []));
    expect(overlap).toMatchObject({ replayed: false, duplicates: ['0102', '0103'], userErrors: [] });
    expect(overlap.accepted).toHaveLength(1);

    const other = await till.submit(sent, { idempotencyKey }, agent);
    expect(other).toMatchObject({ accepted: [], duplicates: ['0101', '0102'] });
    const ids = [...made.accepted, ...overlap.accepted].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    await buyer.levelIs('LAMP', 'STORE', { onHand: before.onHand - 3 });
    for (const { id, number } of [...made.accepted, ...overlap.accepted]) {
      await buyer.acknowledged(id);
      expect(await buyer.inErp('salesOrder', number)).toBe(1);
    }
  });

  it('given twenty tills bring the same sales at the same time, then each is one order', async () => {
    const before = await shop.level('LAMP', 'STORE');
    const sales = await Promise.all(['0201', '0202', '0203'].map((number) => till.sale(number)));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => till.submit(index % 2 === 0 ? sales : sales.toReversed())),
    );
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(answers.flatMap(({ accepted }) => accepted)).toHaveLength(3);
    expect(answers.flatMap(({ duplicates }) => duplicates)).toHaveLength(57);
    await buyer.levelIs('LAMP', 'STORE', { onHand: before.onHand - 3 });
    expect(await collection('order', 'orders').countDocuments({ 'ticket.transactionId': /^02/ })).toBe(3);
    const numbers = answers.flatMap(({ accepted }) => accepted.map(({ number }) => number));
    expect(await collection('finance', 'accounts').countDocuments({ orderNumber: { $in: numbers } })).toBe(3);
  });

  it('given a receipt, then staff find its order by it, and others do not', async () => {
    const [made] = (await till.submit([await till.sale('0251')])).accepted;
    const find = async (number: string, identity = cashier) => {
      const { orderByTicket } = await shop.ask<{ orderByTicket: { id: string; ticket: unknown } | null }>(
        'order',
        `query ($at: ID!, $number: String!) { orderByTicket(locationId: $at, registerId: "R1", registerTransactionId: $number) {
          id ticket { location { id } registerId registerTransactionId } } }`,
        { at: place('STORE'), number },
        identity,
      );
      return orderByTicket;
    };
    expect(await find('0251')).toEqual({
      id: made?.id,
      ticket: { location: { id: place('STORE') }, registerId: 'R1', registerTransactionId: '0251' },
    });
    expect(await find('0252')).toBeNull();
    expect(await find('0251', shopper(customer('C-ADA')))).toBeNull();
  });

  it('given another sale under the same number, then it is refused at the field that differs, and somebody is called', async () => {
    const sale = await till.sale('0301');
    const [order] = (await till.submit([sale])).accepted;
    const other = { ...sale, lines: [carriedHome('CUP')], total: gbp('3.00') };
    const answer = await till.submit([other]);
    expect(answer).toMatchObject({
      accepted: [],
      duplicates: [],
      userErrors: [
        { code: 'TICKET_REUSED', field: ['input', 'sales', '0', 'lines'], retryable: false },
        { code: 'TICKET_REUSED', field: ['input', 'sales', '0', 'total'], retryable: false },
      ],
    });
    const [called] = await until('somebody is called', async () => {
      const found = await exceptionsAbout(order?.id ?? '');
      return found.length > 0 && found;
    });
    expect(called).toMatchObject({ kind: 'DUPLICATE_SUSPECTED' });
    expect(called?.detail).toContain(`order ${order?.number}`);
    expect((await tillAt(shop, 'R2').submit([other])).userErrors).toMatchObject([
      { code: 'PAYMENT_ALREADY_USED', field: ['input', 'sales', '0', 'paymentIds', '0'] },
    ]);
  });

  it('given bad sales among good ones, then each is refused at its own field and the good ones are recorded', async () => {
    const good = await till.sale('0401');
    const at = (index: number, ...path: string[]) => ['input', 'sales', String(index), ...path];
    const far = (ms: number) => new Date(Date.now() + ms).toISOString();
    const DAY_MS = 24 * 60 * 60_000;
    const bad = {
      unknownArticle: await till.sale('0402', { lines: [{ ...carriedHome('LAMP'), variantId: newId() }] }),
      wrongTotal: await till.sale('0403', { total: gbp('12.49') }),
      unknownPayment: await till.sale('0404', { paymentIds: [newId()] }),
      unpaid: await till.sale('0405', { paymentIds: [] }),
      future: await till.sale('0406', { occurredAt: far(10 * 60_000) }),
      old: await till.sale('0407', { occurredAt: far(-31 * DAY_MS) }),
      shipped: await till.sale('0408', { lines: [{ ...carriedHome('LAMP'), method: 'SHIP' }] }),
      elsewhere: await till.sale('0409', { lines: [carriedHome('LAMP', 1, { locationId: place('DC') })] }),
      nameless: await till.sale(' '),
      fraction: await till.sale('0410', { lines: [carriedHome('LAMP', 0.5)] }),
      empty: await till.sale('0411', { lines: [] }),
    };
    const { accepted, userErrors } = await till.submit([...Object.values(bad), good]);
    expect(accepted).toHaveLength(1);
    expect(userErrors.map(({ code, field }) => [code, field])).toEqual([
      ['VARIANT_UNKNOWN', at(0, 'lines', '0', 'variantId')],
      ['TOTAL_MISMATCH', at(1, 'total')],
      ['PAYMENT_UNKNOWN', at(2, 'paymentIds', '0')],
      ['PAYMENT_INSUFFICIENT', at(3, 'paymentIds')],
      ['OCCURRED_AT_INVALID', at(4, 'occurredAt')],
      ['OCCURRED_AT_INVALID', at(5, 'occurredAt')],
      ['METHOD_INVALID', at(6, 'lines', '0', 'method')],
      ['LOCATION_MISMATCH', at(7, 'lines', '0', 'locationId')],
      ['TICKET_INVALID', at(8, 'registerTransactionId')],
      ['QUANTITY_INVALID', at(9, 'lines', '0', 'quantity')],
      ['LINES_INVALID', at(10, 'lines')],
    ]);
    expect(userErrors[1]?.rightTotal).toEqual({ amount: '12.50' });
  });

  it('given a batch was refused in part, then its key may bring it again, put right', async () => {
    const idempotencyKey = newId();
    const [right, wrong] = [await till.sale('0501'), await till.sale('0502', { total: gbp('1.00') })];
    const first = await till.submit([right, wrong], { idempotencyKey });
    expect(first).toMatchObject({ replayed: false, userErrors: [{ code: 'TOTAL_MISMATCH' }] });
    const second = await till.submit([right, { ...wrong, total: gbp('12.50') }], { idempotencyKey });
    expect(second).toMatchObject({ replayed: false, duplicates: [], userErrors: [] });
    expect(second.accepted).toHaveLength(2);
    expect(second.accepted[0]?.id).toBe(first.accepted[0]?.id);
  });

  it.each([
    ['unasked', 'SERVICE_UNAVAILABLE', 15_000],
    ['unheard', 'SERVICE_UNAVAILABLE', 15_000],
    ['late', 'STILL_RUNNING', 1_500],
  ] as const)(
    'given finance is %s, then the sale is refused for now, keeps nothing, and is recorded when it is sent again',
    async (fault, code, deadlineInMs) => {
      const idempotencyKey = newId();
      const sale = await till.sale(`0600-${fault}`);
      shop.breakQuestion('OrderOpenAccount', fault);
      const silent = await till.submit([sale], { idempotencyKey }, cashier, deadlineInMs);
      expect(silent).toMatchObject({
        accepted: [],
        userErrors: [{ code, field: ['input', 'sales', '0'], retryable: true }],
      });
      shop.mendQuestions();
      const heard = await till.submit([sale], { idempotencyKey });
      expect(heard).toMatchObject({ replayed: false, userErrors: [] });
      expect(heard.accepted).toHaveLength(1);
    },
  );

  it('given articles that are not sold any more, and a price the till still had, then it was sold all the same', async () => {
    const paid = await till.took('4.75');
    const lines = [carriedHome('OLD', 1, { unitPrice: gbp('4.75') })];
    const { accepted, userErrors } = await till.submit([
      await till.sale('0701', { lines, paymentIds: [paid], total: gbp('4.75') }),
    ]);
    expect(userErrors).toEqual([]);
    expect(accepted).toMatchObject([{ status: 'COMPLETED', subtotal: { amount: '4.75' } }]);
  });

  it('given a card that the terminal took, then its money is fetched now; given it is declined, then somebody has to owe it', async () => {
    const [good, bad, owed] = [
      await till.took('12.50', 'CARD', 'tok_visa'),
      await till.took('12.50', 'CARD', 'tok_declined'),
      await till.took('12.50', 'ON_ACCOUNT'),
    ];
    const declined = await till.sale('0752', { paymentIds: [bad] });
    const answer = await till.submit([await till.sale('0751', { paymentIds: [good] }), declined]);
    expect(answer.accepted).toHaveLength(1);
    expect(answer.userErrors).toMatchObject([
      { code: 'PAYMENT_NOT_AUTHORIZED', field: ['input', 'sales', '1', 'paymentIds', '0'], retryable: false },
    ]);
    await buyer.paid(good, 'CAPTURED');
    expect((await till.submit([{ ...declined, paymentIds: [owed] }])).accepted).toHaveLength(1);
  });

  it('given the goods come back, then they are on sale again at the place', async () => {
    const paymentIds = [await till.took('0.01')];
    const beads = { lines: [carriedHome('BEAD', 2)], paymentIds, total: gbp('0.01') };
    const [order] = (await till.submit([await till.sale('0761', beads)])).accepted;
    await buyer.levelIs('BEAD', 'STORE', { onHand: 0 });
    const call = async (name: string, type: string, input: Record<string, unknown>) => {
      const answer = await shop.ask<Record<string, { return: { id: string; lines: { id: string }[] } }>>(
        'order',
        `mutation ($input: ${type}!) { ${name}(input: $input) { return { id lines { id } } userErrors { code message } } }`,
        { input: { idempotencyKey: newId(), ...input } },
        cashier,
      );
      const goods = answer[name]?.return;
      if (goods == null) throw new Error(JSON.stringify(answer));
      return goods;
    };
    const both = { value: '2', unit: 'C62' };
    const locationId = place('STORE');
    const lines = [{ variantId: variant('BEAD'), quantity: both, reasonCode: 'NO_LONGER_WANTED' }];
    const goods = await call('requestReturn', 'RequestReturnInput', {
      orderId: order?.id,
      type: 'REFERENCED',
      locationId,
      lines,
    });
    const returnLineId = goods.lines[0]?.id;
    const { id } = goods;
    await call('receiveReturn', 'ReceiveReturnInput', {
      id,
      locationId,
      lines: [{ returnLineId, received: both }],
    });
    const decisions = [{ returnLineId, code: 'RESTOCK', quantity: both, locationId }];
    await call('inspectReturn', 'InspectReturnInput', { id, decisions });
    await buyer.levelIs('BEAD', 'STORE', { onHand: 2, available: 2 });
  });

  it('given the request itself is wrong, then nothing of it is looked at', async () => {
    const sale = await till.sale('0801');
    const codes = async (more: Record<string, unknown>, identity = cashier) =>
      (await till.submit([sale], more, identity)).userErrors.map(
        ({ code, field }) => `${code} ${field?.join('.')}`,
      );
    expect(await codes({ sales: [] })).toEqual(['SALES_INVALID input.sales']);
    expect(await codes({ sales: Array.from({ length: 101 }, () => sale) })).toEqual([
      'SALES_INVALID input.sales',
    ]);
    expect(await codes({ registerId: '' })).toEqual(['REGISTER_INVALID input.registerId']);
    expect(await codes({ locationId: newId() })).toEqual(['LOCATION_UNKNOWN input.locationId']);
    expect(await codes({ channelId: newId() })).toEqual(['CHANNEL_UNKNOWN input.channelId']);
    expect(await codes({ channelId: channel('web-nl') })).toEqual([
      'PRICE_MISSING input.sales.0.lines.0.variantId',
      'CURRENCY_MISMATCH input.sales.0.total',
    ]);
    expect(await codes({ idempotencyKey: ' ' })).toEqual(['IDEMPOTENCY_KEY_INVALID input.idempotencyKey']);
    expect(await codes({}, { ...cashier, locationId: place('DC') })).toEqual(['FORBIDDEN input.locationId']);
    expect(await collection('order', 'orders').countDocuments({ 'ticket.transactionId': '0801' })).toBe(0);
    // No channel named: there is only one in pounds.
    expect((await till.submit([sale], { channelId: null })).accepted).toHaveLength(1);
  });
});
