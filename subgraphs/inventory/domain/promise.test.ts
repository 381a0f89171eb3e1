import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityOf } from './availability.ts';
import { type ChannelPolicy, DEFAULT_POLICY } from './channel-policy.ts';
import { emptyLevel } from './level.ts';
import type { Location } from './location.ts';
import { type Demand, offersOf } from './offer.ts';
import { decideClaims } from './reserve-request.ts';
import { DEFAULT_STRATEGY, planSources } from './sourcing.ts';
import type { Stock } from './stock.ts';

// What one function promises another one claims: here they are held to one another, whatever the stock, the policy and the places.

const now = new Date('2026-03-02T12:00:00Z');
const PLACES = ['A', 'B', 'C', 'STORE'] as const;

const policies: fc.Arbitrary<ChannelPolicy> = fc.record({
  bufferUnits: fc.record({ STORE: fc.nat(4), DISTRIBUTION_CENTER: fc.nat(2) }),
  lowStockUnits: fc.nat(6),
  backorderUnits: fc.nat(5),
  sellsExpectedSupply: fc.boolean(),
  supplyHorizonDays: fc.constant(30),
  whenOffline: fc.oneof(
    fc.constant({ rule: 'STOP' as const }),
    fc.record({ rule: fc.constant('KEEP_BACK' as const), units: fc.nat(4) }),
  ),
  pickupLeadMinutes: fc.constant(60),
});

const worlds = fc.record({
  policy: policies,
  collectAt: fc.option(fc.constantFrom(...PLACES)),
  countryCode: fc.option(fc.constantFrom('GB', 'FR')),
  available: fc.array(fc.integer({ min: -5, max: 12 }), { minLength: 4, maxLength: 4 }),
  silentMinutes: fc.array(fc.option(fc.nat(20)), { minLength: 4, maxLength: 4 }),
  shipsTo: fc.array(fc.option(fc.subarray(['GB', 'FR'])), { minLength: 4, maxLength: 4 }),
  supplies: fc.array(
    fc.record({ at: fc.constantFrom(...PLACES), quantity: fc.integer({ min: 1, max: 6 }), days: fc.nat(40) }),
    { maxLength: 3 },
  ),
});

type World = typeof worlds extends fc.Arbitrary<infer W> ? W : never;

function made(world: World) {
  const locations = new Map(
    PLACES.map((id, index): [string, Location] => [
      id,
      {
        id,
        code: id,
        gln: null,
        name: id,
        kind: id === 'STORE' ? 'STORE' : 'DISTRIBUTION_CENTER',
        capabilities: id === 'C' ? ['PICKUP'] : ['SHIP'],
        timeZone: 'UTC',
        position: null,
        openingHours: [],
        shipsTo: world.shipsTo[index] ?? null,
        lastSeenAt:
          world.silentMinutes[index] == null
            ? null
            : new Date(now.getTime() - (world.silentMinutes[index] ?? 0) * 60_000),
      },
    ]),
  );
  const stock: Stock = {
    item: {
      variantId: 'x',
      sku: 'X',
      baseUnit: 'C62',
      trackInventory: true,
      units: [{ unit: 'BX', factor: '6' }],
    },
    levels: PLACES.map((id, index) => ({
      ...emptyLevel('x', id, 'C62'),
      available: world.available[index] ?? 0,
    })),
    supplies: world.supplies.map(({ at, quantity, days }, index) => ({
      id: String(index),
      variantId: 'x',
      locationId: at,
      quantity,
      expectedAt: new Date(now.getTime() + days * 24 * 60 * 60_000),
      source: 'PO',
      isRelease: false,
    })),
  };
  const demand: Demand = {
    policy: world.policy,
    collectAt: world.collectAt,
    countryCode: world.countryCode,
    near: null,
  };
  const locationById = (id: string) => locations.get(id) ?? null;
  const availability = availabilityOf(
    { value: stock, asOf: now, basis: 'CACHED' },
    { variantId: 'x', channelId: 'web', demand, trackInventory: null, baseUnit: null, now },
    locationById,
  );
  const claim = (value: number, locationId: string | null = null, unit = 'C62') =>
    decideClaims(
      [
        {
          index: 0,
          variantId: 'x',
          locationId,
          asked: { value: String(value), unit },
          reference: null,
        },
      ],
      {
        stockOf: () => stock,
        offersOf: (one) => offersOf(one, demand, locationById, now),
        strategy: DEFAULT_STRATEGY,
      },
      'ALL',
    );
  return { stock, availability, claim };
}

describe('what is promised', () => {
  it('can be claimed, all of it, and leaves each place with what its policy wants left', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { stock, availability, claim } = made(world);
        const promised = Number(availability.availableToPromise.value);
        if (promised === 0) return;
        const decision = claim(promised);
        expect(decision.ok).toBe(true);
        if (!decision.ok) return;
        // The guarded update's own rule: what is left must not be under the floor that comes with the claim.
        for (const { locationId, quantity } of decision.value.plan.claims) {
          const level = stock.levels.find((one) => one.locationId === locationId);
          const floor = [...decision.value.floors.values()].every((units) => units >= 0);
          expect(floor).toBe(true);
          expect((level?.available ?? 0) - quantity).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is all that can be claimed, but for what may be ordered before it is there', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { availability, claim } = made(world);
        const one = claim(Number(availability.availableToPromise.value) + 1);
        const isOrderable = ['BACKORDER', 'PREORDER'].includes(availability.status);
        if (isOrderable) expect(one.ok).toBe(true);
        const never = {
          ...world,
          policy: { ...world.policy, backorderUnits: 0, sellsExpectedSupply: false },
        };
        expect(made(never).claim(Number(made(never).availability.availableToPromise.value) + 1).ok).toBe(
          false,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('at one place can be claimed at that place', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { availability, claim } = made(world);
        for (const { locationId, availableToPromise } of availability.byLocation) {
          const units = Number(availableToPromise.value);
          if (units > 0) expect(claim(units, locationId).ok).toBe(true);
        }
      }),
    );
  });

  it('in a unit it is sold in is claimed in base units', () => {
    const world = fc.sample(worlds, { numRuns: 1, seed: 1 })[0];
    if (world === undefined) throw new Error('no world was made');
    const { claim } = made({
      ...world,
      policy: DEFAULT_POLICY,
      collectAt: null,
      countryCode: null,
      available: [12, 0, 0, 0],
      silentMinutes: [null, null, null, null],
    });
    const boxes = claim(2, null, 'BX');
    expect(boxes).toMatchObject({
      ok: true,
      value: { units: ['C62'], plan: { claims: [{ quantity: 12 }] } },
    });
    expect(claim(0.25, null, 'BX')).toMatchObject({ ok: false, errors: [{ code: 'QUANTITY_INVALID' }] });
    expect(claim(1, null, 'KGM')).toMatchObject({ ok: false, errors: [{ code: 'UNIT_MISMATCH' }] });
  });
});

describe('a decision', () => {
  it('is the same when it is made again from what was kept of it', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: 30 }), (world, units) => {
        const decision = made(world).claim(units);
        if (!decision.ok) return;
        const { problem, plan } = decision.value;
        const kept: typeof problem = JSON.parse(JSON.stringify(problem));
        expect(planSources({ ...kept, offers: kept.offers.toReversed() })).toEqual(plan);
      }),
    );
  });
});
