import fc from 'fast-check';
import type { Filter } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContractStore, contractStore } from './running-store.ts';

/** Documents plain enough for a model of a few lines: a number that may be missing, and a list of small numbers. */
type Row = { _id: number; n?: number; tags: number[] };
type Condition =
  | { on: 'n' | 'tags' | '_id'; is: '$eq' | '$gt' | '$gte' | '$lt' | '$lte' | '$ne'; value: number }
  | { on: 'n' | 'tags'; is: '$in'; values: number[] }
  | { on: 'n'; is: 'missing' };
type Query = { all: Condition[]; any: Condition[] };
type Step =
  | { kind: 'insert'; row: Row }
  | { kind: 'increment' | 'set' | 'push' | 'pull'; query: Query; value: number }
  | { kind: 'unset' | 'delete'; query: Query }
  | { kind: 'find'; query: Query; by: 'n' | '_id'; down: boolean; skip: number; limit: number };

const small = fc.integer({ min: 0, max: 12 });
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    on: fc.constantFrom('n', 'tags', '_id'),
    is: fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne'),
    value: small,
  }),
  fc.record({
    on: fc.constantFrom('n', 'tags'),
    is: fc.constant('$in' as const),
    values: fc.array(small, { maxLength: 4 }),
  }),
  fc.constant({ on: 'n' as const, is: 'missing' as const }),
);
const query: fc.Arbitrary<Query> = fc.record({
  all: fc.array(condition, { maxLength: 3 }),
  any: fc.array(condition, { maxLength: 2 }),
});
const row: fc.Arbitrary<Row> = fc
  .record({ _id: small, n: fc.option(small, { nil: undefined }), tags: fc.array(small, { maxLength: 3 }) })
  .map(({ _id, n, tags }) => (n === undefined ? { _id, tags } : { _id, n, tags }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('insert' as const), row }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('increment', 'set', 'push', 'pull'),
      query,
      value: small,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('unset', 'delete'), query }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('find' as const),
      query,
      by: fc.constantFrom('n', '_id'),
      down: fc.boolean(),
      skip: fc.integer({ min: 0, max: 2 }),
      limit: fc.integer({ min: 1, max: 8 }),
    }),
  },
);

function filterOf({ all, any }: Query): Filter<Row> {
  const clause = (one: Condition): Filter<Row> => {
    // Null finds what is missing too, which the driver's types do not know.
    if (one.is === 'missing') return { [one.on]: null as never };
    return { [one.on]: { [one.is]: 'values' in one ? one.values : one.value } };
  };
  // One condition a field stands beside its name: such a filter may be answered by an index alone.
  const together = new Set(all.map(({ on }) => on)).size < all.length;
  return {
    ...(together ? { $and: all.map(clause) } : Object.assign({}, ...all.map(clause))),
    ...(any.length > 0 ? { $or: any.map(clause) } : {}),
  };
}

function holds(one: Condition, row: Row): boolean {
  if (one.is === 'missing') return row.n === undefined;
  const found = one.on === 'tags' ? row.tags : [row[one.on]].filter((value) => value !== undefined);
  if (one.is === '$in') return found.some((value) => one.values.includes(value));
  const { value } = one;
  switch (one.is) {
    case '$eq':
      return found.includes(value);
    case '$ne':
      return !found.includes(value);
    case '$gt':
      return found.some((other) => other > value);
    case '$gte':
      return found.some((other) => other >= value);
    case '$lt':
      return found.some((other) => other < value);
    case '$lte':
      return found.some((other) => other <= value);
  }
}

const matches = ({ all, any }: Query, row: Row): boolean =>
  all.every((one) => holds(one, row)) && (any.length === 0 || any.some((one) => holds(one, row)));

/** Applies a change to a row of the model. */
function change(target: Row, { kind, value }: { kind: string; value: number }): void {
  if (kind === 'increment') target.n = (target.n ?? 0) + value;
  else if (kind === 'set') target.n = value;
  else if (kind === 'unset') delete target.n;
  else if (kind === 'push') target.tags.push(value);
  else target.tags = target.tags.filter((tag) => tag !== value);
}

const operators: Record<string, (value: number) => object> = {
  increment: (value) => ({ $inc: { n: value } }),
  set: (value) => ({ $set: { n: value } }),
  unset: () => ({ $unset: { n: '' } }),
  push: (value) => ({ $push: { tags: value } }),
  pull: (value) => ({ $pull: { tags: value } }),
};

const inOrder = (rows: Row[], by: 'n' | '_id', down: boolean): Row[] =>
  rows.toSorted((a, b) => {
    const order = (a[by] ?? -1) - (b[by] ?? -1);
    return (down ? -order : order) || a._id - b._id;
  });

const indexes = [[], [{ n: 1 }], [{ tags: 1 }, { n: -1, _id: 1 }], [{ n: 1, tags: -1 }]] as const;

let store: ContractStore;
let runs = 0;
beforeAll(async () => {
  store = await contractStore('store-contract-model');
});
afterAll(() => store.dispose());

test('any course of writes and queries gives what a naive list in memory gives, with whatever indexes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 40 }),
      fc.constantFrom(...indexes),
      async (steps, keys) => {
        const rows = store.client.db('store-contract-model').collection<Row>(`run${runs++}`);
        for (const key of keys) await rows.createIndex(key);
        const model = new Map<number, Row>();
        for (const one of steps) {
          if (one.kind === 'insert') {
            const inserted = await rows.insertOne(one.row).then(
              () => true,
              () => false,
            );
            expect(inserted).toBe(!model.has(one.row._id));
            if (inserted) model.set(one.row._id, structuredClone(one.row));
            continue;
          }
          const wanted = [...model.values()].filter((candidate) => matches(one.query, candidate));
          const filter = filterOf(one.query);
          if (one.kind === 'find') {
            const direction = one.down ? -1 : 1;
            const found = await rows
              .find(filter)
              .sort(one.by === 'n' ? { n: direction, _id: 1 } : { _id: direction })
              .skip(one.skip)
              .limit(one.limit)
              .toArray();
            expect(found).toEqual(inOrder(wanted, one.by, one.down).slice(one.skip, one.skip + one.limit));
            expect(await rows.countDocuments(filter)).toBe(wanted.length);
          } else if (one.kind === 'delete') {
            expect((await rows.deleteMany(filter)).deletedCount).toBe(wanted.length);
            for (const { _id } of wanted) model.delete(_id);
          } else {
            const value = 'value' in one ? one.value : 0;
            const { matchedCount } = await rows.updateMany(filter, operators[one.kind]?.(value) ?? {});
            expect(matchedCount).toBe(wanted.length);
            for (const target of wanted) change(target, { kind: one.kind, value });
          }
        }
        const left = await rows.find().sort({ _id: 1 }).toArray();
        expect(left).toEqual(inOrder([...model.values()], '_id', false));
      },
    ),
    { numRuns: 40 },
  );
}, 30_000);
