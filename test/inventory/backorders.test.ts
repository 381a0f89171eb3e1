import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idFromKey } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import { item, location, receipt, variant } from './erp-records.ts';
import { levelOf } from './levels.ts';
import { allocationsOf, type ClaimedOrder, ordered, tellOf } from './orders.ts';
import { type StartedInventory, startAnother, startInventory } from './start-inventory.ts';

const BACK = { channelId: idFromKey('channel', 'backorders') };
const EXPECTING = { channelId: idFromKey('channel', 'expecting') };
const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60_000).toISOString();
const SKUS = ['SPLIT', 'QUEUE', 'DATED', 'MEANWHILE', 'LATE'];

let inventory: StartedInventory;
let other: StartedInventory;
beforeAll(async () => {
  inventory = await startInventory(
    {
      locations: [location('A'), location('B')],
      items: SKUS.map((sku) => item(sku)),
      stockMovements: [
        receipt('SPLIT', 'A', 2),
        receipt('SPLIT', 'B', 1),
        receipt('QUEUE', 'A', 1),
        receipt('DATED', 'A', 1),
        receipt('MEANWHILE', 'A', 1),
        receipt('LATE', 'A', 1),
      ],
      expectedSupplies: [supply('DATED', 4, inDays(5)), supply('LATE', 4, inDays(5))],
    },
    undefined,
    {
      channelPolicies: { backorders: { backorderUnits: 6 }, expecting: { sellsExpectedSupply: true } },
    },
  );
  // Both processes look for goods that came; each order is told by one of them.
  other = await startAnother(inventory);
});
afterAll(async () => {
  await other.stop();
  await inventory.stop();
});

function supply(sku: string, units: number, expectedAt: string) {
  const about = { sku, locationCode: 'A', unit: 'C62', source: 'PO-7', isRelease: false };
  return { id: `PO-7/${sku}`, quantity: String(units), expectedAt, ...about };
}

async function told(orderId: string) {
  const { model } = inventory.store.dependencies.integration.events;
  const events = await model
    .find({ subject: orderId, type: /^inventory\./ })
    .sort({ time: 1, _id: 1 })
    .lean();
  return events.map(({ type, data }) => {
    const { reservationId, backordered, expectedAt } = data as Record<string, unknown>;
    return { type, reservationId, backordered, expectedAt };
  });
}

async function waitsFor(claim: ClaimedOrder['claims'][number] | undefined): Promise<number> {
  const [allocation] = await allocationsOf(inventory, claim?.workId ?? '');
  return Number(allocation?.backordered.value);
}

