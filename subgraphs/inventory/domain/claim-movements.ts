import type { Movement } from './movement.ts';
import type { Reservation } from './reservation.ts';

/** The source system of what this layer decides itself; facts from outside carry the system they came from. */
export const OWN_SYSTEM = 'INVENTORY';

type Claimed = Pick<Reservation, 'id' | 'variantId' | 'locationId' | 'unit' | 'quantity'>;

/** The ledger line of a claim: its units cannot be promised to anybody else from here on. */
export function reserved(claim: Claimed, at: Date): Movement {
  return {
    ...about(claim, at),
    type: 'RESERVE',
    from: 'available',
    to: 'reserved',
    ...own('reserve', claim),
  };
}

/** The ledger line of a claim that was given back. */
export function released(claim: Claimed, at: Date, reasonCode: string): Movement {
  return {
    ...about(claim, at),
    type: 'RELEASE',
    from: 'reserved',
    to: 'available',
    ...own('release', claim),
    reasonCode,
  };
}

/** The ledger line of a claim that ran out, as of the moment it did, whenever somebody gets round to writing it. */
export function ranOut(claim: Claimed & Pick<Reservation, 'expiresAt'>): Movement {
  return released(claim, claim.expiresAt, 'EXPIRED');
}

/** The ledger line of a claim that becomes an order's, straight from bucket to bucket. */
export function allocated(claim: Claimed, at: Date): Movement {
  return {
    ...about(claim, at),
    type: 'ALLOCATE',
    from: 'reserved',
    to: 'allocated',
    ...own('allocate', claim),
  };
}

/** The ledger line of an order's stock that is claimed again because its reservation had run out. */
export function allocatedAnew(claim: Claimed, at: Date): Movement {
  return {
    ...about(claim, at),
    type: 'ALLOCATE',
    from: 'available',
    to: 'allocated',
    ...own('allocate', claim),
    reasonCode: 'RESERVATION_EXPIRED',
  };
}

/** The ledger line of an order's stock that is served from another place from here on. */
export function allocatedElsewhere(claim: Claimed, at: Date): Movement {
  return { ...allocatedAnew(claim, at), reasonCode: 'TRANSFERRED' };
}

function about({ variantId, locationId, unit, quantity }: Claimed, occurredAt: Date) {
  return { variantId, locationId, unit, quantity, occurredAt, reasonCode: null };
}

/** Each of these happens to a reservation once at most, and the ledger refuses a second one. */
function own(what: ClaimStep, { id }: Claimed) {
  return { sourceSystem: OWN_SYSTEM, sourceEventId: claimSource(what, id) };
}

/** What the ledger calls a step of a reservation's life. */
export function claimSource(what: ClaimStep, reservationId: string): string {
  return `${what}:${reservationId}`;
}

type ClaimStep = 'reserve' | 'release' | 'allocate' | 'deallocate';
