import { type Connection, type Model, Schema } from 'mongoose';
import type { Allocation } from '../domain/allocation.ts';
import type { Count } from '../domain/counting.ts';
import type { Discrepancy } from '../domain/discrepancy.ts';
import { BUCKETS, type Level } from '../domain/level.ts';
import type { Location } from '../domain/location.ts';
import type { Movement } from '../domain/movement.ts';
import type { OpeningHours } from '../domain/opening-hours.ts';
import type { Reservation } from '../domain/reservation.ts';
import type { SourcingDecision } from '../domain/sourcing.ts';
import type { StockItem } from '../domain/stock.ts';
import type { Supply } from '../domain/supply.ts';
import type { UnitFactor } from '../domain/units.ts';

/** A domain value as it is kept: its identity is the document's. */
type Kept<T, Id extends keyof T> = Omit<T, Id> & { _id: string };

export interface LevelRecord extends Level {
  _id: string;
  /** The last line of the ledger that is in these figures. */
  lastTransactionId: string;
  /** The time of the latest count of it: facts dated before may be in that count already. Absent: never counted. */
  countedAt?: Date | null;
  /** Versions that were no booking: the level was made what its ledger adds up to. */
  rebuilds?: number;
  updatedAt: Date;
}
export interface LedgerRecord extends Movement {
  _id: string;
  /** The version its level reached with it: lines of one level, by position, are its history. */
  position: number;
  recordedAt: Date;
}
export interface ReservationRecord extends Kept<Reservation, 'id'> {
  createdAt: Date;
  updatedAt: Date;
}
export interface AllocationRecord extends Kept<Allocation, 'id'> {
  createdAt: Date;
  updatedAt: Date;
}
export interface CountRecord extends Kept<Count, 'id'> {
  recordedAt: Date;
}
export type DiscrepancyRecord = Kept<Discrepancy, 'id'>;
/** Whose turn it is to compare levels, and where to go on. */
export interface AuditTurnRecord {
  _id: string;
  after: string | null;
  takenAt: Date;
}
export type ItemRecord = Kept<StockItem, 'variantId'>;
export type LocationRecord = Kept<Location, 'id'>;
export type SupplyRecord = Kept<Supply, 'id'>;
/** Named like the intent it was made for: the first of the reservations that came of it. */
export interface SourcingDecisionRecord extends SourcingDecision {
  _id: string;
  reservationIds: string[];
  decidedAt: Date;
}

export interface Collections {
  readonly levels: Model<LevelRecord>;
  readonly ledger: Model<LedgerRecord>;
  readonly reservations: Model<ReservationRecord>;
  readonly allocations: Model<AllocationRecord>;
  readonly counts: Model<CountRecord>;
  readonly discrepancies: Model<DiscrepancyRecord>;
  readonly auditTurns: Model<AuditTurnRecord>;
  readonly items: Model<ItemRecord>;
  readonly locations: Model<LocationRecord>;
  readonly supplies: Model<SupplyRecord>;
  readonly sourcingDecisions: Model<SourcingDecisionRecord>;
}

/** Finished reservations are of use to nobody after a while; what they did stays in the ledger. */
const RESERVATION_RETENTION_SECONDS = 92 * 24 * 60 * 60;

/** The collections of the inventory database. Made once per connection. */
export function createCollections(connection: Connection): Collections {
  return {
    levels: connection.model<LevelRecord>('Level', levelSchema()),
    ledger: connection.model<LedgerRecord>('InventoryTransaction', ledgerSchema()),
    reservations: connection.model<ReservationRecord>('Reservation', reservationSchema()),
    allocations: connection.model<AllocationRecord>('Allocation', allocationSchema()),
    counts: connection.model<CountRecord>('Count', countSchema()),
    discrepancies: connection.model<DiscrepancyRecord>('Discrepancy', discrepancySchema()),
    auditTurns: connection.model<AuditTurnRecord>(
      'AuditTurn',
      new Schema<AuditTurnRecord>(
        { _id: String, after: { type: String, default: null }, takenAt: Date },
        { versionKey: false, collection: 'auditTurns' },
      ),
    ),
    items: connection.model<ItemRecord>('Item', itemSchema()),
    locations: connection.model<LocationRecord>('Location', locationSchema()),
    supplies: connection.model<SupplyRecord>('Supply', supplySchema()),
    sourcingDecisions: connection.model<SourcingDecisionRecord>('SourcingDecision', sourcingDecisionSchema()),
  };
}

function levelSchema(): Schema<LevelRecord> {
  const schema = new Schema<LevelRecord>(
    {
      _id: String,
      variantId: String,
      locationId: String,
      unit: String,
      onHand: Number,
      ...Object.fromEntries(BUCKETS.map((bucket) => [bucket, Number])),
      version: Number,
      lastTransactionId: String,
      countedAt: { type: Date, default: null },
      rebuilds: { type: Number, default: 0 },
      updatedAt: Date,
    },
    { versionKey: false, collection: 'levels' },
  );
  schema.index({ available: 1 }, { partialFilterExpression: { available: { $lt: 0 } } });
  schema.index({ variantId: 1 });
  return schema;
}

function ledgerSchema(): Schema<LedgerRecord> {
  const schema = new Schema<LedgerRecord>(
    {
      _id: String,
      type: String,
      variantId: String,
      locationId: String,
      unit: String,
      from: { type: String, default: null },
      to: { type: String, default: null },
      quantity: Number,
      position: Number,
      occurredAt: Date,
      recordedAt: Date,
      sourceSystem: String,
      sourceEventId: String,
      reasonCode: { type: String, default: null },
    },
    { versionKey: false, collection: 'ledger' },
  );
  // A count asks what happened since; the drift detector reads all of a level.
  schema.index({ variantId: 1, locationId: 1, occurredAt: 1 });
  return schema;
}

