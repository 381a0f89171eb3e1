import { type Collection, Decimal128, ObjectId } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContractStore, contractStore } from './running-store.ts';

let store: ContractStore;
let orders: Collection;

beforeAll(async () => {
  store = await contractStore('store-contract-aggregation');
  orders = store.client.db('store-contract-aggregation').collection('orders');
  await orders.insertMany([
    { sku: 'a', qty: 1, price: Decimal128.fromString('0.10'), tags: ['x', 'y'] },
    { sku: 'a', qty: 3, price: Decimal128.fromString('0.20'), tags: [] },
    { sku: 'b', qty: 5, price: Decimal128.fromString('10') },
  ]);
  await store.client
    .db('store-contract-aggregation')
    .collection<{ _id: string }>('products')
    .insertMany([
      { _id: 'a', ...{ name: 'Apple' } },
      { _id: 'b', ...{ name: 'Bread' } },
    ]);
});
afterAll(() => store.dispose());

test('groups, sums decimals exactly and sorts', async () => {
  const groups = await orders
    .aggregate([
      {
        $group: {
          _id: '$sku',
          qty: { $sum: '$qty' },
          total: { $sum: '$price' },
          best: { $max: '$price' },
          n: { $count: {} },
        },
      },
      { $sort: { qty: -1, _id: -1 } },
    ])
    .toArray();
  expect(
    groups.map(({ total, best, ...rest }) => ({ ...rest, total: String(total), best: String(best) })),
  ).toEqual([
    { _id: 'b', qty: 5, n: 1, total: '10', best: '10' },
    { _id: 'a', qty: 4, n: 2, total: '0.30', best: '0.20' },
  ]);
});

test('joins by field, by pipeline with variables, and by both', async () => {
  const [byField] = await orders
    .aggregate([
      { $match: { qty: 5 } },
      { $lookup: { from: 'products', localField: 'sku', foreignField: '_id', as: 'p' } },
      { $unwind: '$p' },
    ])
    .toArray();
  expect(byField?.p).toEqual({ _id: 'b', name: 'Bread' });
  const counted = await store.client
    .db('store-contract-aggregation')
    .collection('products')
    .aggregate([
      {
        $lookup: {
          from: 'orders',
          let: { sku: '$_id' },
          pipeline: [{ $match: { $expr: { $eq: ['$sku', '$$sku'] } } }, { $count: 'n' }],
          as: 'all',
        },
      },
      {
        $lookup: {
          from: 'orders',
          localField: '_id',
          foreignField: 'sku',
          pipeline: [{ $match: { qty: { $gte: 3 } } }],
          as: 'large',
        },
      },
      { $project: { n: { $first: '$all.n' }, large: { $size: '$large' } } },
    ])
    .toArray();
  expect(counted).toEqual([
    { _id: 'a', n: 2, large: 1 },
    { _id: 'b', n: 1, large: 1 },
  ]);
});

test('computes money in decimals, exactly', async () => {
  const [row] = await orders
    .aggregate([
      { $match: { qty: 3 } },
      { $project: { _id: 0, t: { $multiply: ['$price', '$qty'] }, d: { $divide: ['$price', 3] } } },
    ])
    .toArray();
  expect(String(row?.t)).toBe('0.60');
  expect(String(row?.d)).toMatch(/^0\.0666666/);
});

test('unwinds, facets, buckets and replaces', async () => {
  const [result] = await orders
    .aggregate([
      {
        $facet: {
          tags: [{ $unwind: '$tags' }, { $sortByCount: '$tags' }, { $sort: { _id: 1 } }],
          kept: [{ $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } }, { $count: 'n' }],
          buckets: [{ $bucket: { groupBy: '$qty', boundaries: [0, 3, 10] } }],
          roots: [
            { $limit: 1 },
            { $replaceRoot: { newRoot: { sku: '$sku', twice: { $add: ['$qty', '$qty'] } } } },
          ],
        },
      },
    ])
    .toArray();
  expect(result).toEqual({
    tags: [
      { _id: 'x', count: 1 },
      { _id: 'y', count: 1 },
    ],
    kept: [{ n: 4 }],
    buckets: [
      { _id: 0, count: 1 },
      { _id: 3, count: 2 },
    ],
    roots: [{ sku: 'a', twice: 2 }],
  });
});

test('groups by object ids and dates of equal worth', async () => {
  const id = new ObjectId();
  const raw = store.client.db('store-contract-aggregation').collection('ids');
  await raw.insertMany([
    { k: id, d: new Date(5) },
    { k: new ObjectId(id.toHexString()), d: new Date(5) },
  ]);
  const groups = await raw.aggregate([{ $group: { _id: { k: '$k', d: '$d' }, n: { $sum: 1 } } }]).toArray();
  expect(groups).toEqual([{ _id: { k: id, d: new Date(5) }, n: 2 }]);
});

test.each([
  [{ $round: [Decimal128.fromString('2.345'), 2] }, '2.34'],
  [{ $round: [2.5] }, '2'],
  [{ $round: [1250, -2] }, '1200'],
  [{ $trunc: [Decimal128.fromString('-2.345'), 1] }, '-2.3'],
  [{ $floor: Decimal128.fromString('-2.1') }, '-3'],
  [{ $ceil: 2.1 }, '3'],
  [{ $abs: Decimal128.fromString('-2.10') }, '2.10'],
  [{ $toString: { $toDecimal: '12.50' } }, '12.50'],
  [{ $toString: new ObjectId('6b012605426c4375e34a4786') }, '6b012605426c4375e34a4786'],
  [{ $type: { $toDecimal: 1 } }, 'decimal'],
  [{ $type: { $toLong: '9007199254740993' } }, 'long'],
  [{ $add: [{ $toLong: '9007199254740993' }, 1] }, '9007199254740994'],
  [{ $subtract: [new Date(5000), new Date(2000)] }, '3000'],
  [{ $mod: [Decimal128.fromString('5.5'), 2] }, '1.5'],
])('%j is %s', async (expression, expected) => {
  const [row] = await orders
    .aggregate([{ $limit: 1 }, { $project: { _id: 0, value: expression } }], { promoteLongs: false })
    .toArray();
  expect(String(row?.value)).toBe(expected);
});

test('an expression that would run for ever is refused', async () => {
  await expect(
    orders.aggregate([{ $project: { r: { $range: [0, 1e12] } } }]).toArray(),
  ).rejects.toMatchObject({ code: 2 });
});
