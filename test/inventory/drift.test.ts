import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import { adjust } from './adjust.ts';
import { auditStock } from './audit.ts';
import { item, location, place, receipt, variant } from './erp-records.ts';
import { levelOf } from './levels.ts';
import { reserve } from './reserve.ts';
import { type StartedInventory, shopper, startInventory } from './start-inventory.ts';
import { resolve } from './stock-calls.ts';

const SKUS = ['LEDGER', 'LEVEL', 'GONE', 'CLAIM', 'FINE', 'HEALED', 'PAGES'];
let inventory: StartedInventory;
beforeAll(async () => {
  inventory = await startInventory({
    locations: [location('DC')],
    items: SKUS.map((sku) => item(sku)),
    stockMovements: SKUS.flatMap((sku) => [receipt(sku, 'DC', 10), receipt(sku, 'DC', 5)]),
  });
});
afterAll(() => inventory.stop());

interface Found {
  id: string;
  kind: string;
  state: string;
  expected: { value: string };
  observed: { value: string };
  cause: string;
  resolution: string | null;
  level: { variant: { id: string } };
}

async function discrepancies(sku: string, state = 'OPEN', identity = shopper('staff')): Promise<Found[]> {
  const { inventoryDiscrepancies } = await inventory.ask<{
    inventoryDiscrepancies: { edges: { node: Found }[] };
  }>(
    `query Found($state: InventoryDiscrepancyState, $locationId: ID) {
      inventoryDiscrepancies(state: $state, locationId: $locationId, first: 50) { edges { node {
        id kind state expected { value } observed { value } cause resolution level { variant { id } } } } } }`,
    { state, locationId: place('DC') },
    identity.subject === 'staff' ? undefined : identity,
  );
  const all = inventoryDiscrepancies.edges.map(({ node }) => node);
  return all.filter(({ level }) => level.variant.id === variant(sku));
}

const kept = () => inventory.store.dependencies.store.database('inventory');
const tamper = (sku: string, change: Record<string, number>) =>
  kept()
    .collection('levels')
    .updateOne({ variantId: variant(sku) }, { $inc: change });

async function opened(sku: string): Promise<Found> {
  return until(`the detector has seen ${sku}`, async () => (await discrepancies(sku))[0], 15_000);
}

