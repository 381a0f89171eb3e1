import { describe, expect, it } from 'vitest';
import { PIECE, quantity } from '../../../platform/quantity.ts';
import { answerDigest } from './answer-digest.ts';
import type { Availability } from './availability.ts';

const asOf = (minute: number) => ({
  asOf: new Date(Date.UTC(2026, 0, 1, 8, minute)),
  stalenessMs: 0,
  basis: 'CACHED' as const,
  sourceSystem: 'INVENTORY' as const,
  sourceSequence: null,
});

function given(promised: {
  dc: number;
  shop?: number;
  minute?: number;
  reserved?: number;
  expected?: number;
}): Availability {
  const { dc, shop = 3, minute = 0, reserved = 0, expected } = promised;
  const at = (locationId: string, units: number) => ({
    locationId,
    availableToPromise: quantity(units, PIECE),
    pickupReadyBy: null,
    freshness: asOf(minute),
  });
  return {
    variantId: 'v',
    channelId: 'web',
    status: dc + shop > 0 ? 'IN_STOCK' : 'OUT_OF_STOCK',
    availableToPromise: quantity(dc + shop, PIECE),
    onHand: quantity(dc + shop + reserved, PIECE),
    reserved: quantity(reserved, PIECE),
    safetyStock: quantity(0, PIECE),
    nextSupply:
      expected === undefined
        ? []
        : [
            {
              quantity: quantity(expected, PIECE),
              expectedAt: new Date(Date.UTC(2026, 1, 1)),
              source: 'PO-1',
            },
          ],
    byLocation: [at('dc', dc), at('shop', shop)],
    freshness: asOf(minute),
  };
}

describe('the digest of an answer', () => {
  const digest = (promised: Parameters<typeof given>[0]) => answerDigest(given(promised), null);
  const atShop = (promised: Parameters<typeof given>[0]) => answerDigest(given(promised), new Set(['shop']));

  it('given the same is promised, then it is the same, however fresh and whatever staff see', () => {
    expect(digest({ dc: 5, minute: 9, reserved: 2 })).toBe(digest({ dc: 5 }));
  });

  it('given more or less is promised or expected, also from elsewhere, then it is another one', () => {
    const all = [
      { dc: 5 },
      { dc: 4 },
      { dc: 4, shop: 4 },
      { dc: 5, expected: 1 },
      { dc: 5, expected: 2 },
      { dc: 0, shop: 0 },
    ];
    expect(new Set(all.map(digest)).size).toBe(all.length);
  });

  it('given places, then only what is promised there and what is expected counts', () => {
    expect(atShop({ dc: 0 })).toBe(atShop({ dc: 5 }));
    expect(atShop({ dc: 5, shop: 2 })).not.toBe(atShop({ dc: 5 }));
    expect(atShop({ dc: 5, expected: 1 })).not.toBe(atShop({ dc: 5 }));
  });
});
