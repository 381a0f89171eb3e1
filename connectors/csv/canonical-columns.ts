import type { FeedName } from '../feeds.ts';

/** How a canonical CSV file of one feed looks: flat columns, and what a record is made of them. */
export interface CanonicalColumns {
  required: readonly string[];
  optional: readonly string[];
  /** The raw record; whether it is good is for the feed's schema to say. */
  toRecord(values: Record<string, string>): unknown;
}

/** The feeds that can come as files; invoices, shipments and scans are made by systems, not dropped. */
export type CsvFeedName = Exclude<FeedName, 'invoices' | 'shipments' | 'trackingEvents'>;

/**
 * The canonical files. An empty field is a missing value. Lists are separated by `|`, pairs in them by `=`: categories
 * `lamps=Lamps|desk=Desk lamps`, units `BX=6`, opening hours
 * `1=09:00-18:00|6=10:00-16:00` with Monday as 1. Booleans are `true` and `false`. Numbers have a decimal point.
 */
export const CANONICAL_COLUMNS: Record<CsvFeedName, CanonicalColumns> = {
  items: {
    required: ['sku', 'title', 'baseUnit', 'taxCategoryCode'],
    optional: [
      'productCode',
      'description',
      'brand',
      'gtin',
      'unitConversions',
      'trackInventory',
      'categories',
      'status',
    ],
    toRecord: ({ unitConversions, trackInventory, categories, status, ...rest }) => ({
      ...filled(rest),
      unitConversions: pairs(unitConversions).map(([unit, factor]) => ({ unit, factor })),
      trackInventory: boolean(trackInventory, true),
      categories: pairs(categories).map(([code, name]) => ({ code, name: name === '' ? code : name })),
      status: status || 'ACTIVE',
    }),
  },
  prices: {
    required: ['sku', 'channelCode', 'currencyCode', 'list', 'taxIncluded', 'priceListCode'],
    optional: ['sale', 'validFrom', 'validTo'],
    toRecord: ({ taxIncluded, ...rest }) => ({ ...filled(rest), taxIncluded: boolean(taxIncluded) }),
  },
  locations: {
    required: ['code', 'name', 'kind', 'timeZone'],
    optional: ['gln', 'capabilities', 'lat', 'lon', 'openingHours', 'shipsTo'],
    toRecord: ({ capabilities, lat, lon, openingHours, shipsTo, ...rest }) => ({
      ...filled(rest),
      capabilities: list(capabilities),
      lat: number(lat),
      lon: number(lon),
      openingHours: pairs(openingHours).map(([weekday, span]) => {
        const [from, to] = span.split('-');
        return { weekday: number(weekday), from, to };
      }),
      shipsTo: shipsTo ? list(shipsTo) : undefined,
    }),
  },
  stockMovements: {
    required: ['id', 'sku', 'locationCode', 'quantity', 'unit', 'type', 'occurredAt'],
    optional: ['reasonCode'],
    toRecord: filled,
  },
  expectedSupplies: {
    required: ['id', 'sku', 'locationCode', 'quantity', 'unit', 'expectedAt', 'source'],
    optional: ['isRelease'],
    toRecord: ({ isRelease, ...rest }) => ({ ...filled(rest), isRelease: boolean(isRelease, false) }),
  },
  locationSignals: { required: ['locationCode', 'seenAt'], optional: [], toRecord: filled },
  customers: {
    required: ['code'],
    optional: ['givenName', 'familyName', 'companyName', 'email', 'phone', 'countryCode', 'loyaltyNumber'],
    toRecord: filled,
  },
  channels: {
    required: ['code', 'name', 'market', 'defaultCurrency', 'priceIncludesTax'],
    optional: [],
    toRecord: ({ priceIncludesTax, ...rest }) => ({
      ...filled(rest),
      priceIncludesTax: boolean(priceIncludesTax),
    }),
  },
};

function filled(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

function list(value: string | undefined): string[] {
  return value === undefined || value === '' ? [] : value.split('|');
}

function pairs(value: string | undefined): [string, string][] {
  return list(value).map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
  });
}

/** Anything but the two words stays as it is, for the schema to refuse. */
function boolean(value: string | undefined, missing?: boolean): boolean | string | undefined {
  if (value === undefined || value === '') return missing;
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}

function number(value: string | undefined): number | string | undefined {
  if (value === undefined || value === '') return undefined;
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
