import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Offer } from './offer.ts';
import { planSources } from './sourcing.ts';
import type { SourcingLine } from './sourcing-strategy.ts';

type Stock = Record<string, Record<string, number>>;

function plan(
  lines: readonly (readonly [string, number, string?])[],
  stock: Stock,
  more: (offer: Offer) => Partial<Offer> = () => ({}),
) {
  return planSources({
    lines: lines.map(([variantId, quantity, at], index) => ({
      index,
      variantId,
      quantity,
      locationId: at ?? null,
    })),
    offers: offers(stock).map((offer) => ({ ...offer, ...more(offer) })),
  });
}

function offers(stock: Stock): Offer[] {
  return Object.entries(stock).flatMap(([variantId, places]) =>
    Object.entries(places).map(([locationId, units]) => ({
      variantId,
      locationId,
      now: Math.max(0, units),
      later: 0,
      keeps: 0,
      owes: 0,
      serves: locationId !== 'STORE',
      km: null,
      connectivity: 'ONLINE' as const,
    })),
  );
}

const claimed = ({ claims }: ReturnType<typeof plan>) =>
  claims.map(({ index, locationId, quantity }) => [index, locationId, quantity]);

describe('choosing where stock comes from', () => {
  it('takes one place that has all, though others have more of each', () => {
    const stock = { x: { A: 9, B: 2 }, y: { B: 2, C: 9 } };
    expect(
      claimed(
        plan(
          [
            ['x', 2],
            ['y', 1],
          ],
          stock,
        ),
      ),
    ).toEqual([
      [0, 'B', 2],
      [1, 'B', 1],
    ]);
  });

  it('takes the place with most stock among those that have all, and the lower id among equals', () => {
    expect(claimed(plan([['x', 2]], { x: { A: 3, B: 5 } }))).toEqual([[0, 'B', 2]]);
    expect(claimed(plan([['x', 2]], { x: { B: 5, A: 5 } }))).toEqual([[0, 'A', 2]]);
  });

  it('else keeps each line whole, at a place that is used already if it can', () => {
    const stock = { x: { A: 5 }, y: { B: 5 }, z: { A: 3, C: 9 } };
    expect(
      claimed(
        plan(
          [
            ['x', 1],
            ['y', 1],
            ['z', 1],
          ],
          stock,
        ),
      ),
    ).toEqual([
      [0, 'A', 1],
      [1, 'B', 1],
      [2, 'A', 1],
    ]);
  });

  it('else splits, most first', () => {
    expect(claimed(plan([['x', 7]], { x: { A: 2, B: 4, C: 3 } }))).toEqual([
      [0, 'B', 4],
      [0, 'C', 3],
    ]);
  });

  it('serves lines that name a place from there, and first', () => {
    const result = plan(
      [
        ['x', 3],
        ['x', 3, 'A'],
      ],
      { x: { A: 4, B: 3 } },
    );
    expect(claimed(result)).toEqual([
      [0, 'B', 3],
      [1, 'A', 3],
    ]);
  });

  it('takes the nearest of the places that have all, before the one with most', () => {
    const km: Record<string, number> = { A: 300, B: 10, C: 20 };
    const near = ({ locationId: id }: Offer) => ({ km: km[id] ?? null });
    expect(claimed(plan([['x', 2]], { x: { A: 9, B: 1, C: 3 } }, near))).toEqual([[0, 'C', 2]]);
  });

  it('finds the fewest parcels where taking the fullest place first would need one more', () => {
    const stock = { x: { A: 6, B: 5 }, y: { A: 0, B: 5, C: 4 }, z: { A: 0, C: 5 } };
    const result = plan(
      [
        ['x', 5],
        ['y', 5],
        ['z', 5],
      ],
      stock,
    );
    expect(new Set(result.claims.map(({ locationId: id }) => id))).toEqual(new Set(['B', 'C']));
  });

  it('takes what is to come only when what is there does not suffice', () => {
    const result = plan([['x', 6]], { x: { A: 2, B: 3 } }, ({ locationId: id }) => ({
      later: id === 'B' ? 4 : 0,
    }));
    expect(claimed(result)).toEqual([
      [0, 'B', 3],
      [0, 'A', 2],
      [0, 'B', 1],
    ]);
    expect(result.claims.map(({ when }) => when)).toEqual(['now', 'now', 'later']);
    expect(result.shortages).toEqual([]);
  });

  it('does not send from a place that does not send', () => {
    expect(plan([['x', 3]], { x: { A: 2, STORE: 9 } })).toEqual({
      claims: [{ index: 0, variantId: 'x', locationId: 'A', quantity: 2, when: 'now' }],
      shortages: [{ index: 0, available: 2 }],
    });
  });
});

const variantId = fc.constantFrom('x', 'y');
const locationId = fc.constantFrom('A', 'B', 'C', 'STORE');
const stocks = fc.dictionary(variantId, fc.dictionary(locationId, fc.integer({ min: -5, max: 20 })));
const wishes = fc.array(
  fc.record({ variantId, quantity: fc.integer({ min: 1, max: 15 }), at: fc.option(locationId) }),
  { minLength: 1, maxLength: 6 },
);

describe('any plan', () => {
  const planOf = (stock: Stock, wish: { variantId: string; quantity: number; at: string | null }[]) => {
    const lines: SourcingLine[] = wish.map(({ at, ...line }, index) => ({ ...line, index, locationId: at }));
    return {
      lines,
      ...planSources({ lines, offers: offers(stock) }),
    };
  };

  it('claims no more than there is and no more than was asked for, where it was asked for', () => {
    fc.assert(
      fc.property(stocks, wishes, (stock, wish) => {
        const { lines, claims, shortages } = planOf(stock, wish);
        const taken = Map.groupBy(claims, (claim) => `${claim.variantId}|${claim.locationId}`);
        for (const [key, group] of taken) {
          const [variant = '', place = ''] = key.split('|');
          const sum = group.reduce((total, { quantity }) => total + quantity, 0);
          expect(sum).toBeLessThanOrEqual(stock[variant]?.[place] ?? 0);
        }
        for (const { index, quantity, locationId: at } of lines) {
          const own = claims.filter((claim) => claim.index === index);
          const sum = own.reduce((total, claim) => total + claim.quantity, 0);
          const isShort = shortages.some((one) => one.index === index);
          expect(isShort ? sum < quantity : sum === quantity).toBe(true);
          for (const claim of own)
            expect(at === null ? claim.locationId !== 'STORE' : claim.locationId === at).toBe(true);
        }
      }),
    );
  });

  it('falls short only when the places that send do not have it', () => {
    fc.assert(
      fc.property(stocks, wishes, (stock, wish) => {
        const free = wish.map((line) => ({ ...line, at: null }));
        const { shortages } = planOf(stock, free);
        const isShort = ['x', 'y'].some((id) => {
          const have = offers(stock)
            .filter((one) => one.variantId === id && one.serves)
            .reduce((sum, { now }) => sum + now, 0);
          return (
            have < free.filter((one) => one.variantId === id).reduce((sum, { quantity }) => sum + quantity, 0)
          );
        });
        expect(shortages.length > 0).toBe(isShort);
      }),
    );
  });

  it('is the same whatever order the stock is listed in', () => {
    fc.assert(
      fc.property(stocks, wishes, (stock, wish) => {
        const turned = Object.fromEntries(
          Object.entries(stock).map(([id, at]) => [id, Object.fromEntries(Object.entries(at).reverse())]),
        );
        expect(planOf(turned, wish)).toEqual(planOf(stock, wish));
      }),
    );
  });
});
