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
  /** What arrived, at most 2,000 characters, so that a person can see what is wrong. */
  raw: string;
}
