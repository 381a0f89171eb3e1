import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import {
  authorize,
  browse,
  buy,
  documents,
  type MoneyValue,
  PLACE,
  type Placed,
  variantBySku,
} from '../kit/shopping.ts';
import { until } from '../kit/until.ts';

const SKU = 'HP101-NAVY-M';

describe('one order through one graph', () => {
  let house: House;
  let admin: Client;
  beforeAll(async () => {
    house = await startHouse();
    admin = await sandboxClient(house.url, { role: 'admin' });
  });
  afterAll(() => house.remove());

  async function customerNamed(email: string): Promise<string> {
    const answer = await admin.ask<{ customerByIdentity: { id: string } | null }>(
      'query ($email: String!) { customerByIdentity(type: EMAIL, value: $email) { id } }',
      { email },
    );
    return dataOf(answer).customerByIdentity?.id ?? '';
  }

  it('travels from the shop to the ERP, and one query shows it in all subgraphs', async () => {
    const customerId = await customerNamed('ada.whitfield@example.org');
    const shopper = await sandboxClient(house.url, { role: 'shopper', customerId });
    const { order, channel } = await buy(shopper, SKU, { quantity: 2, customerId });
    if (order === null) throw new Error('not placed');

    const ALL = /* GraphQL */ `
      query ($id: ID!, $channel: ID!) {
        order(id: $id) {
          number status
          erpSync { state externalId }
          customer { id givenName }
          lines {
            quantity { value }
            variant { sku title product { title } availability(channelId: $channel) { status availableToPromise { value } byLocation { location { code } availableToPromise { value } } freshness { basis } } }
          }
          fulfillmentOrders { state location { code name } allocations { state quantity { value } } }
          subtotal { amount } total { amount currencyCode } paymentStatus
          payments { state tender { type } authorized { amount } }
          invoices { number state total { amount } sourceOrder { number } }
        }
      }`;
    interface Detail {
      order: {
        number: string;
        erpSync: { state: string; externalId: string | null };
        customer: { givenName: string };
        lines: {
          variant: { sku: string; title: string; availability: { status: string; byLocation: unknown[] } };
        }[];
        fulfillmentOrders: {
          location: { code: string };
          allocations: { state: string; quantity: { value: string } }[];
        }[];
        total: MoneyValue;
        paymentStatus: string;
        payments: { state: string }[];
        invoices: { number: string; total: { amount: string } }[];
      };
    }
    const detail = await until('the ERP and finance have the order', async () => {
      const shown = dataOf(await admin.ask<Detail>(ALL, { id: order.id, channel: channel.id })).order;
      const allocated = shown.fulfillmentOrders.every((work) => work.allocations.length > 0);
      return shown.erpSync.state === 'ACKNOWLEDGED' && shown.invoices.length > 0 && allocated && shown;
    });
    expect(detail).toMatchObject({
      number: order.number,
      status: 'CONFIRMED',
      customer: { givenName: 'Ada' },
      lines: [
        {
          quantity: { value: '2' },
          variant: {
            sku: SKU,
            title: 'Storm jacket, Navy, M',
            product: { title: expect.any(String) },
            availability: { status: 'IN_STOCK' },
          },
        },
      ],
      total: { amount: '258.00', currencyCode: 'GBP' },
      paymentStatus: 'AUTHORIZED',
      payments: [{ state: 'AUTHORIZED', tender: { type: 'CARD' }, authorized: { amount: '258.00' } }],
      invoices: [{ total: { amount: '258.00' }, sourceOrder: { number: order.number } }],
    });
    const own = dataOf(await shopper.ask<Detail>(ALL, { id: order.id, channel: channel.id })).order;
    // Where the house keeps goods for an order is its own affair.
    expect(own).toMatchObject({
      number: order.number,
      total: { amount: '258.00' },
      fulfillmentOrders: [{ allocations: null }],
    });
    const held = await documents(house.url, { system: 'erp', kind: 'salesOrder', reference: order.number });
    expect(held).toMatchObject({ total: 1, documents: [{ number: detail.erpSync.externalId }] });
  });

  it('is the same order when it is sent again, and another request under the same key is refused', async () => {
    const { order, input } = await buy(admin, SKU);
    const again = dataOf(await admin.ask<Placed>(PLACE, { input })).placeOrder;
    expect(again).toMatchObject({
      replayed: true,
      order: { id: order?.id, number: order?.number },
      userErrors: [],
    });
    const lines = input.lines.map((line) => ({ ...line, quantity: { value: '3', unit: 'C62' } }));
    const other = dataOf(await admin.ask<Placed>(PLACE, { input: { ...input, lines } })).placeOrder;
    expect(other).toMatchObject({ order: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
  });

  it('tells a plain graphql-ws client of each step as it happens, with fields of other subgraphs', async () => {
    const { order } = await buy(admin, SKU);
    interface Step {
      orderUpdated: {
        status: string;
        version: number;
        erpSync: { state: string };
        lines: { variant: { title: string } }[];
        paymentStatus: string;
        fulfillmentOrders: { id: string; state: string }[];
      };
    }
    const subscription = admin.listen<Step>(
      'subscription ($id: ID!) { orderUpdated(id: $id) { status version erpSync { state } lines { variant { title } } paymentStatus fulfillmentOrders { id state } } }',
      { id: order?.id },
    );
    const steps = () => subscription.events.map((event) => dataOf(event).orderUpdated);
    await until('the ERP has it', () => steps().some((step) => step.erpSync.state === 'ACKNOWLEDGED'));
    const work = steps().at(-1)?.fulfillmentOrders[0]?.id;
    dataOf(
      await admin.ask(
        'mutation ($input: FulfillmentOrderActionInput!) { acceptFulfillmentOrder(input: $input) { userErrors { code message } } }',
        { input: { idempotencyKey: `${work}-accept`, id: work } },
      ),
    );
    dataOf(
      await admin.ask(
        'mutation ($input: CreateShipmentInput!) { createShipment(input: $input) { shipment { id } userErrors { code message } } }',
        {
          input: {
            idempotencyKey: `${work}-ship`,
            fulfillmentOrderId: work,
            carrier: 'Royal Mail',
            packages: [],
          },
        },
      ),
    );
    await until('it is completed', () => steps().some((step) => step.status === 'COMPLETED'));
    const paid = await until('the payment is captured', async () => {
      const { order: now } = dataOf(
        await admin.ask<{ order: { paymentStatus: string } }>(
          'query ($id: ID!) { order(id: $id) { paymentStatus } }',
          { id: order?.id },
        ),
      );
      return now.paymentStatus === 'PAID' && now;
    });
    expect(paid.paymentStatus).toBe('PAID');
    const versions = steps().map((step) => step.version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(new Set(steps().map((step) => step.lines[0]?.variant.title))).toEqual(
      new Set(['Storm jacket, Navy, M']),
    );
    await subscription.stop();
  });

  describe('refuses what cannot be right, naming the field, with no effect', () => {
    const line = (variantId: string, value = '1') => ({
      variantId,
      quantity: { value, unit: 'C62' },
      method: 'SHIP',
    });

    async function attempt(
      change: (input: Record<string, unknown>, variantId: string) => Record<string, unknown>,
    ) {
      const channel = await browse(admin);
      const { id } = await variantBySku(admin, SKU, channel.id);
      const input = change(
        {
          idempotencyKey: crypto.randomUUID(),
          channelId: channel.id,
          lines: [line(id)],
          paymentIds: [],
          expectedTotal: { amount: '129.00', currencyCode: 'GBP' },
        },
        id,
      );
      return dataOf(await admin.ask<Placed>(PLACE, { input })).placeOrder;
    }

    it.each<
      [string, string[], (input: Record<string, unknown>, variantId: string) => Record<string, unknown>]
    >([
      [
        'VARIANT_UNKNOWN',
        ['input', 'lines', '0', 'variantId'],
        (input) => ({ ...input, lines: [line('no-such-variant')] }),
      ],
      [
        'QUANTITY_INVALID',
        ['input', 'lines', '0', 'quantity'],
        (input, id) => ({ ...input, lines: [line(id, '0')] }),
      ],
      [
        'QUANTITY_INVALID',
        ['input', 'lines', '1', 'quantity'],
        (input, id) => ({ ...input, lines: [line(id), line(id, '-2')] }),
      ],
      [
        'TOTAL_MISMATCH',
        ['input', 'expectedTotal'],
        (input) => ({ ...input, expectedTotal: { amount: '1.00', currencyCode: 'GBP' } }),
      ],
      [
        'CURRENCY_MISMATCH',
        ['input', 'expectedTotal'],
        (input) => ({ ...input, expectedTotal: { amount: '129.00', currencyCode: 'EUR' } }),
      ],
      ['CHANNEL_UNKNOWN', ['input', 'channelId'], (input) => ({ ...input, channelId: 'no-such-channel' })],
      ['PAYMENT_INSUFFICIENT', ['input', 'paymentIds'], (input) => input],
      [
        'INSUFFICIENT_STOCK',
        ['input', 'lines', '0', 'quantity'],
        (input, id) => ({
          ...input,
          lines: [line(id, '9999')],
          expectedTotal: { amount: '1289871.00', currencyCode: 'GBP' },
        }),
      ],
    ])('%s at %j', async (code, field, change) => {
      const answer = await attempt(change);
      expect(answer.order).toBeNull();
      expect(answer.userErrors.map((error) => error.code)).toContain(code);
      expect(answer.userErrors.find((error) => error.code === code)?.field?.slice(0, field.length)).toEqual(
        field,
      );
    });

    it('a card that is declined', async () => {
      expect(await authorize(admin, { amount: '10.00', currencyCode: 'GBP' }, 'tok_declined')).toMatchObject({
        userErrors: [{ code: 'PAYMENT_DECLINED' }],
      });
    });
  });

  describe('knows who is asking', () => {
    it('answers products to anybody and orders to nobody unknown', async () => {
      const anybody = client(house.url);
      expect((await browse(anybody)).code).toBe('web-uk');
      const answer = await anybody.ask('{ orders(first: 1) { nodes { id } } }');
      expect(answer.errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
    });

    it('shows a shopper own orders only, and others not even as existing', async () => {
      const ada = await customerNamed('ada.whitfield@example.org');
      const ben = await customerNamed('ben.okafor@example.org');
      const { order } = await buy(await sandboxClient(house.url, { role: 'shopper', customerId: ada }), SKU, {
        customerId: ada,
      });
      const stranger = await sandboxClient(house.url, { role: 'shopper', customerId: ben });
      expect(
        dataOf(
          await stranger.ask<{ order: null }>('query ($id: ID!) { order(id: $id) { number } }', {
            id: order?.id,
          }),
        ),
      ).toEqual({ order: null });
      expect(
        dataOf(
          await stranger.ask<{ orders: { nodes: unknown[] } }>('{ orders(first: 50) { nodes { number } } }'),
        ).orders.nodes,
      ).toEqual([]);
    });

    it('refuses scopes that were not given, with their names', async () => {
      const shopper = await sandboxClient(house.url, { role: 'shopper' });
      const answer = await shopper.ask('{ systems { code state } }');
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    });

    it('refuses a token that is none', async () => {
      const response = await fetch(new URL('/graphql', house.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer forged' },
        body: '{"query":"{ __typename }"}',
      });
      expect(response.status).toBe(401);
    });
  });

  it('carries one correlation id from the request to the ERP document', async () => {
    const channel = await browse(admin);
    const { id } = await variantBySku(admin, SKU, channel.id);
    const { payment } = await authorize(admin, { amount: '129.00', currencyCode: 'GBP' });
    const token = (await (
      await fetch(new URL('/sandbox/token', house.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"role":"admin"}',
      })
    ).json()) as { token: string };
    const response = await fetch(new URL('/graphql', house.url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token.token}`,
        'x-correlation-id': 'till-7.ticket-42',
      },
      body: JSON.stringify({
        query: PLACE,
        variables: {
          input: {
            idempotencyKey: crypto.randomUUID(),
            channelId: channel.id,
            lines: [{ variantId: id, quantity: { value: '1', unit: 'C62' }, method: 'SHIP' }],
            paymentIds: [payment?.id],
            expectedTotal: { amount: '129.00', currencyCode: 'GBP' },
          },
        },
      }),
    });
    expect(response.headers.get('x-correlation-id')).toBe('till-7.ticket-42');
    const { data } = (await response.json()) as { data: Placed };
    const reference = data.placeOrder.order?.number ?? '';
    const held = await until('the ERP has it', async () => {
      const found = await documents(house.url, { system: 'erp', kind: 'salesOrder', reference });
      return found.total === 1 && found;
    });
    expect(JSON.stringify(held)).toContain('till-7.ticket-42');
  });
});
