import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rmaNumber } from './rma-number.ts';

it('is readable, the same for the same return, and another for another', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (one, other) => {
      expect(rmaNumber(one)).toMatch(/^RMA-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
      expect(rmaNumber(one)).toBe(rmaNumber(one));
      expect(rmaNumber(one) === rmaNumber(other)).toBe(one === other);
    }),
  );
});
