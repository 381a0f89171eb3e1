import { type Money, sumMoney } from '../../../platform/money.ts';
import { buildOrder } from './build-order.ts';
import type { FulfillmentMethod, Order, OrderEvent } from './order.ts';
import { lineAmount, type SalableVariant, type SellingChannel } from './price-lines.ts';

/** One line of a sample: where how much of it was claimed, or how many when its stock is not counted. */
export interface SampleLine {
  readonly unitPrice?: string;
  readonly method?: FulfillmentMethod;
  readonly claims?: Readonly<Record<string, number>>;
  readonly units?: number;
}

export const NOON = new Date('2026-03-01T12:00:00Z');

export const sampleChannel: SellingChannel = {
  id: 'channel-1',
  code: 'web-uk',
  market: 'GB',
  defaultCurrency: 'GBP',
  priceIncludesTax: true,
};

/** An article as product knows it, for that channel. */
export function sampleArticle(
  sku: string,
  { price, trackInventory = true }: { price: Money; trackInventory?: boolean },
): SalableVariant {
  return {
    id: `variant-${sku}`,
    sku,
    title: `The ${sku.toLowerCase()}`,
    baseUnit: 'C62',
    trackInventory,
    taxCategoryCode: 'STANDARD',
    salable: true,
    price: { list: price, sale: null },
  };
}

/** An order as `buildOrder` writes it, for the tests of the rules beside it; ids are counted from `id-1`. */
export function sampleOrder(...samples: SampleLine[]): Order {
  let ids = 0;
  const lines = samples.map(({ unitPrice = '12.50', method = 'SHIP', claims, units }, index) => {
    const count = units ?? Object.values(claims ?? {}).reduce((sum, quantity) => sum + quantity, 0);
    const price = { amount: unitPrice, currencyCode: 'GBP' };
    return {
      requested: {
        variantId: `variant-${index}`,
        units: count,
        unit: 'C62',
        locationId: null,
        method,
        unitPrice: price,
      },
      variant: {
        id: `variant-${index}`,
        sku: `SKU-${index}`,
        title: `Article ${index}`,
        baseUnit: 'C62',
        trackInventory: claims !== undefined,
        taxCategoryCode: 'STANDARD',
        salable: true,
        price: null,
      },
      unitPrice: price,
      amount: lineAmount(price, count),
    };
  });
  return buildOrder({
    id: 'order-1',
    number: 'UC-00000-00000',
    request: {
      channelId: 'channel-1',
      customerId: 'customer-1',
      lines: lines.map(({ requested }) => requested),
      reservationIds: [],
      paymentIds: [],
      expectedTotal: { amount: '0', currencyCode: 'GBP' },
      placedAt: NOON,
      destination: null,
    },
    channel: sampleChannel,
    customerCode: 'C-1',
    priced: {
      lines,
      total: sumMoney(
        lines.map(({ amount }) => amount),
        'GBP',
      ),
    },
    lineIds: lines.map((_, index) => `line-${index}`),
    claims: samples.flatMap(({ claims = {} }, index) =>
      Object.entries(claims).map(([locationId, quantity]) => ({
        lineId: `line-${index}`,
        reservationId: `reservation-${index}-${locationId}`,
        locationId,
        quantity,
      })),
    ),
    placedBy: 'ada',
    correlationId: 'correlation-1',
    now: NOON,
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
  });
}

export const sampleEvent = (type: string): OrderEvent => ({
  id: `event-${type}`,
  type,
  occurredAt: NOON,
  recordedAt: NOON,
  actor: 'agent',
  sourceSystem: 'GRAPH',
});
