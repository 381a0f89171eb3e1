import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fresh } from '../../../platform/cache/fresh-cache.ts';
import { availabilityOf } from './availability.ts';
import { type ChannelPolicy, DEFAULT_POLICY } from './channel-policy.ts';
import { emptyLevel, type Level } from './level.ts';
import type { Location } from './location.ts';
import type { Demand } from './offer.ts';
import type { Stock } from './stock.ts';
import type { Supply } from './supply.ts';

const now = new Date('2026-03-02T12:00:10Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const inDays = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60_000);

function given(available: Record<string, number>, more: Partial<Fresh<Stock>> = {}): Fresh<Stock> {
  const levels = Object.entries(available).map(
    ([place, units]): Level => ({
      ...emptyLevel('variant', place, 'C62'),
      onHand: units,
      available: units,
      version: 2,
    }),
  );
  return { value: { item: null, levels, supplies: [] }, asOf: now, basis: 'CACHED', ...more };
}

function expecting(stock: Fresh<Stock>, ...supplies: Partial<Supply>[]): Fresh<Stock> {
  const whole = supplies.map((supply, index) => ({
    id: `supply-${index}`,
    variantId: 'variant',
    locationId: 'A',
    quantity: 10,
    expectedAt: inDays(3),
    source: `PO-${index}`,
    isRelease: false,
    ...supply,
  }));
  return { ...stock, value: { item: null, levels: stock.value?.levels ?? [], supplies: whole } };
}

interface Asked {
  readonly policy?: Partial<ChannelPolicy>;
  readonly demand?: Partial<Demand>;
  readonly trackInventory?: boolean;
  readonly locations?: Readonly<Record<string, Partial<Location>>>;
}

function ask(stock: Fresh<Stock>, { policy, demand, trackInventory, locations }: Asked = {}) {
  return availabilityOf(
    stock,
    {
      variantId: 'variant',
      channelId: 'web',
      demand: {
        policy: { ...DEFAULT_POLICY, ...policy },
        collectAt: null,
        countryCode: null,
        near: null,
        ...demand,
      },
      trackInventory: trackInventory ?? null,
      baseUnit: null,
      now,
    },
    (id) => location(id, locations?.[id]),
  );
}

/** Every place is a warehouse that sends, but the one called STORE. */
function location(id: string, more: Partial<Location> = {}): Location {
  const isStore = id === 'STORE';
  return {
    id,
    code: id,
    gln: null,
    name: id,
    kind: isStore ? 'STORE' : 'DISTRIBUTION_CENTER',
    capabilities: isStore ? ['PICKUP'] : ['SHIP'],
    timeZone: 'Europe/London',
    position: null,
    openingHours: [],
    shipsTo: null,
    lastSeenAt: null,
    ...more,
  };
}

describe('what may be promised', () => {
  it.each([
    [0, 'OUT_OF_STOCK'],
    [1, 'LOW_STOCK'],
    [5, 'LOW_STOCK'],
    [6, 'IN_STOCK'],
  ])('of %i units is called %s', (units, status) => {
    expect(ask(given({ A: units }))).toMatchObject({ status, availableToPromise: { value: String(units) } });
  });

  it('does not let a place that owes stock eat up that of others', () => {
    const { availableToPromise, byLocation } = ask(given({ A: 3, B: -2 }));
    expect(availableToPromise.value).toBe('3');
    expect(byLocation.map(({ locationId, availableToPromise: { value } }) => [locationId, value])).toEqual([
      ['A', '3'],
      ['B', '0'],
    ]);
  });

  it('is counted at places that send, or at the place of collection', () => {
    expect(ask(given({ A: 3, STORE: 9 })).availableToPromise.value).toBe('3');
    const collected = ask(given({ A: 3, STORE: 9 }), { demand: { collectAt: 'STORE' } });
    expect(collected.availableToPromise.value).toBe('9');
  });

  it('is counted at places that send to the country', () => {
    const locations = { A: { shipsTo: ['GB', 'FR'] }, B: { shipsTo: ['US'] } };
    const units = (countryCode: string | null) =>
      ask(given({ A: 3, B: 4, C: 5 }), { locations, demand: { countryCode } }).availableToPromise.value;
    expect([units(null), units('FR'), units('US'), units('JP')]).toEqual(['12', '8', '9', '5']);
  });

  it('has no limit where stock is not counted, and is unknown where nobody has told', () => {
    expect(ask(given({}), { trackInventory: false })).toMatchObject({ status: 'IN_STOCK', byLocation: [] });
    expect(ask(given({}, { value: null })).status).toBe('UNKNOWN');
  });

  it('leaves what the channel has to leave at places of a kind', () => {
    const policy = { bufferUnits: { STORE: 4 } };
    const both = { locations: { STORE: { capabilities: ['SHIP_FROM_STORE'] as const } }, policy };
    expect(ask(given({ A: 3, STORE: 9 }), both).availableToPromise.value).toBe('8');
    expect(ask(given({ A: 3, STORE: 2 }), both).availableToPromise.value).toBe('3');
  });
});

describe('what is not there yet', () => {
  it('may be ordered where the channel sells more than there is', () => {
    expect(ask(given({ A: 0 }), { policy: { backorderUnits: 3 } }).status).toBe('BACKORDER');
    expect(ask(given({ A: -3 }), { policy: { backorderUnits: 3 } }).status).toBe('OUT_OF_STOCK');
    expect(ask(given({ STORE: 0 }), { policy: { backorderUnits: 3 } }).status).toBe('OUT_OF_STOCK');
  });

  it('is told with its dates, less what others wait for, when the channel sells it', () => {
    const stock = expecting(given({ A: -4 }), { quantity: 3, expectedAt: inDays(9) }, { quantity: 2 });
    expect(ask(stock).nextSupply).toEqual([]);
    const { status, availableToPromise, nextSupply } = ask(stock, { policy: { sellsExpectedSupply: true } });
    expect({ status, units: availableToPromise.value }).toEqual({ status: 'BACKORDER', units: '0' });
    expect(nextSupply).toEqual([
      { quantity: { value: '1', unit: 'C62' }, expectedAt: inDays(9), source: 'PO-0' },
    ]);
  });

  it('is a preorder when it comes for the first time', () => {
    const stock = expecting(given({ A: 0 }), { isRelease: true });
    expect(ask(stock, { policy: { sellsExpectedSupply: true } }).status).toBe('PREORDER');
  });

  it.each([
    ['overdue', -1],
    ['too far off', 91],
  ])('is not sold when it is %s', (_, days) => {
    const stock = expecting(given({ A: 0 }), { expectedAt: inDays(days) });
    expect(ask(stock, { policy: { sellsExpectedSupply: true } })).toMatchObject({
      status: 'OUT_OF_STOCK',
      nextSupply: [],
    });
  });
});

describe('a place that cannot be reached', () => {
  const silent = (minutes: number) => ({ locations: { A: { lastSeenAt: minutesAgo(minutes) } } });

  it.each([
    [1, 'CACHED', '9'],
    [2, 'ESTIMATED', '9'],
    [10, 'FALLBACK', '7'],
  ])('after %i minutes makes the answer %s, of %s units', (minutes, basis, units) => {
    const { availableToPromise, freshness, byLocation } = ask(given({ A: 9 }), silent(minutes));
    expect({ basis: freshness.basis, units: availableToPromise.value }).toEqual({ basis, units });
    expect(byLocation[0]?.freshness.basis).toBe(basis);
    expect(freshness.stalenessMs).toBe(basis === 'CACHED' ? 0 : minutes * 60_000);
  });

  it('promises nothing where the channel says so', () => {
    const policy: Partial<ChannelPolicy> = { whenOffline: { rule: 'STOP' }, backorderUnits: 5 };
    expect(ask(given({ A: 9 }), { ...silent(11), policy })).toMatchObject({
      status: 'OUT_OF_STOCK',
      availableToPromise: { value: '0' },
    });
  });

  it('does not make an answer about other places worse', () => {
    const stock = given({ A: 9, STORE: 9 });
    const lost = { locations: { STORE: { lastSeenAt: minutesAgo(60) } } };
    expect(ask(stock, lost).freshness.basis).toBe('CACHED');
    expect(ask(stock, { ...lost, demand: { collectAt: 'STORE' } }).freshness.basis).toBe('FALLBACK');
  });
});

describe('what an answer says of itself', () => {
  it('is how old it is, how it was come by, and where the ledger stood', () => {
    const asOf = new Date(now.getTime() - 7_000);
    expect(ask(given({ A: 1, B: 1 }, { asOf, basis: 'FALLBACK' })).freshness).toEqual({
      asOf,
      stalenessMs: 7_000,
      basis: 'FALLBACK',
      sourceSystem: 'INVENTORY',
      sourceSequence: '4',
    });
  });

  it('is never surer or fresher than any place in the sum', () => {
    const silences = fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.integer({ min: 0, max: 30 }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(silences, (minutes) => {
        const locations = Object.fromEntries(
          Object.entries(minutes).map(([id, silentFor]) => [id, { lastSeenAt: minutesAgo(silentFor) }]),
        );
        const { freshness, byLocation } = ask(given({ A: 5, B: 5, C: 5 }), { locations });
        for (const part of byLocation) {
          expect(freshness.stalenessMs).toBeGreaterThanOrEqual(part.freshness.stalenessMs);
          if (part.freshness.basis === 'FALLBACK') expect(freshness.basis).toBe('FALLBACK');
        }
      }),
    );
  });
});

describe('when it can be collected', () => {
  const shop = (more: Partial<Location>) => ({
    demand: { collectAt: 'STORE' },
    locations: { STORE: more },
  });
  const readyBy = (more: Partial<Location>, units = 5) =>
    ask(given({ STORE: units }), shop(more)).byLocation[0]?.pickupReadyBy?.toISOString() ?? null;

  it('is two hours of work from now, while the place is open', () => {
    expect(readyBy({})).toBe('2026-03-02T14:00:10.000Z');
    const monday = { weekday: 1, fromMinute: 9 * 60, toMinute: 13 * 60 } as const;
    const tuesday = { weekday: 2, fromMinute: 9 * 60, toMinute: 13 * 60 } as const;
    // An hour of Monday, less ten seconds, is left; the rest is done on Tuesday.
    expect(readyBy({ openingHours: [monday, tuesday] })).toBe('2026-03-03T10:00:10.000Z');
  });

  it('is never, where there is nothing or nothing is handed over', () => {
    expect(readyBy({}, 0)).toBeNull();
    expect(readyBy({ capabilities: ['SHIP'] })).toBeNull();
  });
});
