import type { Identity } from '../../platform/identity/identity.ts';
import { SCOPES_BY_ROLE } from '../../platform/identity/identity.ts';
import { newId } from '../../platform/ids.ts';
import type { Shop } from '../kit/shop.ts';
import { channel, variant } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';

export const agent: Identity = {
  subject: 'agent',
  kind: 'user',
  roles: ['agent'],
  scopes: SCOPES_BY_ROLE.agent,
  clientId: 'desk',
};

/** Somebody at a till, who may bring prices along. */
export const cashier: Identity = {
  subject: 'cashier',
  kind: 'user',
  roles: ['associate'],
  scopes: SCOPES_BY_ROLE.associate,
  clientId: 'till',
};

export const shopper = (customerId: string): Identity => ({
  subject: `person-${customerId}`,
  kind: 'user',
  roles: ['shopper'],
  scopes: SCOPES_BY_ROLE.shopper,
  customerId,
  clientId: 'shop',
});

/** Signed in, but with no customer account. */
export const guest = (subject: string): Identity => ({
  subject,
  kind: 'user',
  roles: ['shopper'],
  scopes: [],
  clientId: 'shop',
});

export const gbp = (amount: string) => ({ amount, currencyCode: 'GBP' });

export interface Problem {
  readonly code: string;
  readonly field: string[] | null;
  readonly retryable: boolean;
  readonly rightTotal: { amount: string } | null;
  readonly availableQuantity: { value: string } | null;
}

export interface OrderAnswer {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly version: number;
  readonly fulfillmentStatus: string;
  readonly subtotal: { readonly amount: string };
  readonly erpSync: {
    readonly state: string;
    readonly externalId: string | null;
    readonly lastErrorCode: string | null;
  };
  readonly customer: { readonly id: string } | null;
  readonly fulfillmentOrders: readonly {
    readonly id: string;
    readonly state: string;
    readonly version: number;
    readonly location: { readonly id: string };
    readonly lines: readonly { readonly id: string; readonly quantity: { readonly value: string } }[];
  }[];
  readonly timeline: { readonly edges: readonly { readonly node: { readonly type: string } }[] };
}

export interface Payload {
  readonly order: OrderAnswer | null;
  readonly operation: { readonly id: string } | null;
  readonly replayed: boolean;
  readonly userErrors: readonly Problem[];
}

const PROBLEMS = 'userErrors { code field retryable rightTotal { amount } availableQuantity { value } }';
export const ORDER = /* GraphQL */ `
  id number status version fulfillmentStatus subtotal { amount }
  erpSync { state externalId lastErrorCode }
  customer { id }
  fulfillmentOrders { id state version location { id } lines { id quantity { value } } }
  timeline(first: 100) { edges { node { type } } }`;
