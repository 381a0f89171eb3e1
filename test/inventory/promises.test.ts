import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idFromKey } from '../../platform/ids.ts';
import { planSources } from '../../subgraphs/inventory/domain/sourcing.ts';
import type { SourcingDecisionRecord } from '../../subgraphs/inventory/store/records.ts';
import { createSourcingDecisions } from '../../subgraphs/inventory/store/sourcing-decisions.ts';
import { until } from '../kit/until.ts';
import { item, location, place, receipt, variant } from './erp-records.ts';
import { levelOf } from './levels.ts';
import { reserve } from './reserve.ts';
import { type StartedInventory, startInventory } from './start-inventory.ts';

const WEB = idFromKey('channel', 'web');
const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60_000).toISOString();
const london = { lat: 51.5, lon: -0.12 };
const paris = { lat: 48.86, lon: 2.35 };
const leeds = { lat: 53.8, lon: -1.55 };

let inventory: StartedInventory;
beforeAll(async () => {
  inventory = await startInventory(
    {
      locations: [
        location('LONDON', { ...london, shipsTo: ['GB'] }),
        location('PARIS', paris),
        location('LEEDS', {
          ...leeds,
          kind: 'STORE',
          capabilities: ['SHIP_FROM_STORE', 'PICKUP'],
          openingHours: ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({
            weekday,
            from: '00:00',
            to: '24:00',
          })),
        }),
      ],
      items: [
        ...['NEAR', 'BUFFERED', 'ABROAD', 'PAIR', 'SOLD-OUT'].map((sku) => item(sku)),
        item('SOON'),
        item('BOXED', { unitConversions: [{ unit: 'BX', factor: '6' }] }),
      ],
      stockMovements: [
        ...['LONDON', 'PARIS', 'LEEDS'].map((code) => receipt('NEAR', code, 9)),
        receipt('BUFFERED', 'LEEDS', 5),
        receipt('ABROAD', 'LONDON', 4),
        receipt('PAIR', 'LONDON', 3),
        receipt('PAIR', 'PARIS', 4),
        receipt('BOXED', 'PARIS', 20),
        receipt('SOLD-OUT', 'PARIS', 1),
      ],
      expectedSupplies: [
        {
          id: 'PO-1/1',
          sku: 'SOON',
          locationCode: 'PARIS',
          quantity: '5',
          unit: 'C62',
          expectedAt: inDays(10),
          source: 'PO-1',
          isRelease: true,
        },
        {
          id: 'PO-2/1',
          sku: 'SOLD-OUT',
          locationCode: 'PARIS',
          quantity: '2',
          unit: 'C62',
          expectedAt: inDays(3),
          source: 'PO-2',
          isRelease: false,
        },
      ],
    },
    undefined,
    { channelPolicies: { web: { bufferUnits: { STORE: 2 }, sellsExpectedSupply: true } } },
  );
});
afterAll(() => inventory.stop());

interface Answer {
  status: string;
  availableToPromise: { value: string };
  nextSupply: { quantity: { value: string }; expectedAt: string; source: string }[];
  byLocation: {
    location: { code: string };
    availableToPromise: { value: string };
    pickupReadyBy: string | null;
  }[];
}

async function availability(sku: string, destination: object | null = null, channelId = WEB) {
  const { availability: answers } = await inventory.ask<{ availability: Answer[] }>(
    `query ($variantIds: [ID!]!, $channelId: ID!, $destination: DestinationInput) {
      availability(variantIds: $variantIds, channelId: $channelId, destination: $destination) {
        status availableToPromise { value } nextSupply { quantity { value } expectedAt source }
        byLocation { location { code } availableToPromise { value } pickupReadyBy } } }`,
    { variantIds: [variant(sku)], channelId, destination },
  );
  const [answer] = answers;
  if (answer === undefined) throw new Error('there was no answer');
  return answer;
}

const placesOf = ({ reservations }: Awaited<ReturnType<typeof reserve>>) =>
  reservations.map(({ location: { code }, quantity: { value } }) => [code, value]);

