import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { channel, customer, place } from '../kit/shop-records.ts';
import { agent, buying, cashier, gbp, line, shopper, wish } from './buying.ts';

describe('placing an order', () => {
  let shop: Shop;
  let buyer: ReturnType<typeof buying>;
  beforeAll(async () => {
    shop = await startShop();
    buyer = buying(shop);
  });
  afterAll(() => shop.stop());
  afterEach(() => shop.mendQuestions());

  const collection = (database: string, name: string) =>
    shop.store.dependencies.store.database(database).collection(name);

  /** What nobody has a claim on; claims that become allocations meanwhile do not change it. */
  const unclaimed = async (sku: string, code = 'DC') => (await shop.level(sku, code)).available;

  it('given twenty equal requests at once, then there is one order, one claim, one account and one document in the ERP', async () => {
    const before = await shop.level('LAMP', 'DC');
    const input = wish({ paymentIds: [await buyer.pay('12.50')] });
    const answers = await Promise.all(Array.from({ length: 20 }, () => buyer.place(input)));

    const ids = new Set(answers.map(({ order }) => order?.id));
    expect(ids.size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    const order = answers[0]?.order;
    expect(order).toMatchObject({ status: 'CONFIRMED', subtotal: { amount: '12.50' } });
    expect(await collection('order', 'orders').countDocuments({ number: order?.number })).toBe(1);
    expect(await collection('inventory', 'reservations').countDocuments({ ownerId: order?.id })).toBe(1);
    expect(await collection('finance', 'accounts').countDocuments({ orderNumber: order?.number })).toBe(1);
    await buyer.acknowledged(order?.id ?? '');
    expect(await buyer.inErp('salesOrder', order?.number ?? '')).toBe(1);
    await buyer.levelIs('LAMP', 'DC', { allocated: before.allocated + 1, reserved: before.reserved });
  });

  it('given the key of another request, then it is refused and the order of then stays as it is', async () => {
    const { order, input } = await buyer.buy('12.50');
    const other = await buyer.place({ ...input, lines: [line('LAMP', 2)], expectedTotal: gbp('25.00') });
    expect(other).toMatchObject({ order: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
    expect((await buyer.place(input)).order?.id).toBe(order.id);
    expect((await buyer.order(order.id))?.status).toBe('CONFIRMED');
  });

  it('given the same key of two people, then each gets an own order', async () => {
    const idempotencyKey = newId();
    const [ada, ben] = await Promise.all(
      ['C-ADA', 'C-BEN'].map((code) => buyer.buy('12.50', { idempotencyKey }, shopper(customer(code)))),
    );
    expect(ada?.order.id).not.toBe(ben?.order.id);
  });

  it('given nobody named, then a shopper orders for oneself, at the reduced price', async () => {
    const ada = customer('C-ADA');
    const { order } = await buyer.buy('6.00', { lines: [line('CUP', 2)] }, shopper(ada));
    expect(order.customer?.id).toBe(ada);
  });

  describe('refuses, names the field, and keeps nothing', () => {
    const cases: [string, string[], Record<string, unknown>, typeof agent?][] = [
      ['LINES_INVALID', ['input', 'lines'], { lines: [] }],
      ['LINES_INVALID', ['input', 'lines'], { lines: Array.from({ length: 2_001 }, () => line('LAMP')) }],
      ['VARIANT_UNKNOWN', ['input', 'lines', '1', 'variantId'], { lines: [line('LAMP'), line('NOPE')] }],
      ['VARIANT_NOT_SALABLE', ['input', 'lines', '0', 'variantId'], { lines: [line('OLD')] }],
      ['PRICE_MISSING', ['input', 'lines', '0', 'variantId'], { lines: [line('UNPRICED')] }],
      ['QUANTITY_INVALID', ['input', 'lines', '0', 'quantity'], { lines: [line('LAMP', 0)] }],
      ['QUANTITY_INVALID', ['input', 'lines', '1', 'quantity'], { lines: [line('LAMP'), line('LAMP', -1)] }],
      ['QUANTITY_INVALID', ['input', 'lines', '0', 'quantity'], { lines: [line('LAMP', '1.5')] }],
      [
        'UNIT_UNKNOWN',
        ['input', 'lines', '0', 'quantity', 'unit'],
        { lines: [line('LAMP', 1, { quantity: { value: '1', unit: 'KGM' } })] },
      ],
      [
        'LOCATION_REQUIRED',
        ['input', 'lines', '0', 'locationId'],
        { lines: [line('LAMP', 1, { method: 'IN_STORE_CASH_AND_CARRY' })] },
      ],
      [
        'LOCATION_UNKNOWN',
        ['input', 'lines', '0', 'locationId'],
        { lines: [line('LAMP', 1, { locationId: newId() })] },
      ],
      [
        'CURRENCY_MISMATCH',
        ['input', 'expectedTotal'],
        { expectedTotal: { amount: '12.50', currencyCode: 'EUR' } },
      ],
      [
        'CURRENCY_MISMATCH',
        ['input', 'lines', '0', 'unitPrice'],
        { lines: [line('LAMP', 1, { unitPrice: { amount: '12.50', currencyCode: 'EUR' } })] },
        cashier,
      ],
      [
        'FORBIDDEN',
        ['input', 'lines', '0', 'unitPrice'],
        { lines: [line('LAMP', 1, { unitPrice: gbp('12.50') })] },
      ],
      [
        'PRICE_INVALID',
        ['input', 'lines', '0', 'unitPrice'],
        { lines: [line('LAMP', 1, { unitPrice: gbp('-1') })] },
        cashier,
      ],
      [
        'PRICE_INVALID',
        ['input', 'lines', '0', 'unitPrice'],
        { lines: [line('LAMP', '1000000000', { unitPrice: gbp('9'.repeat(25)) })] },
        cashier,
      ],
      ['CHANNEL_UNKNOWN', ['input', 'channelId'], { channelId: channel('nowhere') }],
      ['CUSTOMER_UNKNOWN', ['input', 'customerId'], { customerId: customer('C-NOBODY') }],
      ['FORBIDDEN', ['input', 'customerId'], { customerId: customer('C-BEN') }, shopper(customer('C-ADA'))],
      ['PLACED_AT_INVALID', ['input', 'clientPlacedAt'], { clientPlacedAt: '2099-01-01T00:00:00Z' }],
      ['RESERVATION_UNKNOWN', ['input', 'reservationIds', '0'], { reservationIds: [newId()] }],
      [
        'RESERVATIONS_INVALID',
        ['input', 'reservationIds'],
        { reservationIds: Array.from({ length: 2_001 }, newId) },
      ],
      ['PAYMENT_UNKNOWN', ['input', 'paymentIds', '0'], { paymentIds: [newId()] }],
      ['PAYMENT_INSUFFICIENT', ['input', 'paymentIds'], { paymentIds: [] }],
      ['PAYMENTS_INVALID', ['input', 'paymentIds'], { paymentIds: Array.from({ length: 21 }, newId) }],
      ['IDEMPOTENCY_KEY_INVALID', ['input', 'idempotencyKey'], { idempotencyKey: ' ' }],
    ];
    it.each(cases)('%s at %j', async (code, field, change, identity = agent) => {
      const before = [await unclaimed('LAMP'), await unclaimed('LAMP', 'STORE')];
      const paymentId = await buyer.pay('12.50', identity);
      const { order, userErrors } = await buyer.place(wish({ paymentIds: [paymentId], ...change }), identity);
      expect(order).toBeNull();
      expect(userErrors).toContainEqual(expect.objectContaining({ code, field, retryable: false }));
      expect([await unclaimed('LAMP'), await unclaimed('LAMP', 'STORE')]).toEqual(before);
      expect((await buyer.place(wish({ paymentIds: [paymentId] }), identity)).order).not.toBeNull();
    });

    it('TOTAL_MISMATCH, with the right total, which can be sent with the same key', async () => {
      const input = wish({ lines: [line('LAMP', 3)], paymentIds: [await buyer.pay('37.50')] });
      const { userErrors } = await buyer.place(input);
      expect(userErrors).toMatchObject([
        { code: 'TOTAL_MISMATCH', field: ['input', 'expectedTotal'], rightTotal: { amount: '37.50' } },
      ]);
      expect((await buyer.place({ ...input, expectedTotal: gbp('37.50') })).order).not.toBeNull();
    });

    it('INSUFFICIENT_STOCK at the line that is short, with what there is, counted over services too', async () => {
      const paymentId = await buyer.pay('200.00');
      const { userErrors } = await buyer.place(
        wish({
          lines: [line('WRAPPING'), line('LAMP'), line('RARE', 4)],
          expectedTotal: gbp('94.50'),
          paymentIds: [paymentId],
        }),
      );
      expect(userErrors).toMatchObject([
        {
          code: 'INSUFFICIENT_STOCK',
          field: ['input', 'lines', '2', 'quantity'],
          availableQuantity: { value: '3' },
        },
      ]);
      await buyer.buy('12.50', { paymentIds: [paymentId] });
    });

    it('PAYMENT_ALREADY_USED, and the stock goes back on sale', async () => {
      const { paymentId } = await buyer.buy('12.50');
      const before = await unclaimed('RARE');
      const second = await buyer.place(
        wish({ lines: [line('RARE')], expectedTotal: gbp('20.00'), paymentIds: [paymentId] }),
      );
      expect(second.userErrors).toMatchObject([
        { code: 'PAYMENT_ALREADY_USED', field: ['input', 'paymentIds', '0'] },
      ]);
      expect(await unclaimed('RARE')).toBe(before);
    });

    it('as often as it is tried with the same key, and then lets it be paid', async () => {
      const input = wish({ lines: [line('RARE')], expectedTotal: gbp('20.00') });
      for (let attempt = 0; attempt < 12; attempt += 1)
        expect((await buyer.place(input)).userErrors).toMatchObject([{ code: 'PAYMENT_INSUFFICIENT' }]);
      expect((await buyer.place({ ...input, paymentIds: [await buyer.pay('20.00')] })).order).not.toBeNull();
    });
  });

  describe('with the last one on the shelf', () => {
    it('given ten buyers at once, then one gets it and nine hear that it is gone', async () => {
      const inputs = await Promise.all(
        Array.from({ length: 10 }, async () =>
          wish({
            lines: [line('LAST')],
            expectedTotal: gbp('30.00'),
            paymentIds: [await buyer.pay('30.00')],
          }),
        ),
      );
      const answers = await Promise.all(inputs.map((input) => buyer.place(input)));
      expect(answers.filter(({ order }) => order !== null)).toHaveLength(1);
      const refusals = answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
      expect(refusals).toEqual(Array(9).fill('INSUFFICIENT_STOCK'));
      await buyer.levelIs('LAST', 'DC', { allocated: 1, available: 0, reserved: 0 });
    });
  });

  describe('while a sibling does not answer', () => {
    it.each([
      ['OrderArticles', 'unasked'],
      ['OrderCustomer', 'unasked'],
      ['OrderReserve', 'unasked'],
      ['OrderOpenAccount', 'unasked'],
      ['OrderOpenAccount', 'unheard'],
    ] as const)(
      '%s %s: it may be tried again, nothing is kept, and then it works',
      async (question, fault) => {
        const before = await unclaimed('LAMP');
        const paymentId = await buyer.pay('12.50');
        const input = wish({ customerId: customer('C-ADA'), paymentIds: [paymentId] });
        shop.breakQuestion(question, fault);
        expect(await buyer.place(input)).toMatchObject({
          order: null,
          userErrors: [{ code: 'SERVICE_UNAVAILABLE', retryable: true }],
        });
        shop.mendQuestions();
        expect(await unclaimed('LAMP')).toBe(before);
        // Another wish may have the payment meanwhile, and the first one finds another.
        await buyer.buy('12.50', { paymentIds: [paymentId] });
        const again = await buyer.place({ ...input, paymentIds: [await buyer.pay('12.50')] });
        expect(again.order?.status).toBe('CONFIRMED');
      },
    );

    it('OrderReserve unheard: the retry finds the claim it made and makes no second', async () => {
      const input = wish({ paymentIds: [await buyer.pay('12.50')] });
      shop.breakQuestion('OrderReserve', 'unheard');
      expect((await buyer.place(input)).userErrors).toMatchObject([{ code: 'SERVICE_UNAVAILABLE' }]);
      shop.mendQuestions();
      const { order } = await buyer.place(input);
      expect(await collection('inventory', 'reservations').countDocuments({ ownerId: order?.id })).toBe(1);
    });

    it('given no time left, then what was claimed is given back all the same', async () => {
      const before = await unclaimed('LAMP');
      const paymentId = await buyer.pay('12.50');
      const input = wish({ paymentIds: [paymentId] });
      shop.breakQuestion('OrderOpenAccount', 'late');
      const { placeOrder } = await shop.ask<{ placeOrder: { userErrors: { code: string }[] } }>(
        'order',
        'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { userErrors { code } } }',
        { input },
        agent,
        1_000,
      );
      expect(placeOrder.userErrors).toMatchObject([{ code: 'SERVICE_UNAVAILABLE' }]);
      expect(await unclaimed('LAMP')).toBe(before);
    });
  });

  describe('with claims a cart made before', () => {
    it('uses them and claims only what is missing', async () => {
      const reservationId = await buyer.reserve('LAMP', 2);
      const before = await shop.level('LAMP', 'DC');
      const { order } = await buyer.buy('37.50', {
        lines: [line('LAMP', 3)],
        reservationIds: [reservationId],
      });
      await buyer.levelIs('LAMP', 'DC', { available: before.available - 1, allocated: before.allocated + 3 });
      expect(order.fulfillmentOrders).toHaveLength(1);
    });

    it('lets one order have them, however many ask at once, and gives the others their payment back', async () => {
      const reservationId = await buyer.reserve('LAMP', 1);
      const inputs = await Promise.all(
        Array.from({ length: 5 }, async () =>
          wish({ reservationIds: [reservationId], paymentIds: [await buyer.pay('12.50')] }),
        ),
      );
      const answers = await Promise.all(inputs.map((input) => buyer.place(input)));
      expect(answers.filter(({ order }) => order !== null)).toHaveLength(1);
      for (const [index, { order, userErrors }] of answers.entries()) {
        if (order !== null) continue;
        expect(['RESERVATION_USED', 'RESERVATION_EXPIRED']).toContain(userErrors[0]?.code);
        await buyer.buy('12.50', { paymentIds: inputs[index]?.paymentIds });
      }
    });

    it('refuses what nobody wants, what is named twice, what is over and what is somebody else’s', async () => {
      const cup = await buyer.reserve('CUP', 1);
      const lamp = await buyer.reserve('LAMP', 1);
      const codeFor = async (reservationIds: string[], identity = agent) =>
        (await buyer.place(wish({ reservationIds }), identity)).userErrors[0]?.code;
      expect(await codeFor([cup])).toBe('RESERVATION_UNUSED');
      expect(await codeFor([lamp, lamp])).toBe('RESERVATION_REPEATED');
      expect(await codeFor([lamp], shopper(customer('C-BEN')))).toBe('RESERVATION_UNKNOWN');
      await shop.ask(
        'inventory',
        'mutation ($input: ReservationActionInput!) { releaseReservation(input: $input) { userErrors { code } } }',
        { input: { idempotencyKey: newId(), id: lamp } },
      );
      expect(await codeFor([lamp])).toBe('RESERVATION_EXPIRED');
    });
  });

  describe('of what need not travel', () => {
    const carried = (sku: string, quantity = 1) =>
      line(sku, quantity, { method: 'IN_STORE_CASH_AND_CARRY', locationId: place('STORE') });

    it('given goods carried home, then it is COMPLETED at once, the stock gone and the money taken', async () => {
      const before = await shop.level('LAMP', 'STORE');
      const { order, paymentId } = await buyer.buy('25.00', { lines: [carried('LAMP', 2)] }, cashier);
      expect(order).toMatchObject({ status: 'COMPLETED', fulfillmentStatus: 'FULFILLED' });
      expect(order.fulfillmentOrders).toMatchObject([{ state: 'PICKED_UP' }]);
      await buyer.levelIs('LAMP', 'STORE', {
        ...before,
        onHand: before.onHand - 2,
        available: before.available - 2,
      });
      expect(await buyer.paid(paymentId, 'CAPTURED')).toMatchObject({ captured: { amount: '25.00' } });
    });

    it('given services only, then it is COMPLETED without work and the money taken', async () => {
      const { order, paymentId } = await buyer.buy('4.00', { lines: [line('WRAPPING', 2)] });
      expect(order).toMatchObject({ status: 'COMPLETED', fulfillmentStatus: 'NOT_REQUIRED' });
      expect(order.fulfillmentOrders).toEqual([]);
      expect(await buyer.paid(paymentId, 'CAPTURED')).toMatchObject({ captured: { amount: '4.00' } });
    });

    it('given nothing to pay, then no payment is asked for', async () => {
      expect((await buyer.buy('0.00', { lines: [line('FREE')] })).order.status).toBe('COMPLETED');
    });

    it('given one lamp carried home and one to be sent, then the first is taken at once and the rest when it leaves', async () => {
      const before = await shop.level('LAMP', 'STORE');
      const { order, paymentId } = await buyer.buy(
        '27.00',
        { lines: [carried('LAMP'), line('LAMP', 1, { locationId: place('DC') }), line('WRAPPING')] },
        cashier,
      );
      expect(order).toMatchObject({ status: 'IN_PROGRESS', fulfillmentStatus: 'PARTIALLY_FULFILLED' });
      await buyer.levelIs('LAMP', 'STORE', {
        ...before,
        onHand: before.onHand - 1,
        available: before.available - 1,
      });
      expect(await buyer.paid(paymentId, 'PARTIALLY_CAPTURED')).toMatchObject({
        captured: { amount: '12.50' },
      });
      expect((await buyer.cancel(order.id)).userErrors).toMatchObject([{ code: 'ALREADY_SHIPPED' }]);
      const rest = order.fulfillmentOrders.find(({ state }) => state === 'OPEN');
      expect((await buyer.ship(rest?.id ?? '')).userErrors).toEqual([]);
      expect((await buyer.order(order.id))?.status).toBe('COMPLETED');
      expect(await buyer.paid(paymentId, 'CAPTURED')).toMatchObject({ captured: { amount: '27.00' } });
    });
  });
});
