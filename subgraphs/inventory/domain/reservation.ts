import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import { type Identity, isShopperOnly } from '../../../platform/identity/identity.ts';

export type ReservationOwnerType = 'CART' | 'ORDER_LINE' | 'POS_TRANSACTION' | 'EXCHANGE' | 'STOCK_TRANSFER';
export type ReservationState =
  | 'PENDING'
  | 'ACTIVE'
  | 'ALLOCATED'
  | 'CONSUMED'
  | 'RELEASED'
  | 'EXPIRED'
  | 'TRANSFERRED'
  | 'REJECTED';

/** A claim on stock at one location that ends by itself. */
export interface Reservation {
  readonly id: string;
  readonly state: ReservationState;
  readonly ownerType: ReservationOwnerType;
  readonly ownerId: string;
  /** The owner's own name of the line. */
  readonly reference: string | null;
  readonly channelId: string;
  readonly variantId: string;
  readonly locationId: string;
  readonly unit: string;
  /** Whole base units. */
  readonly quantity: number;
  /** What of that was not there yet when it was claimed. */
  readonly backordered: number;
  /** When it was claimed, wherever it has been moved since: who claimed first is served first. */
  readonly claimedAt: Date;
  readonly expiresAt: Date;
  readonly extendCount: number;
  readonly version: number;
  /** The subject of the token it was claimed with: row rules go by it. */
  readonly claimedBy: string;
  /** The reservation it continues as at another place. */
  readonly transferredTo: string | null;
}

/** Which state may follow which; what is missing here never happens. */
export const RESERVATION_MOVES: Readonly<Record<ReservationState, readonly ReservationState[]>> = {
  PENDING: ['ACTIVE', 'REJECTED'],
  ACTIVE: ['ALLOCATED', 'RELEASED', 'EXPIRED', 'TRANSFERRED'],
  ALLOCATED: ['CONSUMED', 'RELEASED', 'TRANSFERRED'],
  CONSUMED: [],
  RELEASED: [],
  EXPIRED: [],
  TRANSFERRED: [],
  REJECTED: [],
};

const TTL_SECONDS: Readonly<Record<ReservationOwnerType, number>> = {
  CART: 15 * 60,
  POS_TRANSACTION: 10 * 60,
  ORDER_LINE: 30 * 60,
  EXCHANGE: 30 * 60,
  STOCK_TRANSFER: 30 * 60,
};
const MAX_TTL_SECONDS = 24 * 60 * 60;
const MAX_EXTENSIONS = 1;

/**
 * How long a claim lasts. Staff may ask for up to a day; a shopper for no more than the owner type gives, so that nobody can
 * keep goods from others by asking.
 */
export function ttlSeconds(
  ownerType: ReservationOwnerType,
  asked: number | null,
  isStaff: boolean,
): Decision<number> {
  if (asked === null) return accepted(TTL_SECONDS[ownerType]);
  const most = isStaff ? MAX_TTL_SECONDS : TTL_SECONDS[ownerType];
  if (asked >= 1 && asked <= most) return accepted(asked);
  return refused(
    userError('TTL_INVALID', `A claim may last 1 to ${most} seconds, not ${asked}.`, {
      field: ['input', 'ttlSeconds'],
    }),
  );
}

/** The claim ends at `expiresAt`, not when somebody gets round to tidying up. */
export function isExpired(reservation: Pick<Reservation, 'state' | 'expiresAt'>, at: Date): boolean {
  return reservation.state === 'EXPIRED' || (reservation.state === 'ACTIVE' && reservation.expiresAt <= at);
}

/** What a reader sees: a claim that is over reads EXPIRED even before its stock was given back. */
export function stateAt(reservation: Pick<Reservation, 'state' | 'expiresAt'>, at: Date): ReservationState {
  return isExpired(reservation, at) ? 'EXPIRED' : reservation.state;
}

/** A shopper sees and touches only what was claimed with a token of their own; everybody else all. */
export function maySee(reservation: Pick<Reservation, 'claimedBy'>, identity: Identity): boolean {
  return !isShopperOnly(identity) || reservation.claimedBy === identity.subject;
}

