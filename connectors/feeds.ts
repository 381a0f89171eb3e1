import type { z } from 'zod';
import { type ChannelRecord, channelSchema } from './canonical/channel.ts';
import { type CustomerRecord, customerSchema } from './canonical/customer.ts';
import { type ExpectedSupply, expectedSupplySchema } from './canonical/expected-supply.ts';
import { type FinancialDocumentRecord, financialDocumentSchema } from './canonical/financial-document.ts';
import { type Item, itemSchema } from './canonical/item.ts';
import { type ListPrice, listPriceSchema } from './canonical/list-price.ts';
import { type LocationRecord, locationSchema } from './canonical/location.ts';
import { type LocationSignal, locationSignalSchema } from './canonical/location-signal.ts';
import { type ShipmentNotice, shipmentNoticeSchema } from './canonical/shipment-notice.ts';
import { type StockMovement, stockMovementSchema } from './canonical/stock-movement.ts';
import { type TrackingEvent, trackingEventSchema } from './canonical/tracking-event.ts';

/** The canonical record of each feed. */
export interface FeedRecord {
  items: Item;
  prices: ListPrice;
  locations: LocationRecord;
  stockMovements: StockMovement;
  expectedSupplies: ExpectedSupply;
  locationSignals: LocationSignal;
  customers: CustomerRecord;
  channels: ChannelRecord;
  /** Invoices and credit notes the system made. */
  invoices: FinancialDocumentRecord;
  /** Goods that left a warehouse. */
  shipments: ShipmentNotice;
  /** Where a carrier's parcels are. */
  trackingEvents: TrackingEvent;
}

export type FeedName = keyof FeedRecord;

/** What a record of each feed must look like; a connector parses every incoming record with it. */
export const FEED_SCHEMAS: { [F in FeedName]: z.ZodType<FeedRecord[F], unknown> } = {
  items: itemSchema,
  prices: listPriceSchema,
  locations: locationSchema,
  stockMovements: stockMovementSchema,
  expectedSupplies: expectedSupplySchema,
  locationSignals: locationSignalSchema,
  customers: customerSchema,
  channels: channelSchema,
  invoices: financialDocumentSchema,
  shipments: shipmentNoticeSchema,
  trackingEvents: trackingEventSchema,
};

/** What names a record in each feed of facts; null where each record is an event of its own. */
const FEED_KEYS: { [F in FeedName]: readonly (keyof FeedRecord[F])[] | null } = {
  items: ['sku'],
  prices: ['sku', 'channelCode', 'priceListCode', 'validFrom'],
  locations: ['code'],
  stockMovements: null,
  expectedSupplies: ['id'],
  locationSignals: ['locationCode'],
  customers: ['code'],
  channels: ['code'],
  invoices: ['type', 'number'],
  shipments: null,
  trackingEvents: null,
};

/** What names a record in its feed, be it good or bad; null when it has no name, or its name cannot be read. */
export function recordKey(feed: FeedName, record: unknown): string | null {
  const [first, ...rest]: readonly string[] = FEED_KEYS[feed] ?? [];
  if (first === undefined || typeof record !== 'object' || record === null) return null;
  const named: unknown = Reflect.get(record, first);
  if (typeof named !== 'string' || named === '') return null;
  return JSON.stringify([named, ...rest.map((name): unknown => Reflect.get(record, name) ?? null)]);
}

export interface ChangePage<T> {
  changes: Change<T>[];
  /** Where to go on, opaque to everybody but the connector. Equal to the cursor asked with when nothing is new. */
  cursor: string;
  /** True when asking again at once would give more. */
  more: boolean;
}

/** A change is a record as it stands after it, or the reason why it could not be read. */
export type Change<T> = ChangedRecord<T> | RejectedChange;

interface ChangeHead {
  /** The system's own position of the change. Compare for equality only. */
  sequence: string;
  /** The same change has the same id, however often it arrives; unique within (system, feed). */
  eventId: string;
  /** When the system wrote it: an instant. */
  occurredAt: string;
}

export interface ChangedRecord<T> extends ChangeHead {
  record: T;
  rejected?: undefined;
}

export interface RejectedChange extends ChangeHead {
  record?: undefined;
  rejected: Rejection;
}

export interface Rejection {
  /** Stable: `INVALID_VALUE`, `MISSING_VALUE`, `BROKEN_LINE`, `TRUNCATED_GZIP`, ... */
  code: string;
  message: string;
  /** Path into the record. */
  field?: string[] | undefined;
  /** `recordKey` of the record, where it could be read. */
  key?: string | undefined;
  /** What arrived, at most 2,000 characters, so that a person can see what is wrong. */
  raw: string;
}
