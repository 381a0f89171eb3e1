import { Schema } from 'mongoose';
import { BUCKETS } from '../domain/level.ts';
import type { CountRecord, DiscrepancyRecord, LedgerRecord, LevelRecord } from './records.ts';

export function levelSchema(): Schema<LevelRecord> {
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

export function ledgerSchema(): Schema<LedgerRecord> {
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

export function countSchema(): Schema<CountRecord> {
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

export function discrepancySchema(): Schema<DiscrepancyRecord> {
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
