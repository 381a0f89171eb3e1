import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SortedEntries } from './sorted-entries.ts';

const key = fc.integer({ min: 0, max: 400 }).map((number) => String(number).padStart(3, '0'));
const change = fc.record({ key, id: fc.integer({ min: 1, max: 12 }), removes: fc.boolean() });

type Pair = { key: string; id: number };
const inOrder = (pairs: Pair[]): Pair[] =>
  pairs.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id));

test('holds, in order, what a plain sorted list would hold', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 3000, size: 'max' }), key, key, (changes, a, b) => {
      const entries = new SortedEntries();
      const model = new Map<string, Pair>();
      for (const { key: name, id, removes } of changes) {
        const pair = `${name}/${id}`;
        if (removes) {
          entries.remove(name, id);
          model.delete(pair);
        } else if (!model.has(pair)) {
          entries.insert(name, id);
          model.set(pair, { key: name, id });
        }
      }
      const [from, to] = a < b ? [a, b] : [b, a];
      const expected = inOrder([...model.values()].filter((pair) => pair.key >= from && pair.key < to)).map(
        ({ id }) => id,
      );
      expect([...entries.range({ from, to })]).toEqual(expected);
      expect([...entries.range({ from, to }, true)]).toEqual(expected.toReversed());
      expect([...entries.exactly(a)]).toEqual(
        inOrder([...model.values()].filter((pair) => pair.key === a)).map(({ id }) => id),
      );
      expect(entries.size).toBe(model.size);
    }),
    { numRuns: 60 },
  );
});

test('filled at once, it estimates ranges closely and keeps taking changes', () => {
  const entries = new SortedEntries();
  entries.fill(Array.from({ length: 10_000 }, (_, id) => ({ key: String(id).padStart(5, '0'), id })));
  const estimate = entries.estimate({ from: '02000', to: '04000' });
  expect(estimate).toBeGreaterThan(1500);
  expect(estimate).toBeLessThan(2500);
  entries.insert('02000', 20_000);
  entries.remove('02001', 2001);
  expect([...entries.range({ from: '02000', to: '02003' })]).toEqual([2000, 20_000, 2002]);
});
