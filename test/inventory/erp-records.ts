import type { LocationRecord } from '../../connectors/canonical/location.ts';
import type { StockMovement } from '../../connectors/canonical/stock-movement.ts';
import type { ChangePage, FeedName, FeedRecord } from '../../connectors/feeds.ts';
import type { Connector } from '../../connectors/port.ts';
import { idFromKey } from '../../platform/ids.ts';

/** What the system of record of a test knows; records may be added while it is read. */
export interface Records {
  locations: LocationRecord[];
  items: FeedRecord['items'][];
  stockMovements: StockMovement[];
  expectedSupplies?: FeedRecord['expectedSupplies'][];
  locationSignals?: FeedRecord['locationSignals'][];
}

export const variant = (sku: string) => idFromKey('variant', sku);
export const place = (code: string) => idFromKey('location', code);

export function location(code: string, more: Partial<LocationRecord> = {}): LocationRecord {
  return { code, name: code, kind: 'DISTRIBUTION_CENTER', capabilities: ['SHIP'], timeZone: 'UTC', ...more };
}

export function item(sku: string, more: Partial<FeedRecord['items']> = {}): FeedRecord['items'] {
  return {
    sku,
    title: sku,
    baseUnit: 'C62',
    unitConversions: [],
    taxCategoryCode: 'STANDARD',
    trackInventory: true,
    categories: [],
    status: 'ACTIVE',
    ...more,
  };
}

let receipts = 0;
export function receipt(sku: string, locationCode: string, quantity: number): StockMovement {
  receipts += 1;
  return {
    id: `receipt-${receipts}`,
    sku,
    locationCode,
    quantity: String(quantity),
    unit: 'C62',
    type: 'RECEIPT',
    occurredAt: '2026-01-02T08:00:00Z',
  };
}

/** A system of record that is read from arrays: the cursor is the position. */
export function erpOf(records: Partial<Records>, system = 'erp'): Connector {
  const known = (feed: FeedName): readonly unknown[] => records[feed as keyof Records] ?? [];
  return {
    system,
    connector: 'test',
    kind: 'ERP',
    capabilities: {
      feeds: Object.fromEntries(
        Object.keys(records).map((feed) => [feed, { changes: 'poll', order: 'sequence', overlapMs: 0 }]),
      ),
      documents: {},
      masterData: [],
    },
    async readChanges<F extends FeedName>(feed: F, cursor: string | null, { limit }: { limit: number }) {
      const all = known(feed);
      const from = Number(cursor ?? 0);
      const page: ChangePage<FeedRecord[F]> = {
        changes: all.slice(from, from + limit).map((record, index) => ({
          sequence: String(from + index),
          eventId: `${feed}-${from + index}`,
          occurredAt: '2026-01-02T08:00:00Z',
          // The arrays hold what their names say.
          record: record as FeedRecord[F],
        })),
        cursor: String(Math.min(all.length, from + limit)),
        more: from + limit < all.length,
      };
      return page;
    },
    createDocument: () => Promise.reject(new Error('this system takes no documents')),
    findDocument: () => Promise.resolve(null),
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
