import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { NOT_YET } from '../../platform/outbox/operations.ts';
import type { Order } from '../../subgraphs/order/domain/order.ts';
import { agent, associate, pieces, shopper } from '../../subgraphs/order/domain/return-samples.ts';
import { createOverdueReturns } from '../../subgraphs/order/feed/overdue-returns.ts';
import { createReturns } from '../../subgraphs/order/store/returns.ts';
import { until } from '../kit/until.ts';
import { RETURN, type ReturnAnswer, type StartedReturns, startReturns } from './start-returns.ts';

let room: StartedReturns;
beforeAll(async () => {
  room = await startReturns();
});
afterAll(() => room.stop());

const mugs = (units: number | string, change: Record<string, unknown> = {}) => ({
  variantId: 'mug',
  quantity: pieces(units),
  reasonCode: 'DAMAGED',
  ...change,
});
const ofOrder = (sold: Order, units: number, change: Record<string, unknown> = {}) => ({
  type: 'REFERENCED',
  orderId: sold._id,
  lines: [mugs(units, { orderLineId: sold.lines[0]?.id })],
  ...change,
});
const loose = (change: Record<string, unknown> = {}) => ({
  type: 'UNREFERENCED',
  channelId: 'web',
  locationId: 'store',
  customerId: 'c1',
  lines: [mugs(4, { unitPrice: { amount: '1.25', currencyCode: 'GBP' } })],
  ...change,
});
const decide = (goods: ReturnAnswer['return'], code: string, units: number, locationId = 'dc', line = 0) => ({
  returnLineId: goods?.lines[line]?.id,
  code,
  quantity: pieces(units),
  locationId,
});
const given = ({ return: goods, userErrors }: ReturnAnswer) => {
  if (goods === null) throw new Error(JSON.stringify(userErrors));
  return goods;
};
const known = (id: string, state: string) =>
  until(`the return is ${state}`, async () => {
    const goods = await room.find(id);
    return goods?.erpSync.state === state && goods;
  });