export const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { ${ORDER} } operation { id } replayed ${PROBLEMS} } }`;

export const line = (sku: string, quantity: number | string = 1, more: Record<string, unknown> = {}) => ({
  variantId: variant(sku),
  quantity: { value: String(quantity), unit: 'C62' },
  method: 'SHIP',
  ...more,
});

/** A wish for lamps of 12.50 at their price, paid with `paymentIds`. */
export const wish = (more: Record<string, unknown> = {}) => ({
  idempotencyKey: newId(),
  channelId: channel('web-uk'),
  lines: [line('LAMP')],
  paymentIds: [] as string[],
  expectedTotal: gbp('12.50'),
  ...more,
});

/** What a person does in the shop. */
export function buying(shop: Shop) {
  const buyer = {
    async place(input: Record<string, unknown>, identity: Identity = agent): Promise<Payload> {
      const { placeOrder } = await shop.ask<{ placeOrder: Payload }>('order', PLACE, { input }, identity);
      return placeOrder;
    },
    /** Pays and places; fails when that does not work. */
    async buy(total: string, more: Record<string, unknown> = {}, identity: Identity = agent) {
      const paymentIds = Number(total) === 0 ? [] : [await buyer.pay(total, identity)];
      const input = wish({ expectedTotal: gbp(total), paymentIds, ...more });
      const { order, operation, userErrors } = await buyer.place(input, identity);
      if (order === null || operation === null) throw new Error(JSON.stringify(userErrors));
      return { order, operation, input, paymentId: paymentIds[0] ?? '' };
    },
    async pay(amount: string, identity: Identity = agent): Promise<string> {
      const { authorizePayment } = await shop.ask<{
        authorizePayment: { payment: { id: string } | null; userErrors: unknown[] };
      }>(
        'finance',
        'mutation ($input: AuthorizePaymentInput!) { authorizePayment(input: $input) { payment { id } userErrors { code message } } }',
        { input: { idempotencyKey: newId(), amount: gbp(amount), tenderType: 'CARD', token: 'tok_visa' } },
        identity,
      );
      if (authorizePayment.payment === null) throw new Error(JSON.stringify(authorizePayment.userErrors));
      return authorizePayment.payment.id;
    },
    async reserve(sku: string, quantity: number, identity: Identity = agent): Promise<string> {
      const { reserveInventory } = await shop.ask<{
        reserveInventory: { reservations: { id: string }[]; userErrors: unknown[] };
      }>(
        'inventory',
        'mutation ($input: ReserveInventoryInput!) { reserveInventory(input: $input) { reservations { id } userErrors { code } } }',
        {
          input: {
            idempotencyKey: newId(),
            ownerType: 'CART',
            ownerId: newId(),
            channelId: channel('web-uk'),
            lines: [{ variantId: variant(sku), quantity: { value: String(quantity), unit: 'C62' } }],
          },
        },
        identity,
      );
      const [reservation] = reserveInventory.reservations;
      if (reservation === undefined) throw new Error(JSON.stringify(reserveInventory.userErrors));
      return reservation.id;
    },
    async payment(id: string) {
      const { _entities } = await shop.ask<{
        _entities: [{ state: string; authorized: { amount: string }; captured: { amount: string } }];
      }>(
        'finance',
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Payment { state authorized { amount } captured { amount } } } }',
        { of: [{ __typename: 'Payment', id }] },
      );
      return _entities[0];
    },
    async order(id: string, identity: Identity = agent): Promise<OrderAnswer | null> {
      const data = await shop.ask<{ order: OrderAnswer | null }>(
        'order',
        `query ($id: ID!) { order(id: $id) { ${ORDER} } }`,
        { id },
        identity,
      );
      return data.order;
    },
    async cancel(
      id: string,
      more: Record<string, unknown> = {},
      identity: Identity = agent,
    ): Promise<Payload> {
      const input = { idempotencyKey: newId(), id, reasonCode: 'CUSTOMER_REQUEST', ...more };
      const { cancelOrder } = await shop.ask<{ cancelOrder: Payload }>(
        'order',
        `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { order { ${ORDER} } operation { id } replayed ${PROBLEMS} } }`,
        { input },
        identity,
      );
      return cancelOrder;
    },
    async accept(id: string, more: Record<string, unknown> = {}, identity: Identity = cashier) {
      const { acceptFulfillmentOrder } = await shop.ask<{
        acceptFulfillmentOrder: { fulfillmentOrder: { state: string } | null; userErrors: Problem[] };
      }>(
        'order',
        `mutation ($input: FulfillmentOrderActionInput!) { acceptFulfillmentOrder(input: $input) { fulfillmentOrder { state } ${PROBLEMS} } }`,
        { input: { idempotencyKey: newId(), id, ...more } },
        identity,
      );
      return acceptFulfillmentOrder;
    },
    async ship(fulfillmentOrderId: string, more: Record<string, unknown> = {}, identity: Identity = cashier) {
      const { createShipment } = await shop.ask<{
        createShipment: {
          shipment: { id: string; packages: { lines: { id: string }[] }[] } | null;
          userErrors: Problem[];
        };
      }>(
        'order',
        `mutation ($input: CreateShipmentInput!) { createShipment(input: $input) { shipment { id packages { lines { id } } } ${PROBLEMS} } }`,
        { input: { idempotencyKey: newId(), fulfillmentOrderId, carrier: 'DHL', packages: [], ...more } },
        identity,
      );
      return createShipment;
    },
    acknowledged: (id: string) =>
      until(`order ${id} is acknowledged`, async () => {
        const order = await buyer.order(id);
        return order?.erpSync.state === 'ACKNOWLEDGED' && order;
      }),
    /** Waits until the payment is in this state. */
    paid: (id: string, state: string) =>
      until(`payment ${id} is ${state}`, async () => {
        const payment = await buyer.payment(id);
        return payment.state === state && payment;
      }),
    /** Waits until the level of an article at a place is this. */
    levelIs: (sku: string, code: string, figures: Partial<Awaited<ReturnType<Shop['level']>>>) =>
      until(`${sku} at ${code} is ${JSON.stringify(figures)}`, async () => {
        const level = await shop.level(sku, code);
        return Object.entries(figures).every(([name, units]) => level[name as keyof typeof level] === units);
      }),
    /** The documents of a kind that the ERP holds under a reference. */
    inErp: (kind: string, reference: string) => shop.sandbox.count('erp', kind, reference),
  };
  return buyer;
}
