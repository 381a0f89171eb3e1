import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { adjust } from './adjust.ts';
import { auditStock } from './audit.ts';
import { item, location, place, receipt, variant } from './erp-records.ts';
import { levelOf } from './levels.ts';
import { reserve } from './reserve.ts';
import { type StartedInventory, shopper, startInventory } from './start-inventory.ts';
import { move } from './stock-calls.ts';

let inventory: StartedInventory;
beforeAll(async () => {
  inventory = await startInventory({
    locations: [location('DC')],
    items: [item('M'), item('N')],
    stockMovements: [receipt('M', 'DC', 10), receipt('N', 'DC', 10)],
  });
});
afterAll(() => inventory.stop());

describe('goods moved by hand', () => {
  it('cannot be sold while they are held, and are on hand all the time', async () => {
    const key = { idempotencyKey: newId() };
    const held = { from: 'AVAILABLE', to: 'QUALITY_HOLD', units: 8, ...key };
    const first = await move(inventory, 'M', 'DC', held);
    expect(first).toMatchObject({
      transactions: [{ type: 'ADJUSTMENT', fromState: 'AVAILABLE', toState: 'QUALITY_HOLD' }],
      replayed: false,
    });
    expect(await move(inventory, 'M', 'DC', held)).toEqual({ ...first, replayed: true });
    expect(await levelOf(inventory, 'M', 'DC')).toMatchObject({ onHand: 10, available: 2, qualityHold: 8 });
    expect((await reserve(inventory, [['M', 3]])).userErrors).toMatchObject([
      { availableQuantity: { value: '2' } },
    ]);
    expect(await move(inventory, 'M', 'DC', { ...held, units: 7 })).toMatchObject({
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
    });
  });

  it('are written off from the state they are in', async () => {
    await move(inventory, 'N', 'DC', { from: 'AVAILABLE', to: 'DAMAGED', units: 4 });
    const scrap = await adjust(inventory, 'N', '-3', { state: 'DAMAGED', reasonCode: 'SCRAP' });
    expect(scrap.data).toMatchObject({ adjustInventory: { transactions: [{ fromState: 'DAMAGED' }] } });
    expect(await levelOf(inventory, 'N', 'DC')).toMatchObject({ onHand: 7, available: 6, damaged: 1 });
    const more = await adjust(inventory, 'N', '-2', { state: 'DAMAGED', reasonCode: 'SCRAP' });
    expect(more.data).toMatchObject({
      adjustInventory: { userErrors: [{ code: 'INSUFFICIENT_STOCK', availableQuantity: { value: '1' } }] },
    });
    await auditStock(inventory.store.dependencies.store.database('inventory'), [variant('N')]);
  });

  it.each([
    ['there are too few', { units: 99 }, 'INSUFFICIENT_STOCK'],
    ['they belong to a claim', { to: 'RESERVED' }, 'STATE_NOT_ALLOWED'],
    ['they do not move', { to: 'AVAILABLE' }, 'STATE_UNCHANGED'],
    ['they are half a unit', { units: '0.5' }, 'QUANTITY_INVALID'],
    ['nobody says why', { reasonCode: '' }, 'REASON_INVALID'],
    ['nobody knows where', { locationId: place('NOWHERE') }, 'LOCATION_UNKNOWN'],
  ])('stay when %s', async (_, more, code) => {
    const before = await levelOf(inventory, 'N', 'DC');
    const payload = await move(inventory, 'N', 'DC', { from: 'AVAILABLE', to: 'DAMAGED', units: 1, ...more });
    expect(payload).toMatchObject({ transactions: [], userErrors: [{ code }] });
    expect(await levelOf(inventory, 'N', 'DC')).toEqual(before);
  });

  it('are moved by staff', async () => {
    await expect(
      move(inventory, 'M', 'DC', { from: 'AVAILABLE', to: 'DAMAGED', units: 1 }, shopper('ann')),
    ).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });
});
