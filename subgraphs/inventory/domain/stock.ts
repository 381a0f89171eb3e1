import { idFromKey } from '../../../platform/ids.ts';
import type { Level } from './level.ts';
import type { Supply } from './supply.ts';
import type { UnitFactor } from './units.ts';

/** What stock keeping needs to know of a variant. */
export interface StockItem {
  readonly variantId: string;
  readonly sku: string;
  /** The unit its stock is counted in. */
  readonly baseUnit: string;
  /** False for services, fees and vouchers: there is nothing to claim. */
  readonly trackInventory: boolean;
  /** Other units that requests may count in. */
  readonly units: readonly UnitFactor[];
}

/** All that is known here of one variant. */
export interface Stock {
  /** Null while no system of record has described it, though stock of it may have arrived already. */
  readonly item: StockItem | null;
  readonly levels: readonly Level[];
  /** What is expected, earliest first. */
  readonly supplies: readonly Supply[];
}

/** SKUs are upper case; the id follows from them, so that every subgraph names the same variant without asking. */
export function variantId(sku: string): string {
  return idFromKey('variant', sku.toUpperCase());
}