describe('goods of an order', () => {
  it('are asked back by their customer, received, inspected and credited by the ERP, once', async () => {
    const sold = await room.sell();
    const asked = given(await room.request(ofOrder(sold, 3), shopper('c1')));
    expect(asked).toMatchObject({
      state: 'APPROVED',
      order: { id: sold._id, returnStatus: 'REQUESTED' },
      refundableTotal: { amount: '7.50', currencyCode: 'GBP' },
      lines: [{ variant: { sku: 'MUG' }, orderLine: { refundableQuantity: { value: '7' } } }],
    });
    const received = given(
      await room.receive({
        id: asked.id,
        locationId: 'dc',
        lines: [{ returnLineId: asked.lines[0]?.id, received: pieces(3) }],
      }),
    );
    expect(received).toMatchObject({
      state: 'RECEIVED',
      reverseFulfillmentOrders: [{ state: 'RECEIVING', location: { id: 'dc' } }],
    });

    const decisions = [
      decide(asked, 'RESTOCK', 1),
      decide(asked, 'QUARANTINE', 1),
      decide(asked, 'MISSING', 1),
    ];
    const input = { idempotencyKey: newId(), id: asked.id, decisions };
    const inspected = await room.inspect(input);
    expect(inspected).toMatchObject({
      return: {
        state: 'COMPLETED',
        order: { returnStatus: 'PARTIALLY_RETURNED' },
        refundableTotal: { amount: '5.00' },
        lines: [{ acceptedQuantity: { value: '2' }, orderLine: { refundableQuantity: { value: '8' } } }],
      },
      replayed: false,
      userErrors: [],
    });
    expect(inspected.operation).not.toBeNull();
    const again = await room.inspect(input);
    expect(again).toMatchObject({ replayed: true, operation: inspected.operation, userErrors: [] });

    const credited = await known(asked.id, 'ACKNOWLEDGED');
    expect(credited.erpSync.externalId).toMatch(/^SR-/);
    expect(await room.sandbox.count('erp', 'salesReturn', asked.rmaNumber)).toBe(1);
    expect(await room.sandbox.count('erp', 'creditNote', asked.rmaNumber)).toBe(1);

    const events = await room.events('return.inspected', asked.id);
    expect(events).toMatchObject([
      {
        source: '/subgraphs/order',
        data: {
          rmaNumber: asked.rmaNumber,
          orderId: sold._id,
          dispositions: [
            { variantId: 'mug', locationId: 'dc', quantity: 1, code: 'RESTOCK', toState: 'AVAILABLE' },
            { variantId: 'mug', locationId: 'dc', quantity: 1, code: 'QUARANTINE', toState: 'QUALITY_HOLD' },
          ],
        },
      },
    ]);
    const [after] = await room.collections.orders.find({ _id: sold._id }).lean<Order[]>();
    expect(after?.events.map(({ type }) => type)).toEqual(['RETURN_REQUESTED', 'RETURN_COMPLETED']);
  });

  it('cannot be asked back twice, not even by many at once', async () => {
    const sold = await room.sell();
    const answers = await Promise.all(Array.from({ length: 6 }, () => room.request(ofOrder(sold, 4))));
    const granted = answers.filter((answer) => answer.return !== null);
    expect(granted).toHaveLength(2);
    for (const { userErrors } of answers.filter((answer) => answer.return === null))
      expect(userErrors).toMatchObject([
        { code: 'RETURN_QUANTITY_EXCEEDED', field: ['input', 'lines', '0', 'quantity'] },
      ]);
    expect(await room.collections.returns.countDocuments({ orderId: sold._id })).toBe(2);
  });

  it('are asked back once by a request that is sent twice', async () => {
    const sold = await room.sell();
    const input = { idempotencyKey: newId(), ...ofOrder(sold, 1) };
    const [first, second] = await Promise.all([room.request(input), room.request(input)]);
    expect(first.return?.id).toBe(second.return?.id);
    expect([first.replayed, second.replayed].sort()).toEqual([false, true]);
    expect((await room.request({ ...input, ...ofOrder(sold, 2) })).userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED' },
    ]);
  });

  it('wait for a person when it is late, and go on when staff allow it', async () => {
    const sold = await room.sell({ placedAt: new Date(Date.now() - 31 * 24 * 60 * 60_000) });
    const asked = given(await room.request(ofOrder(sold, 1), shopper('c1')));
    expect(asked.state).toBe('REQUESTED');
    expect((await room.approve({ id: asked.id }, shopper('c1'))).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    expect(given(await room.approve({ id: asked.id }, agent)).state).toBe('APPROVED');
  });

  it('are as good as not there for another shopper', async () => {
    const sold = await room.sell();
    expect((await room.request(ofOrder(sold, 1), shopper('c2'))).userErrors).toMatchObject([
      { code: 'ORDER_UNKNOWN', field: ['input', 'orderId'] },
    ]);
    const asked = given(await room.request(ofOrder(sold, 1), shopper('c1')));
    expect(await room.find(asked.id, shopper('c1'))).not.toBeNull();
    expect(await room.find(asked.id, shopper('c2'))).toBeNull();
    const reference = [{ __typename: 'Return', rmaNumber: asked.rmaNumber }];
    const entity = (identity = associate) =>
      room.ask<{ _entities: unknown[] }>(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Return { id } } }',
        { of: reference },
        identity,
      );
    expect((await entity())._entities).toEqual([{ id: asked.id }]);
    expect((await entity(shopper('c2')))._entities).toEqual([null]);
  });

  it('are credited after their order, when the ERP has not heard of that yet', async () => {
    const sold = await room.sell({}, true);
    const { store, integration, clock } = room.store.dependencies;
    const { operations } = integration;
    // As after a failed attempt: it is tried again later. In one transaction, or a dispatcher might look in between.
    const later = new Date(clock.now().getTime() + 3_600_000);
    const order = await store.transaction(async (session) => {
      const id = await operations.enqueue(session, {
        owner: 'order',
        kind: 'order.place',
        subjectId: sold._id,
        aggregate: `order:${sold._id}`,
        correlationId: 'trace',
        idempotencyKey: sold._id,
        lane: 'order',
        steps: [{ name: 'createSalesOrder', system: 'erp' }],
        payload: {},
      });
      await operations.model.updateOne({ _id: id }, { $set: { dueAt: later } }, { session });
      return id;
    });

    const asked = given(await room.request(ofOrder(sold, 2)));
    const lines = [{ returnLineId: asked.lines[0]?.id, received: pieces(2) }];
    await room.receive({ id: asked.id, locationId: 'dc', lines });
    const inspected = await room.inspect({ id: asked.id, decisions: [decide(asked, 'RESTOCK', 2)] });
    const posting = await operations.model.findById(inspected.operation?.id).lean();
    expect(posting).toMatchObject({ state: 'ACCEPTED', dueAt: NOT_YET });

    await operations.model.updateOne({ _id: order }, { $set: { dueAt: clock.now() } });
    operations.wake('order');
    await known(asked.id, 'ACKNOWLEDGED');
    expect(await room.sandbox.count('erp', 'salesReturn', asked.rmaNumber)).toBe(1);
  });

  it('are credited once when the ERP was away, and once when its answer was lost', async () => {
    for (const mode of ['down', 'lossy-ack']) {
      const sold = await room.sell();
      const asked = given(await room.request(ofOrder(sold, 2)));
      const lines = [{ returnLineId: asked.lines[0]?.id, received: pieces(2) }];
      await room.receive({ id: asked.id, locationId: 'dc', lines });
      await room.sandbox.setFault('erp', mode);
      await room.inspect({ id: asked.id, decisions: [decide(asked, 'RESTOCK', 2)] });
      await until(`the ERP fails, being ${mode}`, async () => {
        const [kept] = await room.collections.returns.find({ _id: asked.id }).lean();
        return kept !== undefined && kept.erpSync.lastErrorCode !== null;
      });
      await room.sandbox.setFault('erp', 'none');
      await known(asked.id, 'ACKNOWLEDGED');
      expect(await room.sandbox.count('erp', 'salesReturn', asked.rmaNumber)).toBe(1);
    }
  });
});

