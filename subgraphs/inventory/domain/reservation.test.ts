import { describe, expect, it } from 'vitest';
import { ANONYMOUS, serviceIdentity } from '../../../platform/identity/identity.ts';
import {
  decideAllocation,
  decideExtension,
  decideRelease,
  maySee,
  RESERVATION_MOVES,
  type Reservation,
  stateAt,
  ttlSeconds,
} from './reservation.ts';

const now = new Date('2026-03-01T12:00:00Z');
const later = new Date('2026-03-01T12:00:01Z');

function given(more: Partial<Reservation> = {}): Reservation {
  return {
    id: 'r1',
    state: 'ACTIVE',
    ownerType: 'CART',
    ownerId: 'cart',
    reference: null,
    channelId: 'web',
    variantId: 'variant',
    locationId: 'place',
    unit: 'C62',
    quantity: 2,
    backordered: 0,
    claimedAt: new Date(0),
    expiresAt: later,
    extendCount: 0,
    version: 3,
    claimedBy: 'ann',
    transferredTo: null,
    ...more,
  };
}

describe('a reservation', () => {
  it('is over at the moment it expires, not after', () => {
    expect(stateAt(given(), now)).toBe('ACTIVE');
    expect(stateAt(given(), later)).toBe('EXPIRED');
    expect(stateAt(given({ state: 'ALLOCATED' }), later)).toBe('ALLOCATED');
  });

  it('has no way out of an end', () => {
    for (const end of ['CONSUMED', 'RELEASED', 'EXPIRED', 'TRANSFERRED', 'REJECTED'] as const)
      expect(RESERVATION_MOVES[end]).toEqual([]);
  });

  it('becomes an allocation by what it was when the order was confirmed', () => {
    expect(decideAllocation(given(), now)).toBe('ALLOCATE');
    expect(decideAllocation(given(), later)).toBe('EXPIRE_AND_CLAIM');
    expect(decideAllocation(given({ state: 'EXPIRED' }), now)).toBe('CLAIM');
    expect(decideAllocation(given({ state: 'RELEASED' }), now)).toBe('CLAIM');
    expect(decideAllocation(given({ state: 'ALLOCATED' }), now)).toBe('DONE');
  });

  it('is given back once, and not at all when an order has it', () => {
    const release = (more: Partial<Reservation>, expectedVersion: number | null = null) =>
      decideRelease(given(more), { now, expectedVersion });
    expect(release({})).toEqual({ ok: true, value: 'RELEASED' });
    expect(release({ expiresAt: now })).toEqual({ ok: true, value: 'EXPIRED' });
    expect(release({ state: 'RELEASED' })).toEqual({ ok: true, value: 'UNCHANGED' });
    expect(release({ state: 'ALLOCATED' })).toMatchObject({ errors: [{ code: 'RESERVATION_NOT_ACTIVE' }] });
    expect(release({}, 2)).toMatchObject({ errors: [{ code: 'VERSION_CONFLICT' }] });
  });

  it('is extended from now, by what its owner type gives', () => {
    const wish = { now, askedTtlSeconds: null, isStaff: false, expectedVersion: 3 };
    expect(decideExtension(given(), wish)).toEqual({ ok: true, value: new Date('2026-03-01T12:15:00Z') });
    expect(decideExtension(given({ extendCount: 1 }), wish)).toMatchObject({
      errors: [{ code: 'RESERVATION_EXTENDED_ALREADY' }],
    });
  });
});

describe('how long a claim lasts', () => {
  it('is a day at most for staff, and for shoppers what the owner type gives', () => {
    expect(ttlSeconds('CART', 86_400, true)).toEqual({ ok: true, value: 86_400 });
    expect(ttlSeconds('CART', 86_401, true)).toMatchObject({ ok: false });
    expect(ttlSeconds('CART', 900, false)).toEqual({ ok: true, value: 900 });
    expect(ttlSeconds('CART', 901, false)).toMatchObject({ errors: [{ code: 'TTL_INVALID' }] });
    expect(ttlSeconds('CART', 0, true)).toMatchObject({ ok: false });
  });
});

it('is seen by whoever made it, and by staff', () => {
  expect(maySee(given(), ANONYMOUS)).toBe(false);
  expect(maySee(given(), { ...ANONYMOUS, subject: 'ann', roles: ['shopper'] })).toBe(true);
  expect(maySee(given(), serviceIdentity('order'))).toBe(true);
});
