import { randomUUID } from 'node:crypto';
import type { Client } from '../test/kit/client.ts';
import { dataOf } from '../test/kit/client.ts';
import type { Work } from './load.ts';

const PRODUCT_PAGE = /* GraphQL */ `
  query ProductPage($id: ID!, $channel: ID!) {
    productVariant(id: $id) {
      sku title gtin
      product { title brand categories { name } }
      price(channelId: $channel) { list { amount currencyCode } sale { amount currencyCode } asOf }
      availability(channelId: $channel) { status availableToPromise { value unit } freshness { asOf stalenessMs basis } }
    }
  }`;

const ORDER_DETAIL = /* GraphQL */ `
  query OrderDetail($id: ID!, $channel: ID!) {
    order(id: $id) {
      number status placedAt
      erpSync { state externalId }
      customer { id status }
      lines { quantity { value } unitPrice { amount } variant { sku title availability(channelId: $channel) { status availableToPromise { value } } } }
      fulfillmentOrders { state location { code name } }
      payments { state tender { type } authorized { amount } captured { amount } }
      invoices { number state total { amount } }
      total { amount currencyCode } paymentStatus
    }
  }`;

export const AUTHORIZE = /* GraphQL */ `
  mutation Authorize($input: AuthorizePaymentInput!) {
    authorizePayment(input: $input) { payment { id state } userErrors { code message field } }
  }`;

export const PLACE = /* GraphQL */ `
  mutation Place($input: PlaceOrderInput!) {
    placeOrder(input: $input) { order { id number status } replayed userErrors { code message field } }
  }`;

export interface Shop {
  readonly channelId: string;
  readonly variantIds: readonly string[];
  readonly orderIds: readonly string[];
}

type Answer = { data?: Record<string, unknown> | null; errors?: unknown[] };

function goodAnswer(answer: unknown): boolean {
  const { data, errors } = answer as Answer;
  return (
    errors === undefined &&
    data !== undefined &&
    data !== null &&
    Object.values(data).every((value) => value !== null)
  );
}

/** Variants and two hundred orders to ask for. Uses the demo shop's own operations, so it works on any running house. */
export async function openShop(client: Client): Promise<Shop> {
  const { channels, products } = dataOf(
    await client.ask<{
      channels: { id: string; code: string }[];
      products: { nodes: { variants: { edges: { node: { id: string } }[] } }[] };
    }>(
      '{ channels { id code } products(first: 24) { nodes { variants(first: 20) { edges { node { id } } } } } }',
    ),
  );
  const channelId = channels.find((channel) => channel.code === 'web-uk')?.id ?? '';
  const variantIds = products.nodes.flatMap((product) => product.variants.edges.map((edge) => edge.node.id));
  const shop = { channelId, variantIds, orderIds: [] as string[] };
  const place = placeOrder(shop);
  for (let index = 0; index < 200; index += 1) {
    await place(async (body) => {
      const answer = await client.ask<{ placeOrder?: { order: { id: string } | null } }>(
        (body as { query: string }).query,
        (body as { variables: Record<string, unknown> }).variables,
      );
      const id = answer.data?.placeOrder?.order?.id;
      if (id !== undefined) shop.orderIds.push(id);
      return answer;
    });
  }
  if (shop.orderIds.length < 200)
    throw new Error(`only ${shop.orderIds.length} of 200 orders could be placed`);
  return shop;
}

const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] as T;

export function productPage(shop: Shop): Work {
  return async (post) =>
    goodAnswer(
      await post({ query: PRODUCT_PAGE, variables: { id: pick(shop.variantIds), channel: shop.channelId } }),
    );
}

export function orderDetail(shop: Shop): Work {
  return async (post) =>
    goodAnswer(
      await post({ query: ORDER_DETAIL, variables: { id: pick(shop.orderIds), channel: shop.channelId } }),
    );
}

/** A card authorization and an order of one service line and one article, so that stock lasts for the whole run: the price is the channel's own. */
export function placeOrder(shop: Shop): Work {
  return async (post) => {
    const key = randomUUID();
    const amount = { amount: '1.00', currencyCode: 'GBP' };
    const paid = await post({
      query: AUTHORIZE,
      variables: { input: { idempotencyKey: `${key}-pay`, amount, tenderType: 'CARD', token: 'tok_visa' } },
    });
    const paymentId = (paid as { data?: { authorizePayment?: { payment?: { id: string } | null } } }).data
      ?.authorizePayment?.payment?.id;
    if (paymentId === undefined) return false;
    const placed = await post({
      query: PLACE,
      variables: {
        input: {
          idempotencyKey: key,
          channelId: shop.channelId,
          lines: [
            {
              variantId: pick(shop.variantIds),
              quantity: { value: '1', unit: 'C62' },
              unitPrice: amount,
              method: 'SHIP',
            },
          ],
          paymentIds: [paymentId],
          expectedTotal: amount,
        },
      },
    });
    return (
      goodAnswer(placed) &&
      (placed as { data: { placeOrder: { order: unknown } } }).data.placeOrder.order !== null
    );
  };
}