describe('goods without a receipt', () => {
  it('are received at once, with the price that is named or else the price of today, and credited', async () => {
    const goods = given(
      await room.request(
        loose({
          occurredAt: '2011-12-09T12:00:00Z',
          lines: [
            mugs(4, { unitPrice: { amount: '1.25', currencyCode: 'GBP' } }),
            mugs(1),
            mugs(1, { variantId: 'wrapping', unitPrice: { amount: '0.50', currencyCode: 'GBP' } }),
          ],
        }),
      ),
    );
    expect(goods).toMatchObject({
      state: 'RECEIVED',
      order: null,
      refundableTotal: { amount: '8.50' },
      reverseFulfillmentOrders: [{ state: 'RECEIVING', location: { id: 'store' } }],
      lines: [{ receivedQuantity: { value: '4' }, orderLine: null }, {}, { variant: { sku: 'WRAP' } }],
    });
    const decisions = [
      decide(goods, 'RESTOCK', 4, 'store'),
      decide(goods, 'RESTOCK_OTHER_LOCATION', 1, 'dc', 1),
      decide(goods, 'KEEP_BY_CUSTOMER', 1, 'store', 2),
    ];
    const inspected = given(await room.inspect({ id: goods.id, decisions }));
    expect(inspected.refundableTotal.amount).toBe('8.50');
    await known(goods.id, 'ACKNOWLEDGED');
    const receipt = await room.erp.findDocument('salesReturn', goods.rmaNumber, {
      signal: AbortSignal.timeout(5_000),
    });
    expect(receipt).toMatchObject({ related: [{ type: 'CREDIT_NOTE' }] });
    const [event] = await room.events('return.inspected', goods.id);
    // Wrapping is no stock: it is credited and nothing is booked.
    expect(event?.data).toMatchObject({ dispositions: [{ locationId: 'store' }, { locationId: 'dc' }] });
  });

  it.each([
    [
      'an article nobody knows',
      { lines: [mugs(1, { variantId: 'x' })] },
      'VARIANT_UNKNOWN',
      ['input', 'lines', '0', 'variantId'],
    ],
    ['a channel nobody knows', { channelId: 'x' }, 'CHANNEL_UNKNOWN', ['input', 'channelId']],
    ['a customer nobody knows', { customerId: 'x' }, 'CUSTOMER_UNKNOWN', ['input', 'customerId']],
    ['a place nobody knows', { locationId: 'x' }, 'LOCATION_UNKNOWN', ['input', 'locationId']],
    [
      'no price',
      { lines: [mugs(1, { variantId: 'cup' })] },
      'PRICE_MISSING',
      ['input', 'lines', '0', 'unitPrice'],
    ],
    [
      'another currency',
      { lines: [mugs(1, { unitPrice: { amount: '1', currencyCode: 'EUR' } })] },
      'CURRENCY_MISMATCH',
      ['input', 'lines', '0', 'unitPrice'],
    ],
    ['half a mug', { lines: [mugs('0.5')] }, 'QUANTITY_INVALID', ['input', 'lines', '0', 'quantity']],
  ])('are refused with %s', async (_what, change, code, field) => {
    expect(await room.request(loose(change))).toMatchObject({ return: null, userErrors: [{ code, field }] });
  });

  it('are staff work, and a price needs its own right', async () => {
    expect((await room.request(loose(), shopper('c1'))).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await room.request(loose(), agent)).userErrors).toMatchObject([
      { code: 'FORBIDDEN', field: ['input', 'lines', '0', 'unitPrice'] },
    ]);
  });

  it.each(['product', 'customer', 'inventory'])(
    'are refused for now while %s does not answer, and taken by the same request later',
    async (name) => {
      const input = { idempotencyKey: newId(), ...loose() };
      room.silent.add(name);
      const refused = await room.request(input).finally(() => room.silent.delete(name));
      expect(refused).toMatchObject({
        return: null,
        userErrors: [{ code: 'SERVICE_UNAVAILABLE', retryable: true }],
      });
      expect(await room.request(input)).toMatchObject({ replayed: false, return: { state: 'RECEIVED' } });
    },
  );

  it('are not credited when nothing is accepted: the ERP has nothing to hear', async () => {
    const goods = given(await room.request(loose()));
    const inspected = await room.inspect({
      id: goods.id,
      decisions: [decide(goods, 'RETURN_TO_CUSTOMER', 4, 'store')],
    });
    expect(inspected).toMatchObject({ return: { erpSync: { state: 'NOT_REQUIRED' } }, operation: null });
  });

  it('show that the ERP refused them, and why', async () => {
    const goods = given(await room.request(loose()));
    await room.collections.returns.updateOne({ _id: goods.id }, { $set: { customerCode: 'C-UNKNOWN' } });
    await room.inspect({ id: goods.id, decisions: [decide(goods, 'RESTOCK', 4, 'store')] });
    await known(goods.id, 'REJECTED');
    const [kept] = await room.collections.returns.find({ _id: goods.id }).lean();
    expect(kept?.erpSync.lastErrorCode).toBe('UNKNOWN_CUSTOMER');
  });

  it('may be a thousand lines', async () => {
    const lines = Array.from({ length: 1_000 }, () =>
      mugs(1, { unitPrice: { amount: '0.85', currencyCode: 'GBP' } }),
    );
    const goods = given(await room.request(loose({ lines })));
    const decisions = goods.lines.map((_, index) => decide(goods, 'RESTOCK', 1, 'store', index));
    const inspected = given(await room.inspect({ id: goods.id, decisions }));
    expect(inspected.refundableTotal.amount).toBe('850.00');
    await known(goods.id, 'ACKNOWLEDGED');
  });
});

