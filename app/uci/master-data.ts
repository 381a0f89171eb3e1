import type { FeedRecord } from '../../connectors/feeds.ts';
import { decimal, money, roundMoney } from '../../platform/money.ts';
import { PIECE } from '../../platform/quantity.ts';
import type { Invoice } from './classify.ts';
import { classify } from './classify.ts';
import {
  CHANNEL_CODE,
  CURRENCY,
  customerCode,
  feeAccount,
  isService,
  LOCATION_CODE,
  TIME_ZONE,
} from './codes.ts';
import { countryCode } from './countries.ts';
import type { InvoiceLine } from './invoice-line.ts';
import { londonInstant } from './london-time.ts';

/** What the ERP is loaded with so that the file can be replayed. */
export type MasterData = {
  readonly [F in
    | 'channels'
    | 'locations'
    | 'customers'
    | 'items'
    | 'prices'
    | 'stockMovements']: readonly FeedRecord[F][];
};

interface Article {
  /** Lines that sold it at a price, by description: the most frequent one becomes its title. */
  readonly titles: Map<string, number>;
  /** Lines by unit price, above zero only: the median becomes its list price. */
  readonly prices: Map<string, number>;
  /** Pieces the file takes out of the warehouse. */
  out: number;
}

/** Collects the master data that an Online Retail file implies, one invoice at a time. */
export function createMasterDataCollector() {
  const articles = new Map<string, Article>();
  const countries = new Map<string, Map<string, number>>();
  let firstSoldAt: string | undefined;

  function article(sku: string): Article {
    const known = articles.get(sku) ?? { titles: new Map(), prices: new Map(), out: 0 };
    articles.set(sku, known);
    return known;
  }

  function addLine(line: InvoiceLine): void {
    if (firstSoldAt === undefined || line.soldAt < firstSoldAt) firstSoldAt = line.soldAt;
    if (line.customer !== null) {
      const names = countries.get(line.customer) ?? new Map<string, number>();
      countries.set(line.customer, names);
      count(names, line.country);
    }
    if (feeAccount(line.sku) !== undefined) return;
    const { titles, prices } = article(line.sku);
    if (!/[1-9]/.test(line.unitPrice) || line.unitPrice.startsWith('-')) return;
    count(prices, line.unitPrice);
    if (line.quantity > 0 && line.description !== '') count(titles, line.description);
  }

  return {
    add(invoice: Invoice): void {
      for (const line of invoice.lines) addLine(line);
      for (const part of classify(invoice)) {
        if (part.kind !== 'order' && part.kind !== 'adjustment') continue;
        for (const { sku, quantity } of part.lines) {
          if (part.kind === 'order' || quantity < 0) article(sku).out += Math.abs(quantity);
        }
      }
    },

    /** What was collected so far, in an order that does not depend on anything but the file. */
    records(): MasterData {
      const before = openingInstant(firstSoldAt);
      return {
        channels: [CHANNEL],
        locations: [LOCATION],
        customers: [...countries].map(([number, names]) => {
          const country = countryCode(mostFrequent(names) ?? '');
          return { code: customerCode(number), ...(country === undefined ? {} : { countryCode: country }) };
        }),
        items: [...articles].map(([sku, { titles }]) => item(sku, mostFrequent(titles) ?? sku)),
        prices: [...articles].flatMap(([sku, { prices }]) => price(sku, median(prices))),
        stockMovements: [...articles].flatMap(([sku, { out }]) => openingStock(sku, out, before)),
      };
    },
  };
}

const CHANNEL: FeedRecord['channels'] = {
  code: CHANNEL_CODE,
  name: 'Online Retail, United Kingdom',
  market: 'GB',
  defaultCurrency: CURRENCY,
  priceIncludesTax: true,
};

const LOCATION: FeedRecord['locations'] = {
  code: LOCATION_CODE,
  name: 'Online Retail warehouse',
  kind: 'DISTRIBUTION_CENTER',
  capabilities: ['SHIP', 'RETURN'],
  timeZone: TIME_ZONE,
};

function item(sku: string, title: string): FeedRecord['items'] {
  return {
    sku,
    title,
    baseUnit: PIECE,
    unitConversions: [],
    taxCategoryCode: 'standard',
    trackInventory: !isService(sku),
    categories: [],
    status: 'ACTIVE',
  };
}

function price(sku: string, list: string | undefined): FeedRecord['prices'][] {
  if (list === undefined) return [];
  return [
    {
      sku,
      channelCode: CHANNEL_CODE,
      currencyCode: CURRENCY,
      list,
      taxIncluded: true,
      priceListCode: 'uci-list',
    },
  ];
}

/** One receipt for all that the file takes out. Its id names the amount, so that another cut of the file is another receipt. */
function openingStock(sku: string, out: number, occurredAt: string): FeedRecord['stockMovements'][] {
  if (out === 0 || isService(sku)) return [];
  return [
    {
      id: `uci-opening/${sku}/${out}`,
      sku,
      locationCode: LOCATION_CODE,
      quantity: String(out),
      unit: PIECE,
      type: 'RECEIPT',
      reasonCode: 'OPENING_STOCK',
      occurredAt,
    },
  ];
}

/** An hour before the first invoice. */
function openingInstant(firstSoldAt: string | undefined): string {
  const first = londonInstant(firstSoldAt ?? '') ?? '1970-01-01T01:00:00.000Z';
  return new Date(Date.parse(first) - 3_600_000).toISOString();
}

function count(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

/** The value seen most often; of equals the one seen first. */
function mostFrequent(counts: ReadonlyMap<string, number>): string | undefined {
  let best: string | undefined;
  for (const [value, times] of counts) {
    if (best === undefined || times > (counts.get(best) ?? 0)) best = value;
  }
  return best;
}

/** The middle value; between two middle ones the mean, rounded half up to pennies. */
function median(counts: ReadonlyMap<string, number>): string | undefined {
  const values = [...counts].sort(([left], [right]) => decimal(left).cmp(decimal(right)));
  const total = values.reduce((sum, [, times]) => sum + times, 0);
  const at = (position: number): string | undefined => {
    let seen = 0;
    for (const [value, times] of values) {
      seen += times;
      if (seen > position) return value;
    }
    return undefined;
  };
  const lower = at(Math.ceil(total / 2) - 1);
  const upper = at(Math.floor(total / 2));
  if (lower === undefined || upper === undefined) return undefined;
  if (decimal(lower).eq(decimal(upper))) return money(lower, CURRENCY).amount;
  return roundMoney(money(decimal(lower).plus(decimal(upper)).times(decimal('0.5')), CURRENCY)).amount;
}
