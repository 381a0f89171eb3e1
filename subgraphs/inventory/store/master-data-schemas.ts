import { Schema } from 'mongoose';
import type { OpeningHours } from '../domain/opening-hours.ts';
import type { UnitFactor } from '../domain/units.ts';
import type { ItemRecord, LocationRecord, SupplyRecord } from './records.ts';

export function itemSchema(): Schema<ItemRecord> {
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

export function locationSchema(): Schema<LocationRecord> {
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

export function supplySchema(): Schema<SupplyRecord> {
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