describe('whoever follows a return', () => {
  it('sees it as it stands, then each step; a stranger hears nothing', async () => {
    const sold = await room.sell();
    const asked = given(await room.request(ofOrder(sold, 1), shopper('c1')));
    const document = `subscription ($id: ID!) { returnUpdated(id: $id) { ${RETURN} } }`;
    const own = await room.listen(document, { id: asked.id }, shopper('c1'));
    const strange = await room.listen(document, { id: asked.id }, shopper('c2'));
    const heard = strange.next();
    const next = async () => (await own.next()).value?.data?.['returnUpdated'] as ReturnAnswer['return'];
    expect(await next()).toMatchObject({ state: 'APPROVED' });
    await room.receive({
      id: asked.id,
      locationId: 'dc',
      lines: [{ returnLineId: asked.lines[0]?.id, received: pieces(1) }],
    });
    expect(await next()).toMatchObject({ state: 'RECEIVED' });
    await room.inspect({ id: asked.id, decisions: [decide(asked, 'RESTOCK', 1)] });
    expect(await next()).toMatchObject({ state: 'COMPLETED', order: { returnStatus: 'PARTIALLY_RETURNED' } });
    expect(await next()).toMatchObject({ erpSync: { state: 'ACKNOWLEDGED' } });
    await own.return?.();
    await strange.return?.();
    expect(await heard).toMatchObject({ done: true });
  });
});

