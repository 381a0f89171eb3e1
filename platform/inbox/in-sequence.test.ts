import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrange } from './in-sequence.ts';

const at = (...positions: number[]) => positions.map((position) => ({ position }));

it('gives on what follows without a hole, drops what is past and keeps what came early', () => {
  const { next, past, early } = arrange(4, at(7, 5, 4, 6, 9, 6));
  expect(next).toEqual(at(5, 6, 7));
  expect(past).toEqual(at(4, 6));
  expect(early).toEqual(at(9));
});

it('given any order, any repetition and any portions, every change is given on once and in its order', () => {
  const deliveries = fc.integer({ min: 0, max: 30 }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      // Each change at least once, some again, in any order.
      order: fc
        .array(fc.integer({ min: 1, max: Math.max(1, count) }), { maxLength: 40 })
        .chain((again) =>
          fc.shuffledSubarray(
            [...Array.from({ length: count }, (_, index) => index + 1), ...(count === 0 ? [] : again)],
            { minLength: count + (count === 0 ? 0 : again.length) },
          ),
        ),
      portion: fc.integer({ min: 1, max: 7 }),
    }),
  );
  fc.assert(
    fc.property(deliveries, ({ count, order, portion }) => {
      let place = 0;
      const waiting: { position: number }[] = [];
      const given: number[] = [];
      for (let start = 0; start < order.length; start += portion) {
        waiting.push(...at(...order.slice(start, start + portion)));
        const { next } = arrange(place, waiting);
        given.push(...next.map(({ position }) => position));
        place = next.at(-1)?.position ?? place;
      }
      expect(given).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    }),
  );
});
