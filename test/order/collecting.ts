import type { Identity } from '../../platform/identity/identity.ts';
import { newId } from '../../platform/ids.ts';
import type { Shop } from '../kit/shop.ts';
import { place } from '../kit/shop-records.ts';
import { agent, buying, cashier, line, type Problem } from './buying.ts';

export interface WorkAnswer {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly location: { readonly id: string };
  readonly method: string;
  readonly lines: readonly {
    readonly id: string;
    readonly quantity: { readonly value: string };
    readonly pickedQuantity: { readonly value: string };
    readonly shortQuantity: { readonly value: string };
  }[];
  readonly pickup: {
    readonly readyAt: string;
    readonly expiresAt: string;
    readonly pickedUpAt: string | null;
    readonly pickupCode: string | null;
    readonly remindersSent: number;
  } | null;
}

export interface WorkPayload {
  readonly fulfillmentOrder: WorkAnswer | null;
  readonly userErrors: readonly (Problem & { readonly message: string })[];
}

const WORK = /* GraphQL */ `
  id state version method location { id }
  lines { id quantity { value } pickedQuantity { value } shortQuantity { value } }
  pickup { readyAt expiresAt pickedUpAt pickupCode remindersSent }`;

const pieces = (value: number) => ({ value: String(value), unit: 'C62' });

/** What the people of a store do for customers who collect, and what these do. */
export function collecting(shop: Shop) {
  const buyer = buying(shop);

  async function act(
    mutation: string,
    inputType: string,
    input: Record<string, unknown>,
    identity: Identity,
  ): Promise<WorkPayload> {
    const data = await shop.ask<Record<string, WorkPayload>>(
      'order',
      `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { fulfillmentOrder { ${WORK} } userErrors { code message field retryable } } }`,
      { input: { idempotencyKey: newId(), ...input } },
      identity,
    );
    const payload = data[mutation];
    if (payload === undefined) throw new Error(`${mutation} answered nothing`);
    return payload;
  }
  const action =
    (mutation: string) =>
    (id: string, more: Record<string, unknown> = {}, identity: Identity = cashier) =>
      act(mutation, 'FulfillmentOrderActionInput', { id, ...more }, identity);

  const store = {
    ...buyer,
    /** Buys lamps to be collected in the store; answers the order and its one piece of work. */
    async buyForPickup(units = 1, more: Record<string, unknown> = {}, identity: Identity = agent) {
      const lines = [line('LAMP', units, { method: 'PICKUP_IN_STORE', locationId: place('STORE') })];
      const bought = await buyer.buy((12.5 * units).toFixed(2), { lines, ...more }, identity);
      return { ...bought, work: bought.order.fulfillmentOrders[0]?.id ?? '' };
    },
    take: action('acceptFulfillmentOrder'),
    reject: action('rejectFulfillmentOrder'),
    ready: action('markReadyForPickup'),
    expire: action('expirePickup'),
    pick: (
      fulfillmentOrderId: string,
      lines: readonly { lineId: string; picked: number; short?: number; reasonCode?: string }[],
      identity: Identity = cashier,
    ) =>
      act(
        'recordPick',
        'RecordPickInput',
        {
          fulfillmentOrderId,
          lines: lines.map(({ picked, short, ...named }) => ({
            ...named,
            picked: pieces(picked),
            ...(short === undefined ? {} : { short: pieces(short) }),
          })),
        },
        identity,
      ),
    confirm: (id: string, pickupCode: string, more: Record<string, unknown> = {}, identity = cashier) =>
      act(
        'confirmPickup',
        'ConfirmPickupInput',
        { id, pickupCode, pickedUpAt: shop.store.dependencies.clock.now().toISOString(), ...more },
        identity,
      ),
    /** The work of an order as one sees it. */
    async workOf(orderId: string, identity: Identity = agent): Promise<readonly WorkAnswer[]> {
      const { order } = await shop.ask<{ order: { fulfillmentOrders: WorkAnswer[] } | null }>(
        'order',
        `query ($id: ID!) { order(id: $id) { fulfillmentOrders { ${WORK} } } }`,
        { id: orderId },
        identity,
      );
      return order?.fulfillmentOrders ?? [];
    },
    /** Takes a piece of work on, picks all of it and makes it ready; answers it. */
    async makeReady(orderId: string, workId: string): Promise<WorkAnswer> {
      await store.take(workId);
      const work = (await store.workOf(orderId)).find(({ id }) => id === workId);
      await store.pick(
        workId,
        (work?.lines ?? []).map(({ id, quantity }) => ({ lineId: id, picked: Number(quantity.value) })),
      );
      const { fulfillmentOrder, userErrors } = await store.ready(workId);
      if (fulfillmentOrder === null) throw new Error(JSON.stringify(userErrors));
      return fulfillmentOrder;
    },
  };
  return store;
}
