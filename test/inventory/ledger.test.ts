import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { prepareModels } from '../../platform/store/store.ts';
import { levelId } from '../../subgraphs/inventory/domain/level.ts';
import type { Movement } from '../../subgraphs/inventory/domain/movement.ts';
import type { Booking } from '../../subgraphs/inventory/store/booking.ts';
import { type Collections, createCollections } from '../../subgraphs/inventory/store/collections.ts';
import { createLedger, type Ledger, type ShortLevel } from '../../subgraphs/inventory/store/ledger.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';

const at = new Date('2026-03-01T12:00:00Z');
let store: TestStore;
let collections: Collections;
let ledger: Ledger;

beforeAll(async () => {
  store = await startTestStore();
  collections = createCollections(store.dependencies.store.database('inventory'));
  await prepareModels(Object.values(collections));
  ledger = createLedger(collections);
});
afterAll(() => store.stop());

function movement(variantId: string, quantity: number, more: Partial<Movement> = {}): Movement {
  return {
    type: 'ADJUSTMENT',
    variantId,
    locationId: 'place',
    unit: 'C62',
    from: quantity < 0 ? 'available' : null,
    to: quantity < 0 ? null : 'available',
    quantity: Math.abs(quantity),
    occurredAt: at,
    sourceSystem: 'TEST',
    sourceEventId: newId(),
    reasonCode: null,
    ...more,
  };
}

/** Books as every caller does: what fell short rolls the transaction back. */
async function book(movements: Movement[], more: Pick<Booking, 'floors'> = {}): Promise<ShortLevel[]> {
  const undone = new Error('rolled back');
  let short: ShortLevel[] = [];
  await store.dependencies.store
    .transaction(async (session) => {
      short = await ledger.book(session, { movements, at, ...more });
      if (short.length > 0) throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return short;
}

const levelOf = (variantId: string) => collections.levels.findOne({ variantId }).lean();
const linesOf = (variantId: string) => collections.ledger.countDocuments({ variantId });

describe('the ledger', () => {
  it('lets no more out than there is, when all ask at once and nobody looks before', async () => {
    await book([movement('rush', 10)]);
    const answers = await Promise.all(Array.from({ length: 30 }, () => book([movement('rush', -1)])));
    expect(answers.filter((short) => short.length === 0)).toHaveLength(10);
    expect(await levelOf('rush')).toMatchObject({ onHand: 0, available: 0 });
    expect(await linesOf('rush')).toBe(11);
  });

  it('names each level that fell short, with what it has, and leaves no trace', async () => {
    await book([movement('enough', 5), movement('little', 2)]);
    const short = await book([movement('enough', -5), movement('little', -3), movement('none', -1)]);
    expect(short).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ variantId: 'little', locationId: 'place', available: 2, version: 1 }),
        expect.objectContaining({ variantId: 'none', locationId: 'place', available: 0, version: 0 }),
      ]),
    );
    expect(short).toHaveLength(2);
    expect(await levelOf('enough')).toMatchObject({ available: 5, version: 1 });
    expect(await levelOf('none')).toBeNull();
    expect(await linesOf('none')).toBe(0);
  });

  it('weighs all movements of a level together', async () => {
    expect(await book([movement('sum', 2)])).toEqual([]);
    expect(await book([movement('sum', -1), movement('sum', -2)])).toHaveLength(1);
    expect(await book([movement('sum', -3), movement('sum', 1)])).toEqual([]);
    expect(await levelOf('sum')).toMatchObject({ onHand: 0, available: 0, version: 2 });
  });

  it('numbers its steps level by level, without a gap', async () => {
    await book([movement('steps', 5), movement('other', 1)]);
    await book([movement('steps', -1), movement('steps', -1)]);
    await book([movement('steps', -9)]);
    await book([movement('steps', -1)]);
    const lines = await collections.ledger.find({ variantId: 'steps' }).sort({ position: 1 }).lean();
    expect(lines.map(({ position, quantity }) => [position, quantity])).toEqual([
      [1, 5],
      [2, 1],
      [2, 1],
      [3, 1],
    ]);
  });

  it('leaves what it is told to leave, and owes as much as it is told it may, also where there was nothing yet', async () => {
    const floor = (variantId: string, units: number) => ({
      floors: new Map([[levelId(variantId, 'place'), units]]),
    });
    await book([movement('kept', 5)]);
    expect(await book([movement('kept', -3)], floor('kept', 3))).toHaveLength(1);
    expect(await book([movement('kept', -2)], floor('kept', 3))).toEqual([]);
    expect(await book([movement('owed', -2)], floor('owed', -1))).toHaveLength(1);
    expect(await levelOf('owed')).toBeNull();
    expect(await book([movement('owed', -2)], floor('owed', -2))).toEqual([]);
    expect(await book([movement('owed', -1)], floor('owed', -2))).toHaveLength(1);
    expect(await levelOf('owed')).toMatchObject({ available: -2, version: 1 });
  });

  it('refuses the same event a second time', async () => {
    const once = movement('twice', 1);
    await book([once]);
    await expect(book([once])).rejects.toMatchObject({ code: 11000 });
    expect(await levelOf('twice')).toMatchObject({ onHand: 1 });
  });

  it('books what has happened already, though there is too little', async () => {
    await store.dependencies.store.transaction((session) =>
      ledger.record(session, { movements: [movement('gone', -4)], at }),
    );
    expect(await levelOf('gone')).toMatchObject({ onHand: -4, available: -4, reserved: 0 });
  });
});
