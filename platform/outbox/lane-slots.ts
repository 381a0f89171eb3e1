import { LANES, type Lane } from './operation.ts';
import type { BulkheadPolicy } from './system-policy.ts';

/** The calls to one system that are under way in this process. */
export interface LaneSlots {
  /** Takes a place for a call of `lane`; false when there is none for it. */
  take(lane: Lane): boolean;
  giveBack(lane: Lane): void;
}

/**
 * A bulkhead with a door for each class of work: urgent work may fill whatever is free, except the places the other classes keep, so
 * that a flood of orders never stops the catalogue altogether and a slow system never holds every hand of the process.
 */
export function createLaneSlots({ maxInFlight, kept }: BulkheadPolicy): LaneSlots {
  const used: Record<Lane, number> = { order: 0, return: 0, stock: 0, catalogue: 0 };
  return {
    take(lane) {
      const total = LANES.reduce((sum, each) => sum + used[each], 0);
      if (total >= maxInFlight) return false;
      const keptForOthers = LANES.reduce(
        (sum, each) => sum + (each === lane ? 0 : Math.max(0, kept[each] - used[each])),
        0,
      );
      const hasOwn = used[lane] < kept[lane];
      if (!hasOwn && maxInFlight - total <= keptForOthers) return false;
      used[lane] += 1;
      return true;
    },
    giveBack(lane) {
      used[lane] = Math.max(0, used[lane] - 1);
    },
  };
}
