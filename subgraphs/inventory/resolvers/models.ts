import type * as allocation from '../domain/allocation.ts';
import type * as availability from '../domain/availability.ts';
import type { Count } from '../domain/counting.ts';
import type * as discrepancy from '../domain/discrepancy.ts';
import type { Freshness } from '../domain/freshness.ts';
import type { Level } from '../domain/level.ts';
import type * as location from '../domain/location.ts';
import type { Movement } from '../domain/movement.ts';
import type * as reservation from '../domain/reservation.ts';
import type * as failure from '../domain/user-error.ts';

// Each is the parent that the resolvers of the GraphQL type of the same name receive.

export type Availability = availability.Availability;
export type LocationAvailability = availability.LocationAvailability;
export type Location = location.Location;
export type Reservation = reservation.Reservation;
export type InventoryDiscrepancy = discrepancy.Discrepancy;
export type Allocation = allocation.Allocation;
export type InventoryUserError = failure.InventoryUserError;

export interface InventoryLevel extends Level {
  readonly freshness: Freshness;
}

export interface InventoryCount extends Count {
  readonly recordedAt: Date;
}

export interface InventoryTransaction extends Movement {
  readonly id: string;
  readonly position: number;
  readonly recordedAt: Date;
}

/** A variant as product describes it; the two facts are there when the question came through product. */
export interface ProductVariant {
  readonly id: string;
  readonly trackInventory?: boolean | undefined;
  readonly baseUnit?: string | undefined;
}

export interface Channel {
  readonly id: string;
}

export interface WorkOrder {
  readonly id: string;
}