/** Tills, service desks and warehouses claim stock by other rules than shoppers: only staff and our own rooms may. */
export function mayClaimAs(ownerType: ReservationOwnerType, identity: Identity): boolean {
  return !isShopperOnly(identity) || ownerType === 'CART' || ownerType === 'ORDER_LINE';
}

/** Until when an active reservation lasts after being extended now; why not, otherwise. */
export function decideExtension(
  reservation: Reservation,
  wish: { now: Date; askedTtlSeconds: number | null; isStaff: boolean; expectedVersion: number | null },
): Decision<Date> {
  const stale = staleness(reservation, wish.expectedVersion);
  if (stale !== null) return refused(stale);
  if (isExpired(reservation, wish.now)) {
    return refused(
      userError('RESERVATION_EXPIRED', 'This reservation has run out of time. Reserve again.', {
        field: ['input', 'id'],
      }),
    );
  }
  if (reservation.state !== 'ACTIVE') return refused(notActive(reservation));
  if (reservation.extendCount >= MAX_EXTENSIONS) {
    return refused(
      userError('RESERVATION_EXTENDED_ALREADY', 'A reservation can be given more time once only.', {
        field: ['input', 'id'],
      }),
    );
  }
  const ttl = ttlSeconds(reservation.ownerType, wish.askedTtlSeconds, wish.isStaff);
  return ttl.ok ? accepted(new Date(wish.now.getTime() + ttl.value * 1_000)) : ttl;
}

/** What releasing means now: the state it gets, or `UNCHANGED` when there is nothing left to give back. */
export function decideRelease(
  reservation: Reservation,
  wish: { now: Date; expectedVersion: number | null },
): Decision<'RELEASED' | 'EXPIRED' | 'UNCHANGED'> {
  if (reservation.state === 'RELEASED' || reservation.state === 'EXPIRED') return accepted('UNCHANGED');
  const stale = staleness(reservation, wish.expectedVersion);
  if (stale !== null) return refused(stale);
  if (reservation.state !== 'ACTIVE') return refused(notActive(reservation));
  return accepted(isExpired(reservation, wish.now) ? 'EXPIRED' : 'RELEASED');
}

/**
 * What a confirmed order's use of a reservation means, as of the moment the order was confirmed:
 * - `ALLOCATE`: the claim becomes the order's, its units never pass through `available`;
 * - `EXPIRE_AND_CLAIM`: it had run out but still holds its units: they are given back and claimed again, if nobody was faster;
 * - `CLAIM`: it holds nothing any more: claim again from what is there;
 * - `DONE`: the order has it already.
 */
export function decideAllocation(
  reservation: Reservation,
  confirmedAt: Date,
): 'ALLOCATE' | 'EXPIRE_AND_CLAIM' | 'CLAIM' | 'DONE' {
  if (reservation.state === 'ALLOCATED' || reservation.state === 'CONSUMED') return 'DONE';
  if (reservation.state !== 'ACTIVE') return 'CLAIM';
  return isExpired(reservation, confirmedAt) ? 'EXPIRE_AND_CLAIM' : 'ALLOCATE';
}

export function notFound(): UserErrorValue {
  return userError('RESERVATION_NOT_FOUND', 'There is no such reservation.', { field: ['input', 'id'] });
}

export function versionConflict(version: number): UserErrorValue {
  return userError(
    'VERSION_CONFLICT',
    `The reservation has changed: it is at version ${version} now. Read it again.`,
    { field: ['input', 'expectedVersion'] },
  );
}

export function staleness(reservation: Reservation, expected: number | null): UserErrorValue | null {
  return expected === null || expected === reservation.version ? null : versionConflict(reservation.version);
}

export function notActive(reservation: Reservation) {
  return userError(
    'RESERVATION_NOT_ACTIVE',
    reservation.state === 'ALLOCATED'
      ? 'This stock belongs to a confirmed order now. Cancel the order to give it back.'
      : `This reservation is ${reservation.state}.`,
    { field: ['input', 'id'] },
  );
}