function reservationSchema(): Schema<ReservationRecord> {
  const schema = new Schema<ReservationRecord>(
    {
      _id: String,
      state: String,
      ownerType: String,
      ownerId: String,
      reference: { type: String, default: null },
      channelId: String,
      variantId: String,
      locationId: String,
      unit: String,
      quantity: Number,
      backordered: { type: Number, default: 0 },
      claimedAt: Date,
      expiresAt: Date,
      extendCount: Number,
      version: Number,
      claimedBy: String,
      transferredTo: { type: String, default: null },
      createdAt: Date,
      updatedAt: Date,
    },
    { versionKey: false, collection: 'reservations' },
  );
  schema.index({ state: 1, expiresAt: 1 });
  schema.index({ variantId: 1, locationId: 1 }, { partialFilterExpression: { state: 'ACTIVE' } });
  schema.index({ locationId: 1, expiresAt: 1 }, { partialFilterExpression: { state: 'ACTIVE' } });
  schema.index(
    { updatedAt: 1 },
    {
      expireAfterSeconds: RESERVATION_RETENTION_SECONDS,
      partialFilterExpression: { state: { $in: ['RELEASED', 'EXPIRED', 'CONSUMED', 'TRANSFERRED'] } },
    },
  );
  return schema;
}

function allocationSchema(): Schema<AllocationRecord> {
  const schema = new Schema<AllocationRecord>(
    {
      _id: String,
      state: String,
      reservationId: String,
      orderId: String,
      orderLineId: String,
      workOrderId: { type: String, default: null },
      variantId: String,
      locationId: String,
      unit: String,
      quantity: Number,
      open: Number,
      picked: { type: Number, default: 0 },
      claimedAt: Date,
      backordered: { type: Number, default: 0 },
      expectedAt: { type: Date, default: null },
      partOf: { type: String, default: null },
      collected: { type: Boolean, default: undefined },
      bookedWith: { type: [String], default: [] },
      createdAt: Date,
      updatedAt: Date,
    },
    { versionKey: false, collection: 'allocations' },
  );
  schema.index({ orderId: 1 });
  schema.index({ workOrderId: 1 });
  schema.index({ variantId: 1, locationId: 1 }, { partialFilterExpression: { open: { $gt: 0 } } });
  schema.index({ backordered: 1 }, { partialFilterExpression: { backordered: { $gt: 0 } } });
  return schema;
}

function countSchema(): Schema<CountRecord> {
  const schema = new Schema<CountRecord>(
    {
      _id: String,
      variantId: String,
      locationId: String,
      unit: String,
      countedAt: Date,
      counted: Number,
      difference: Number,
      recordedAt: Date,
    },
    { versionKey: false, collection: 'counts' },
  );
  schema.index({ variantId: 1, locationId: 1, countedAt: 1 });
  schema.index({ locationId: 1, countedAt: -1, _id: -1 });
  return schema;
}

function discrepancySchema(): Schema<DiscrepancyRecord> {
  const schema = new Schema<DiscrepancyRecord>(
    {
      _id: String,
      kind: String,
      state: String,
      levelId: String,
      variantId: String,
      locationId: String,
      unit: String,
      expected: Number,
      observed: Number,
      cause: String,
      detectedAt: Date,
      resolution: { type: String, default: null },
      resolvedAt: { type: Date, default: null },
    },
    { versionKey: false, collection: 'discrepancies' },
  );
  schema.index({ levelId: 1 });
  schema.index({ state: 1, _id: -1 });
  return schema;
}

function itemSchema(): Schema<ItemRecord> {
  return new Schema<ItemRecord>(
    {
      _id: String,
      sku: String,
      baseUnit: String,
      trackInventory: Boolean,
      units: {
        type: [new Schema<UnitFactor>({ unit: String, factor: String }, { _id: false })],
        default: [],
      },
    },
    { versionKey: false, collection: 'items' },
  );
}

function locationSchema(): Schema<LocationRecord> {
  return new Schema<LocationRecord>(
    {
      _id: String,
      code: String,
      gln: { type: String, default: null },
      name: String,
      kind: String,
      capabilities: [String],
      timeZone: String,
      position: { type: new Schema({ lat: Number, lon: Number }, { _id: false }), default: null },
      openingHours: {
        type: [
          new Schema<OpeningHours>({ weekday: Number, fromMinute: Number, toMinute: Number }, { _id: false }),
        ],
        default: [],
      },
      shipsTo: { type: [String], default: null },
      lastSeenAt: { type: Date, default: null },
    },
    { versionKey: false, collection: 'locations' },
  );
}

function supplySchema(): Schema<SupplyRecord> {
  const schema = new Schema<SupplyRecord>(
    {
      _id: String,
      variantId: String,
      locationId: String,
      quantity: Number,
      expectedAt: Date,
      source: String,
      isRelease: Boolean,
    },
    { versionKey: false, collection: 'supplies' },
  );
  schema.index({ variantId: 1 });
  return schema;
}

function sourcingDecisionSchema(): Schema<SourcingDecisionRecord> {
  const schema = new Schema<SourcingDecisionRecord>(
    {
      _id: String,
      reservationIds: [String],
      decidedAt: Date,
      strategy: String,
      problem: Schema.Types.Mixed,
      plan: Schema.Types.Mixed,
    },
    { versionKey: false, collection: 'sourcingDecisions', minimize: false },
  );
  schema.index({ reservationIds: 1 });
  schema.index({ decidedAt: 1 }, { expireAfterSeconds: RESERVATION_RETENTION_SECONDS });
  return schema;
}