describe('what a channel may promise', () => {
  it('is less at stores, and claims keep to it, but for a till that has no such rule', async () => {
    expect((await availability('BUFFERED')).availableToPromise.value).toBe('3');
    const tooMuch = await reserve(inventory, [['BUFFERED', 4]]);
    expect(tooMuch.userErrors).toMatchObject([
      { code: 'INSUFFICIENT_STOCK', availableQuantity: { value: '3' } },
    ]);
    expect(placesOf(await reserve(inventory, [['BUFFERED', 3]]))).toEqual([['LEEDS', '3']]);
    expect((await availability('BUFFERED')).status).toBe('OUT_OF_STOCK');
    const till = { channelId: idFromKey('channel', 'pos'), ownerType: 'POS_TRANSACTION' };
    expect(placesOf(await reserve(inventory, [['BUFFERED', 2, 'LEEDS']], till))).toEqual([['LEEDS', '2']]);
  });

  it('is what places may send to the country, when one is named, and only that can be claimed', async () => {
    expect((await availability('ABROAD', { countryCode: 'GB' })).status).toBe('LOW_STOCK');
    expect((await availability('ABROAD', { countryCode: 'FR' })).status).toBe('OUT_OF_STOCK');
    const abroad = await reserve(inventory, [['ABROAD', 1]], { destination: { countryCode: 'FR' } });
    expect(abroad.userErrors).toMatchObject([{ code: 'INSUFFICIENT_STOCK' }]);
    const home = await reserve(inventory, [['ABROAD', 1]], { destination: { countryCode: 'GB' } });
    expect(placesOf(home)).toEqual([['LONDON', '1']]);
  });

  it('can be told in a unit it is sold in', async () => {
    const boxes = await inventory.ask<{ reserveInventory: { reservations: unknown[] } }>(
      `mutation ($input: ReserveInventoryInput!) { reserveInventory(input: $input) {
        reservations { quantity { value unit } } userErrors { code } } }`,
      {
        input: {
          idempotencyKey: 'boxes',
          ownerType: 'CART',
          ownerId: 'cart',
          channelId: WEB,
          lines: [{ variantId: variant('BOXED'), quantity: { value: '3', unit: 'BX' } }],
        },
      },
    );
    expect(boxes.reserveInventory.reservations).toEqual([{ quantity: { value: '18', unit: 'C62' } }]);
  });

  it('can be collected when the place is done with it', async () => {
    const { byLocation } = await availability('NEAR', { countryCode: 'GB', locationId: place('LEEDS') });
    const readyBy = Date.parse(byLocation[0]?.pickupReadyBy ?? '');
    expect(Math.abs(readyBy - Date.now() - 2 * 60 * 60_000)).toBeLessThan(60_000);
  });
});

describe('goods that are expected', () => {
  it('are a preorder before they ever came, told with their date, and can be claimed to the last', async () => {
    expect(await availability('SOON')).toMatchObject({
      status: 'PREORDER',
      availableToPromise: { value: '0' },
      nextSupply: [{ quantity: { value: '5' }, source: 'PO-1' }],
    });
    expect(placesOf(await reserve(inventory, [['SOON', 4]]))).toEqual([['PARIS', '4']]);
    expect((await availability('SOON')).nextSupply).toMatchObject([{ quantity: { value: '1' } }]);
    const tooMuch = await reserve(inventory, [['SOON', 2]]);
    expect(tooMuch.userErrors).toMatchObject([
      { code: 'INSUFFICIENT_STOCK', availableQuantity: { value: '1' } },
    ]);
    expect(await levelOf(inventory, 'SOON', 'PARIS')).toMatchObject({
      onHand: 0,
      available: -4,
      reserved: 4,
    });
    expect((await availability('SOON', null, idFromKey('channel', 'other'))).status).toBe('OUT_OF_STOCK');
  });

  it('are taken when what is there does not suffice, and are there once they came', async () => {
    const claimed = await reserve(inventory, [['SOLD-OUT', 2]]);
    expect(placesOf(claimed)).toEqual([
      ['PARIS', '1'],
      ['PARIS', '1'],
    ]);
    expect(claimed.reservations.map(({ backordered }) => backordered.value)).toEqual(['0', '1']);
    expect(await availability('SOLD-OUT')).toMatchObject({
      status: 'BACKORDER',
      nextSupply: [{ quantity: { value: '1' } }],
    });
    inventory.records.expectedSupplies?.push({
      id: 'PO-2/1',
      sku: 'SOLD-OUT',
      locationCode: 'PARIS',
      quantity: '0',
      unit: 'C62',
      expectedAt: inDays(3),
      source: 'PO-2',
      isRelease: false,
    });
    inventory.records.stockMovements.push(receipt('SOLD-OUT', 'PARIS', 2));
    // Two feeds tell it, and which of them is read first is up to the moment.
    await until('they are there, and no longer expected', async () => {
      const { status, nextSupply } = await availability('SOLD-OUT');
      return status === 'LOW_STOCK' && nextSupply.length === 0;
    });
  });
});

describe('where stock is taken from', () => {
  it('is the nearest place to the customer that has all of it', async () => {
    const to = (position: object) => ({ destination: { countryCode: 'GB', ...position } });
    expect(placesOf(await reserve(inventory, [['NEAR', 1]], to(paris)))).toEqual([['PARIS', '1']]);
    expect(placesOf(await reserve(inventory, [['NEAR', 1]], to(leeds)))).toEqual([['LEEDS', '1']]);
    expect(placesOf(await reserve(inventory, [['NEAR', 8]], to(leeds)))).toEqual([['LONDON', '8']]);
  });

  it('is kept with all it was decided from, and decided the same when it is asked again', async () => {
    const { reservations } = await reserve(inventory, [['PAIR', 6]]);
    expect(reservations).toHaveLength(2);
    const database = inventory.store.dependencies.store.database('inventory');
    const decisions = createSourcingDecisions({
      sourcingDecisions: database.model<SourcingDecisionRecord>('SourcingDecision'),
    });
    for (const { id } of reservations) {
      const decision = await decisions.ofReservation(id);
      expect(decision).toMatchObject({ strategy: 'fewest-parcels/1', problem: { lines: [{ quantity: 6 }] } });
      if (decision !== null) expect(planSources(decision.problem)).toEqual(decision.plan);
      expect(decision?.plan.claims.map(({ quantity }) => quantity).toSorted()).toEqual(
        reservations.map(({ quantity: { value } }) => Number(value)).toSorted(),
      );
    }
    const named = await reserve(inventory, [['NEAR', 1, 'PARIS']]);
    expect(await decisions.ofReservation(named.reservations[0]?.id ?? '')).toBeNull();
  });
});
