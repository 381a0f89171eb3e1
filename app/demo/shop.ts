import type { Item } from '../../connectors/canonical/item.ts';
import type { ListPrice } from '../../connectors/canonical/list-price.ts';
import type { StockMovement } from '../../connectors/canonical/stock-movement.ts';
import type { FeedRecord } from '../../connectors/feeds.ts';
import { PIECE } from '../../platform/quantity.ts';
import { CHANNELS, CUSTOMERS, LOCATIONS } from './places.ts';
import { CATEGORIES, STYLES, type Style } from './range.ts';

/** What is loaded into the sandbox ERP: everything the demo shop starts with. The same on every machine and at every start. */
export type ShopData = {
  readonly [F in Exclude<
    keyof FeedRecord,
    'invoices' | 'shipments' | 'trackingEvents' | 'expectedSupplies' | 'locationSignals'
  >]: readonly FeedRecord[F][];
};

/** When the shop opened: the business time of its opening stock. */
const OPENED_AT = '2026-01-05T06:00:00Z';
/** Standard delivery: a service, without stock. */
const DELIVERY: Item = {
  sku: 'DELIVERY-STD',
  title: 'Standard delivery',
  baseUnit: PIECE,
  unitConversions: [],
  taxCategoryCode: 'STANDARD',
  trackInventory: false,
  categories: [],
  status: 'ACTIVE',
};

interface Variant {
  readonly item: Item;
  readonly style: Style;
  readonly sizeIndex: number;
}

export function demoShop(): ShopData {
  const variants = STYLES.flatMap(variantsOf).map((variant, index) => ({
    ...variant,
    item: { ...variant.item, gtin: gtin13(index + 1) },
  }));
  return {
    channels: CHANNELS,
    locations: LOCATIONS,
    customers: CUSTOMERS,
    items: [...variants.map(({ item }) => item), DELIVERY],
    prices: [
      ...variants.flatMap(pricesOf),
      ...CHANNELS.map((channel) => price(DELIVERY.sku, channel.code, channel.defaultCurrency, 395)),
    ],
    stockMovements: variants.flatMap(({ item }, index) => openingStock(item.sku, index)),
  };
}

function variantsOf(style: Style): Variant[] {
  return style.colours.flatMap((colour) =>
    style.sizes.map((size, sizeIndex) => ({
      style,
      sizeIndex,
      item: {
        sku: [style.code, colour, size]
          .filter((part) => part !== '')
          .join('-')
          .replaceAll(' ', '')
          .toUpperCase(),
        productCode: style.code,
        title: [style.title, colour, size].filter((part) => part !== '').join(', '),
        brand: style.brand,
        baseUnit: PIECE,
        unitConversions: [],
        taxCategoryCode: 'STANDARD',
        trackInventory: true,
        categories: [{ code: style.category, name: CATEGORIES[style.category] }],
        status: 'ACTIVE' as const,
      },
    })),
  );
}

/** Larger household sizes cost half as much again; clothing costs the same in every size. */
function pricesOf({ item, style, sizeIndex }: Variant): ListPrice[] {
  const larger = style.sizes.length === 2 && sizeIndex === 1;
  return CHANNELS.map(({ code, defaultCurrency }) => {
    const minor = defaultCurrency === 'GBP' ? style.pence : style.cents;
    return price(item.sku, code, defaultCurrency, larger ? Math.round((minor * 3) / 2) : minor);
  });
}

function price(sku: string, channelCode: string, currencyCode: string, minor: number): ListPrice {
  return {
    sku,
    channelCode,
    currencyCode,
    list: `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`,
    taxIncluded: true,
    priceListCode: `${channelCode}-list`,
  };
}

/** Plenty in the distribution centres, a few in stores, and now and then none, so that every kind of answer can be seen. */
function openingStock(sku: string, index: number): StockMovement[] {
  return LOCATIONS.flatMap(({ code, kind }, place) => {
    const spread = (index * 7 + place * 13) % 23;
    const quantity = kind === 'DISTRIBUTION_CENTER' ? 40 + spread * 4 : spread % 9;
    if (quantity === 0) return [];
    return [
      {
        id: `opening-${code}-${sku}`,
        sku,
        locationCode: code,
        quantity: String(quantity),
        unit: PIECE,
        type: 'RECEIPT' as const,
        occurredAt: OPENED_AT,
      },
    ];
  });
}

/** A GTIN-13 from the number range that GS1 keeps free for use inside a company (prefix 20). */
function gtin13(number: number): string {
  const digits = `20${String(number).padStart(10, '0')}`;
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
