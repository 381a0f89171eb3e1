import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { decimal } from '../../../platform/money.ts';
import type { Item } from '../../canonical/item.ts';
import { stockMovementSchema } from '../../canonical/stock-movement.ts';
import { code } from '../../canonical/values.ts';
import type { FeedName } from '../../feeds.ts';
import { type Answer, badRequest, ok, type Refusal, refusalOf } from './answer.ts';
import type { ChangeLog } from './change-log.ts';
import { baseQuantity, type KnownMasterData } from './sales-rules.ts';
import type { Storage } from './storage.ts';

/**
 * The ERP's master data: bulk upserts by natural key, each change told in the feed of its kind of record. As in a real ERP, its
 * own checks are weaker than what its readers need: a record only has to have its key. Stock movements are checked
 * whole, because the ERP itself books them.
 */
export interface MasterData {
  readonly known: KnownMasterData;
  upsert(feed: ErpFeed, body: unknown): Promise<Answer>;
  /** Writes a record and its change when it differs from what is there. Inside `storage.transact` only. */
  put(feed: ErpFeed, key: string, record: unknown): boolean;
  /** Adds base units (signed) to the ERP's own stock book. Inside `storage.transact` only. */
  moveStock(sku: string, locationCode: string, baseUnits: string): void;
}

/** What an ERP tells of: a warehouse's shipments and a carrier's scans are not its own. */
export type ErpFeed = Exclude<FeedName, 'shipments' | 'trackingEvents'>;

/** The fields that name a record of each feed. */
const KEY_FIELDS: Record<Exclude<ErpFeed, 'invoices'>, readonly string[]> = {
  items: ['sku'],
  prices: ['sku', 'channelCode', 'priceListCode', 'validFrom'],
  locations: ['code'],
  stockMovements: ['id'],
  expectedSupplies: ['id'],
  locationSignals: ['locationCode'],
  customers: ['code'],
  channels: ['code'],
};
const OPTIONAL_KEY_FIELDS = new Set(['validFrom']);
const bulkSchema = z.object({ records: z.array(z.record(z.string(), z.unknown())).max(10_000) });

export function createMasterData(storage: Storage, log: ChangeLog): MasterData {
  const { records, stock } = storage;
  const has = (feed: ErpFeed, name: string) => records.doesExist([feed, keyOf([name])]);
  const known: KnownMasterData = {
    // Written by `put` from an upserted item; only its key is certain, hence Partial.
    item: (sku) => records.get(['items', keyOf([sku])]) as Partial<Item> | undefined,
    hasChannel: (name) => has('channels', name),
    hasCustomer: (name) => has('customers', name),
    hasLocation: (name) => has('locations', name),
  };

  function put(feed: ErpFeed, recordKey: string, record: unknown): boolean {
    if (isDeepStrictEqual(records.get([feed, recordKey]), record)) return false;
    records.put([feed, recordKey], record);
    log.append(feed, record);
    return true;
  }

  function moveStock(sku: string, locationCode: string, baseUnits: string): void {
    const before = decimal(stock.get([locationCode, sku]) ?? '0');
    stock.put([locationCode, sku], before.plus(decimal(baseUnits)).toFixed());
  }

  function upsertOne(feed: Exclude<ErpFeed, 'invoices'>, record: Record<string, unknown>): boolean | Refusal {
    const parts: string[] = [];
    for (const name of KEY_FIELDS[feed]) {
      const value = record[name];
      if (value === undefined && OPTIONAL_KEY_FIELDS.has(name)) continue;
      const parsed = code.safeParse(value);
      if (!parsed.success)
        return {
          code: 'INVALID_VALUE',
          message: parsed.error.issues[0]?.message ?? `${name} is needed`,
          field: [name],
        };
      parts.push(parsed.data);
    }
    return feed === 'stockMovements' ? bookMovement(record) : put(feed, keyOf(parts), record);
  }

  function bookMovement(record: Record<string, unknown>): boolean | Refusal {
    const parsed = stockMovementSchema.safeParse(record);
    if (!parsed.success) return refusalOf(parsed.error);
    const movement = parsed.data;
    const item = known.item(movement.sku);
    if (item === undefined)
      return { code: 'UNKNOWN_SKU', message: `no item ${movement.sku}`, field: ['sku'] };
    if (!known.hasLocation(movement.locationCode)) {
      return {
        code: 'UNKNOWN_LOCATION',
        message: `no location ${movement.locationCode}`,
        field: ['locationCode'],
      };
    }
    const booked = records.get(['stockMovements', keyOf([movement.id])]);
    if (booked !== undefined && !isDeepStrictEqual(booked, record)) {
      return {
        code: 'ID_REUSED',
        message: `movement ${movement.id} is booked with other content`,
        field: ['id'],
      };
    }
    if (!put('stockMovements', keyOf([movement.id]), record)) return false;
    moveStock(movement.sku, movement.locationCode, baseQuantity(movement, item));
    return true;
  }

  return {
    known,
    put,
    moveStock,

    async upsert(feed, body) {
      if (feed === 'invoices') return badRequest('NOT_MASTER_DATA', 'invoices are made by the ERP alone');
      const parsed = bulkSchema.safeParse(body);
      if (!parsed.success) return badRequest('INVALID_BODY', refusalOf(parsed.error).message);
      return storage.transact(() => {
        const answer = { written: 0, unchanged: 0, rejected: [] as (Refusal & { index: number })[] };
        for (const [index, record] of parsed.data.records.entries()) {
          const outcome = upsertOne(feed, record);
          if (outcome === true) answer.written += 1;
          else if (outcome === false) answer.unchanged += 1;
          else answer.rejected.push({ index, ...outcome });
        }
        return ok(answer);
      });
    },
  };
}

/** One string for a natural key of several parts, without a separator that a part could contain. */
export function keyOf(parts: readonly string[]): string {
  return JSON.stringify(parts);
}
