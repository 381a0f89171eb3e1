import type { FeedName, FeedRecord } from '../../connectors/feeds.ts';
import type { Connector } from '../../connectors/port.ts';
import { idFromKey } from '../../platform/ids.ts';

/** What the ERP of the small shop knows: enough for every kind of order, little enough to have in mind. */
const CHANNELS = [
  { code: 'web-uk', name: 'Web shop UK', market: 'GB', defaultCurrency: 'GBP', priceIncludesTax: true },
  { code: 'web-nl', name: 'Web shop NL', market: 'NL', defaultCurrency: 'EUR', priceIncludesTax: true },
];

/** The warehouse sends, the store sends and serves; the depot sends too, and holds only what the warehouse has not. */
const LOCATIONS = [
  { code: 'DC', name: 'Warehouse', kind: 'DISTRIBUTION_CENTER', capabilities: ['SHIP'] },
  { code: 'DEPOT', name: 'Depot', kind: 'DISTRIBUTION_CENTER', capabilities: ['SHIP'] },
  { code: 'STORE', name: 'Store', kind: 'STORE', capabilities: ['PICKUP', 'SHIP_FROM_STORE'] },
] as const;

interface Article {
  readonly price?: string;
  readonly sale?: string;
  readonly tracked?: boolean;
  readonly status?: 'ACTIVE' | 'DISCONTINUED';
  /** By place. */
  readonly stock?: Readonly<Record<string, number>>;
}

const ARTICLES: Readonly<Record<string, Article>> = {
  LAMP: { price: '12.50', stock: { DC: 500, STORE: 100 } },
  CUP: { price: '4.00', sale: '3.00', stock: { DC: 500 } },
  // Half a penny: nobody can pay one, and two places share its stock.
  BEAD: { price: '0.005', stock: { DC: 2, DEPOT: 1, STORE: 2 } },
  RARE: { price: '20.00', stock: { DC: 3 } },
  LAST: { price: '30.00', stock: { DC: 1 } },
  WRAPPING: { price: '2.00', tracked: false },
  FREE: { price: '0.00', tracked: false },
  OLD: { price: '5.00', status: 'DISCONTINUED', stock: { DC: 10 } },
  UNPRICED: { stock: { DC: 10 } },
};

export const variant = (sku: string) => idFromKey('variant', sku);
export const place = (code: string) => idFromKey('location', code);
export const channel = (code: string) => idFromKey('channel', code);
export const customer = (code: string) => idFromKey('customer', code);

/** The article whose price, and the one whose stock, is written last: when they are known, everything is. */
export const LAST_PRICE = 'OLD';
export const LAST_STOCK = 'UNPRICED';

export async function loadShop(erp: Connector): Promise<void> {
  await load(erp, 'channels', CHANNELS);
  await load(
    erp,
    'locations',
    LOCATIONS.map((location) => ({
      ...location,
      capabilities: [...location.capabilities],
      timeZone: 'Europe/London',
    })),
  );
  await load(
    erp,
    'customers',
    ['C-ADA', 'C-BEN'].map((code) => ({ code, givenName: code })),
  );
  const articles = Object.entries(ARTICLES);
  await load(
    erp,
    'items',
    articles.map(([sku, { tracked = true, status = 'ACTIVE' }]) => ({
      sku,
      title: `The ${sku.toLowerCase()}`,
      baseUnit: 'C62',
      unitConversions: [],
      taxCategoryCode: 'STANDARD',
      trackInventory: tracked,
      categories: [],
      status,
    })),
  );
  await load(
    erp,
    'prices',
    articles.flatMap(([sku, { price, sale }]) =>
      price === undefined
        ? []
        : [
            {
              sku,
              channelCode: 'web-uk',
              currencyCode: 'GBP',
              list: price,
              ...(sale === undefined ? {} : { sale }),
              taxIncluded: true,
              priceListCode: 'STANDARD',
            },
          ],
    ),
  );
  await load(
    erp,
    'stockMovements',
    articles.flatMap(([sku, { stock = {} }]) =>
      Object.entries(stock).map(([locationCode, units]) => ({
        id: `OPENING-${sku}-${locationCode}`,
        sku,
        locationCode,
        quantity: String(units),
        unit: 'C62',
        type: 'RECEIPT' as const,
        occurredAt: '2026-01-01T00:00:00Z',
      })),
    ),
  );
}

/** Writes records into the ERP; fails when it does not take one. */
export async function load<F extends FeedName>(
  erp: Connector,
  feed: F,
  records: readonly FeedRecord[F][],
): Promise<void> {
  const result = await erp.loadMasterData?.(feed, records, { signal: AbortSignal.timeout(10_000) });
  if (result === undefined || result.rejected.length > 0) throw new Error(JSON.stringify(result));
}