describe('five units of which three are there', () => {
  it('are claimed where they are and where they will come, leave twice, and once more when goods came', async () => {
    const order = await ordered(inventory, ['SPLIT', 5], BACK);
    const [first, later, second] = order.claims.toSorted((left, right) =>
      `${left.code}${left.backordered}` < `${right.code}${right.backordered}` ? -1 : 1,
    );
    if (first === undefined || second === undefined || later === undefined)
      throw new Error('not three claims');
    expect([first, later, second]).toMatchObject([
      { code: 'A', units: 2, backordered: 0 },
      { code: 'A', units: 2, backordered: 2 },
      { code: 'B', units: 1, backordered: 0 },
    ]);
    expect(await levelOf(inventory, 'SPLIT', 'A')).toMatchObject({ onHand: 2, available: -2, allocated: 4 });
    const states = await inventory.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on ProductVariant { inventoryLevels { edges { node { quantities { state quantity { value } } } } } } } }`,
      { representations: [{ __typename: 'ProductVariant', id: variant('SPLIT'), baseUnit: 'C62' }] },
    );
    expect(JSON.stringify(states)).toContain('{"state":"BACKORDERED","quantity":{"value":"2"}}');

    await tellOf(inventory, 'order.shipped', 'SPLIT', order, first);
    await tellOf(inventory, 'order.shipped', 'SPLIT', order, second);
    await until('two parcels left', async () => (await levelOf(inventory, 'SPLIT', 'A'))?.onHand === 0);
    expect(await waitsFor(later)).toBe(2);

    inventory.records.stockMovements.push(receipt('SPLIT', 'A', 3));
    await until('goods came for those who wait', async () => (await waitsFor(later)) === 0);
    expect(await told(order.orderId)).toEqual([
      {
        type: 'inventory.allocationCovered',
        reservationId: later.reservationId,
        backordered: 0,
        expectedAt: null,
      },
    ]);
    await tellOf(inventory, 'order.shipped', 'SPLIT', order, later);
    await until('the third parcel left', async () => (await levelOf(inventory, 'SPLIT', 'A'))?.onHand === 1);
    expect(await levelOf(inventory, 'SPLIT', 'A')).toMatchObject({ available: 1, allocated: 0 });
    expect(await allocationsOf(inventory, later.workId)).toMatchObject([{ state: 'CONSUMED' }]);
  });
});

describe('orders that wait for goods', () => {
  it('are served in the order in which they claimed, and by what a canceled one gives back', async () => {
    const [one, two, three] = [
      await ordered(inventory, ['QUEUE', 3], BACK),
      await ordered(inventory, ['QUEUE', 2], BACK),
      await ordered(inventory, ['QUEUE', 2], BACK),
    ];
    expect([one, two, three].map(({ claims }) => claims.map(({ backordered }) => backordered))).toEqual([
      [0, 2],
      [2],
      [2],
    ]);
    inventory.records.stockMovements.push(receipt('QUEUE', 'A', 3));
    await until('the first is served', async () => (await waitsFor(one.claims[1])) === 0);
    expect([await waitsFor(two.claims[0]), await waitsFor(three.claims[0])]).toEqual([1, 2]);
    await inventory.publish('order.canceled', {
      orderId: two.orderId,
      reservationIds: two.claims.map(({ reservationId }) => reservationId),
    });
    await until('what it had is the next one’s', async () => (await waitsFor(three.claims[0])) === 1);
    expect((await told(three.orderId)).map(({ backordered }) => backordered)).toEqual([1]);
  });

  it('are told when their goods are expected, and again when that changes', async () => {
    const order = await ordered(inventory, ['DATED', 3], EXPECTING);
    const [, later] = order.claims;
    const expectedAt = async () =>
      Date.parse((await allocationsOf(inventory, later?.workId ?? ''))[0]?.expectedAt ?? '');
    const days = async () => Math.round(((await expectedAt()) - Date.now()) / (24 * 60 * 60_000));
    await until('the day is known', async () => (await days()) === 5);
    inventory.records.expectedSupplies?.push(supply('DATED', 4, inDays(9)));
    await until('it is another day', async () => (await days()) === 9);
    expect(await told(order.orderId)).toMatchObject([
      { type: 'inventory.allocationBackordered', backordered: 2 },
      { type: 'inventory.allocationBackordered', backordered: 2 },
    ]);
  });

  it('are told that goods came while they were being placed', async () => {
    const order = await ordered(inventory, ['MEANWHILE', 3], BACK, async () => {
      inventory.records.stockMovements.push(receipt('MEANWHILE', 'A', 2));
      await until('goods came', async () => (await levelOf(inventory, 'MEANWHILE', 'A'))?.available === 0);
    });
    expect(order.claims.map(({ backordered }) => backordered)).toEqual([0, 2]);
    expect(await waitsFor(order.claims[1])).toBe(0);
    expect(await told(order.orderId)).toMatchObject([
      { type: 'inventory.allocationCovered', backordered: 0 },
    ]);
  });

  it('keep their place when goods are late and nothing is expected any more', async () => {
    const order = await ordered(inventory, ['LATE', 3], EXPECTING);
    inventory.records.expectedSupplies?.push(supply('LATE', 0, inDays(5)));
    await until('nothing is expected', async () => {
      const events = await told(order.orderId);
      return events.length > 0 && events.at(-1)?.expectedAt === null;
    });
    inventory.records.stockMovements.push(receipt('LATE', 'A', 2));
    await until('it came all the same', async () => (await waitsFor(order.claims[1])) === 0);
    expect((await told(order.orderId)).map(({ type }) => type)).not.toContain('inventory.allocationFailed');
    expect(await levelOf(inventory, 'LATE', 'A')).toMatchObject({ onHand: 3, allocated: 3, available: 0 });
  });
});