describe('a customer', () => {
  it('sees the own returns, newest first, page by page', async () => {
    const list = (identity: typeof associate, after: string | null = null) =>
      room.ask<{
        _entities: [
          {
            returns: {
              edges: { node: { id: string } }[];
              pageInfo: { endCursor: string; hasNextPage: boolean };
            };
          },
        ];
      }>(
        'query ($of: [_Any!]!, $after: String) { _entities(representations: $of) { ... on Customer { returns(first: 2, after: $after) { edges { node { id } } pageInfo { endCursor hasNextPage } } } } }',
        { of: [{ __typename: 'Customer', id: 'c1' }], after },
        identity,
      );
    const sold = await room.sell();
    const made: string[] = [];
    for (const units of [1, 2, 3]) made.unshift(given(await room.request(ofOrder(sold, units))).id);
    const first = (await list(shopper('c1')))._entities[0].returns;
    expect(first.edges.map(({ node }) => node.id)).toEqual(made.slice(0, 2));
    const second = (await list(shopper('c1'), first.pageInfo.endCursor))._entities[0].returns;
    expect(second.edges[0]?.node.id).toBe(made[2]);
    expect((await list(shopper('c2')))._entities[0].returns.edges).toEqual([]);
  });
});

describe('goods that were announced and do not come', () => {
  const DAY_MS = 24 * 3_600_000;
  const raised = (id: string) => room.events('businessException.raised', id);
  const cleared = (id: string) => room.events('businessException.cleared', id);

  it('are asked after once when a month has gone, and no more when they are there', async () => {
    const sold = await room.sell();
    const late = given(await room.request(ofOrder(sold, 2), shopper('c1')));
    const early = given(await room.request(ofOrder(sold, 1), shopper('c1')));
    const since = (id: string, days: number) =>
      room.collections.returns.updateOne(
        { _id: id },
        { $set: { createdAt: new Date(Date.now() - days * DAY_MS) } },
      );
    await since(late.id, 31);
    await since(early.id, 29);
    const { store, integration, clock, logger } = room.store.dependencies;
    const returns = createReturns(room.collections);
    const [one, other] = [1, 2].map(() =>
      createOverdueReturns({ returns, store, integration, clock, logger }),
    );
    await Promise.all([one?.look(), other?.look()]);
    await one?.look();
    expect(await raised(early.id)).toEqual([]);
    const calls = await raised(late.id);
    expect(calls.map(({ data }) => data)).toMatchObject([
      {
        kind: 'RETURN_OVERDUE',
        subjectId: late.id,
        detail: expect.stringMatching(
          `return ${late.rmaNumber} of order ${sold.number}: 2 units announced on`,
        ),
      },
    ]);
    expect(await cleared(late.id)).toEqual([]);

    given(
      await room.receive({
        id: late.id,
        locationId: 'dc',
        lines: [{ returnLineId: late.lines[0]?.id, received: pieces(2) }],
      }),
    );
    await Promise.all([one?.look(), other?.look()]);
    expect(await cleared(late.id)).toHaveLength(1);
    expect(await raised(late.id)).toHaveLength(1);
  });
});
