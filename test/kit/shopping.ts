import { randomUUID } from 'node:crypto';
import { type Client, dataOf } from './client.ts';

export interface MoneyValue {
  readonly amount: string;
  readonly currencyCode: string;
}

export interface UserErrorAnswer {
  readonly code: string;
  readonly message: string;
  readonly field: string[] | null;
  readonly retryable: boolean;
}

/** What a storefront looks up before it sells: the channel, and some articles with their prices. */
export async function browse(client: Client, channelCode = 'web-uk') {
  const { channels } = dataOf(
    await client.ask<{ channels: { id: string; code: string; defaultCurrency: string }[] }>(
      '{ channels { id code defaultCurrency } }',
    ),
  );
  const channel = channels.find((candidate) => candidate.code === channelCode);
  if (channel === undefined) throw new Error(`the shop has no channel ${channelCode}`);
  return channel;
}

export async function variantBySku(client: Client, sku: string, channelId: string) {
  const { productVariantBySku } = dataOf(
    await client.ask<{ productVariantBySku: { id: string; price: { list: MoneyValue } } | null }>(
      'query ($sku: String!, $channel: ID!) { productVariantBySku(sku: $sku) { id price(channelId: $channel) { list { amount currencyCode } } } }',
      { sku, channel: channelId },
    ),
  );
  if (productVariantBySku === null) throw new Error(`the shop has no article ${sku}`);
  return productVariantBySku;
}

export const PLACE = /* GraphQL */ `
  mutation ($input: PlaceOrderInput!) {
    placeOrder(input: $input) { replayed order { id number status erpSync { state } } operation { id } userErrors { code message field retryable } }
  }`;

export interface Placed {
  readonly placeOrder: {
    readonly replayed: boolean;
    readonly order: {
      readonly id: string;
      readonly number: string;
      readonly status: string;
      readonly erpSync: { readonly state: string };
    } | null;
    readonly operation: { readonly id: string } | null;
    readonly userErrors: readonly UserErrorAnswer[];
  };
}

export async function authorize(
  client: Client,
  amount: MoneyValue,
  token = 'tok_visa',
  key: string = randomUUID(),
) {
  const { authorizePayment } = dataOf(
    await client.ask<{
      authorizePayment: {
        replayed: boolean;
        payment: { id: string; state: string } | null;
        userErrors: UserErrorAnswer[];
      };
    }>(
      'mutation ($input: AuthorizePaymentInput!) { authorizePayment(input: $input) { replayed payment { id state } userErrors { code message field retryable } } }',
      { input: { idempotencyKey: key, amount, tenderType: 'CARD', token } },
    ),
  );
  return authorizePayment;
}

/** Pays and places an order of one article at its list price; answers the payload and what was sent, so that it can be sent again. */
export async function buy(
  client: Client,
  sku: string,
  options: { quantity?: number; customerId?: string; key?: string; channelCode?: string } = {},
) {
  const channel = await browse(client, options.channelCode);
  const variant = await variantBySku(client, sku, channel.id);
  const quantity = options.quantity ?? 1;
  const total = {
    amount: (Number(variant.price.list.amount) * quantity).toFixed(2),
    currencyCode: channel.defaultCurrency,
  };
  const { payment } = await authorize(client, total);
  const input = {
    idempotencyKey: options.key ?? randomUUID(),
    channelId: channel.id,
    ...(options.customerId === undefined ? {} : { customerId: options.customerId }),
    lines: [{ variantId: variant.id, quantity: { value: String(quantity), unit: 'C62' }, method: 'SHIP' }],
    paymentIds: payment === null ? [] : [payment.id],
    expectedTotal: total,
  };
  const { placeOrder } = dataOf(await client.ask<Placed>(PLACE, { input }));
  return { input, channel, variant, ...placeOrder };
}

export interface SandboxDocument {
  readonly reference: string;
  readonly number: string;
  readonly kind: string;
}

/** The documents the sandbox system really holds. */
export async function documents(url: string, query: { system: string; kind: string; reference?: string }) {
  const address = new URL('/sandbox/documents', url);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const response = await fetch(address);
  return (await response.json()) as { total: number; documents: SandboxDocument[] };
}

export async function fault(
  url: string,
  mode: string,
  options: { system?: string; rate?: number; latencyMs?: number; perSecond?: number } = {},
): Promise<void> {
  const response = await fetch(new URL('/sandbox/faults', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ system: 'erp', mode, ...options }),
  });
  if (!response.ok) throw new Error(await response.text());
}
