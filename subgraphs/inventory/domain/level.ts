import { idFromKey } from '../../../platform/ids.ts';

/** What a piece of stock that is on hand may be used for. Each unit is in exactly one of these; on hand is their sum. */
export const BUCKETS = [
  'available',
  'reserved',
  'allocated',
  'picked',
  'safetyStock',
  'qualityHold',
  'damaged',
] as const;
export type Bucket = (typeof BUCKETS)[number];

/** The stock of one variant at one location, in whole base units: the sum of the ledger's lines for the two. */
export interface Level extends Record<Bucket, number> {
  readonly variantId: string;
  readonly locationId: string;
  readonly unit: string;
  onHand: number;
  /** Grows by one with each change. */
  version: number;
}

/** The level's id follows from what it is about, so that it can be written without being looked up. */
export function levelId(variantId: string, locationId: string): string {
  return idFromKey('level', variantId, locationId);
}

export function emptyLevel(variantId: string, locationId: string, unit: string): Level {
  return {
    variantId,
    locationId,
    unit,
    onHand: 0,
    available: 0,
    reserved: 0,
    allocated: 0,
    picked: 0,
    safetyStock: 0,
    qualityHold: 0,
    damaged: 0,
    version: 0,
  };
}

/** The balance equation: everything on hand is in exactly one bucket. */
export function isBalanced(level: Level): boolean {
  return level.onHand === BUCKETS.reduce((sum, bucket) => sum + level[bucket], 0);
}