describe('a level that is not what its ledger says', () => {
  it('is opened by the detector with its cause, and not corrected', async () => {
    await tamper('LEDGER', { onHand: 3, available: 3 });
    const found = await opened('LEDGER');
    expect(found).toMatchObject({
      kind: 'LEDGER_DRIFT',
      expected: { value: '15' },
      observed: { value: '18' },
      cause: 'LEVEL_NOT_ITS_LEDGER onHand +3 available +3',
    });
    expect(await levelOf(inventory, 'LEDGER', 'DC')).toMatchObject({ onHand: 18, available: 18 });

    const key = { idempotencyKey: newId() };
    expect(await resolve(inventory, found.id, 'TRUST_CLAIMS')).toMatchObject({
      userErrors: [{ code: 'RESOLUTION_INVALID' }],
    });
    expect(await resolve(inventory, found.id, 'TRUST_LEDGER', key)).toMatchObject({
      transactions: [],
      replayed: false,
      userErrors: [],
    });
    expect(await resolve(inventory, found.id, 'TRUST_LEDGER', key)).toMatchObject({ replayed: true });
    expect(await resolve(inventory, found.id, 'TRUST_LEDGER')).toMatchObject({
      userErrors: [{ code: 'DISCREPANCY_RESOLVED' }],
    });
    expect(await levelOf(inventory, 'LEDGER', 'DC')).toMatchObject({ onHand: 15, available: 15 });
    await adjust(inventory, 'LEDGER', '1');
    expect(await audit(['LEDGER'])).toEqual({ levels: 1, discrepancies: [], next: null, userErrors: [] });
  });

  it('may be the one that is right: the difference is booked then', async () => {
    await tamper('LEVEL', { onHand: -2, available: -4, damaged: 2 });
    const found = await opened('LEVEL');
    const { transactions } = await resolve(inventory, found.id, 'TRUST_LEVEL');
    expect(transactions).toMatchObject([
      { fromState: 'AVAILABLE', toState: null, quantity: { value: '4' }, reasonCode: 'LEDGER_DRIFT' },
      { fromState: null, toState: 'DAMAGED', quantity: { value: '2' } },
    ]);
    expect(await levelOf(inventory, 'LEVEL', 'DC')).toMatchObject({ onHand: 13, available: 11 });
    await auditStock(kept(), [variant('LEVEL')]);
  });

  it('tells when lines are gone, and stays closed once somebody has accepted it', async () => {
    await adjust(inventory, 'GONE', '5');
    await kept()
      .collection('ledger')
      .deleteOne({ variantId: variant('GONE'), type: 'ADJUSTMENT' });
    const found = await opened('GONE');
    expect(found.cause).toBe('LEDGER_LINES_MISSING 1 onHand +5 available +5');
    await resolve(inventory, found.id, 'ACCEPT');
    expect((await audit(['GONE'])).discrepancies).toEqual([]);
    expect(await levelOf(inventory, 'GONE', 'DC')).toMatchObject({ onHand: 20 });
    await tamper('GONE', { onHand: 1, available: 1 });
    expect((await audit(['GONE'])).discrepancies).toMatchObject([{ state: 'OPEN' }]);
  });

  it('is closed by itself when it is seen no more', async () => {
    await tamper('HEALED', { available: 1 });
    await opened('HEALED');
    await tamper('HEALED', { available: -1 });
    await until('it is closed', async () => (await discrepancies('HEALED')).length === 0, 15_000);
    expect(await discrepancies('HEALED', 'RESOLVED')).toMatchObject([{ resolution: 'SEEN_NO_MORE' }]);
  });
});

describe('a level that holds more than its claims', () => {
  it('gives back what nobody claims, when somebody decides so', async () => {
    await reserve(inventory, [['CLAIM', 4]]);
    await kept()
      .collection('reservations')
      .deleteOne({ variantId: variant('CLAIM') });
    const found = await opened('CLAIM');
    expect(found).toMatchObject({
      kind: 'CLAIM_DRIFT',
      cause: 'LEVEL_NOT_ITS_CLAIMS reserved +4',
    });
    await resolve(inventory, found.id, 'TRUST_CLAIMS');
    expect(await levelOf(inventory, 'CLAIM', 'DC')).toMatchObject({ available: 15, reserved: 0 });
    expect((await audit(['CLAIM'])).discrepancies).toEqual([]);
  });
});

describe('an audit', () => {
  it('finds nothing where nothing is wrong, while claims go on', async () => {
    const claims = Array.from({ length: 10 }, () => reserve(inventory, [['FINE', 1]]));
    const audits = Array.from({ length: 5 }, () => audit(['FINE']));
    for (const { discrepancies: found } of await Promise.all(audits)) expect(found).toEqual([]);
    await Promise.all(claims);
    expect((await audit(null)).levels).toBe(SKUS.length);
  });

  it('is for staff, and of known places', async () => {
    await expect(discrepancies('FINE', 'OPEN', shopper('ann'))).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
    expect(await audit(null, place('NOWHERE'))).toMatchObject({ userErrors: [{ code: 'LOCATION_UNKNOWN' }] });
  });
});

async function audit(skus: readonly string[] | null, locationId = place('DC')) {
  const { auditInventory } = await inventory.ask<{
    auditInventory: { levels: number; discrepancies: unknown[]; next: string | null; userErrors: unknown[] };
  }>(
    `mutation Audit($input: AuditInventoryInput!) { auditInventory(input: $input) {
      levels discrepancies { state } next userErrors { code } } }`,
    { input: { idempotencyKey: newId(), locationId, variantIds: skus?.map(variant) } },
  );
  return auditInventory;
}
