import { afterEach, describe, expect, it } from 'vitest';
import { item, location, receipt } from './erp-records.ts';
import { ledgerSums, levelOf } from './levels.ts';
import { type ReservePayload, reserve } from './reserve.ts';
import { type StartedInventory, startAnother, startInventory } from './start-inventory.ts';

const running: StartedInventory[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

async function given50UnitsOverThreePlaces(): Promise<StartedInventory> {
  const inventory = await startInventory({
    locations: [location('A'), location('B'), location('C')],
    items: [item('HOT')],
    stockMovements: [receipt('HOT', 'A', 20), receipt('HOT', 'B', 20), receipt('HOT', 'C', 10)],
  });
  running.push(inventory);
  return inventory;
}

async function thenExactly50AreGranted(inventory: StartedInventory, claims: readonly ReservePayload[]) {
  const granted = claims.filter(({ userErrors }) => userErrors.length === 0);
  expect(granted).toHaveLength(50);
  expect(new Set(granted.flatMap(({ reservations }) => reservations.map(({ id }) => id))).size).toBe(50);
  const codes = claims.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
  expect(new Set(codes)).toEqual(new Set(['INSUFFICIENT_STOCK']));
  for (const [code, onHand] of [
    ['A', 20],
    ['B', 20],
    ['C', 10],
  ] as const) {
    const figures = { onHand, available: 0, reserved: onHand };
    expect(await levelOf(inventory, 'HOT', code)).toMatchObject(figures);
    expect(await ledgerSums(inventory, 'HOT', code)).toEqual(figures);
  }
}

describe('a rush on scarce stock', () => {
  it('grants 200 claims at once on 50 units over three places exactly 50 times', async () => {
    const inventory = await given50UnitsOverThreePlaces();
    const claims = await Promise.all(Array.from({ length: 200 }, () => reserve(inventory, [['HOT', 1]])));
    await thenExactly50AreGranted(inventory, claims);
  }, 60_000);

  it('grants no more when two processes, which know nothing of each other, are asked at once', async () => {
    const first = await given50UnitsOverThreePlaces();
    const second = await startAnother(first);
    running.push(second);
    const claims = await Promise.all(
      Array.from({ length: 100 }, (_, index) => reserve(index % 2 === 0 ? first : second, [['HOT', 1]])),
    );
    await thenExactly50AreGranted(first, claims);
  }, 60_000);

  it('is not fooled by what a process remembers', async () => {
    const first = await given50UnitsOverThreePlaces();
    const second = await startAnother(first);
    running.push(second);
    expect((await reserve(second, [['HOT', 1]])).userErrors).toEqual([]);
    expect((await reserve(second, [['HOT', 60]])).userErrors).toMatchObject([
      { availableQuantity: { value: '49' } },
    ]);
    expect((await reserve(first, [['HOT', 49]])).userErrors).toEqual([]);
    expect((await reserve(second, [['HOT', 1]])).userErrors).toMatchObject([{ code: 'INSUFFICIENT_STOCK' }]);
    expect((await levelOf(first, 'HOT', 'A'))?.available).toBe(0);
  });
});
