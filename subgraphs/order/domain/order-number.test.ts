import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderNumber } from './order-number.ts';

describe('the number of an order', () => {
  it('given any id, then it can be read out: two groups of five digits without I, L, O and U', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(orderNumber(id)).toMatch(/^UC-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
      }),
    );
  });

  it('given the same order, then it is the same in every attempt, and another one when that is taken', () => {
    expect(orderNumber('order-1')).toBe(orderNumber('order-1'));
    expect(orderNumber('order-1', 1)).not.toBe(orderNumber('order-1'));
  });

  it('given ten thousand orders, then no two share one', () => {
    const numbers = new Set(Array.from({ length: 10_000 }, (_, index) => orderNumber(`order-${index}`)));
    expect(numbers.size).toBe(10_000);
  });
});
