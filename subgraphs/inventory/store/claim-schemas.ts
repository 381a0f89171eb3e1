import { Schema } from 'mongoose';
import type { AllocationRecord, ReservationRecord, SourcingDecisionRecord } from './records.ts';

/** Finished reservations are of use to nobody after a while; what they did stays in the ledger. */
const RESERVATION_RETENTION_SECONDS = 92 * 24 * 60 * 60;

export function reservationSchema(): Schema<ReservationRecord> {
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

export function allocationSchema(): Schema<AllocationRecord> {
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

export function sourcingDecisionSchema(): Schema<SourcingDecisionRecord> {
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
