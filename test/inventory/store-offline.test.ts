import { afterAll, beforeAll, expect, it } from 'vitest';
import { idFromKey } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import { erpOf, item, location, place, type Records, receipt, variant } from './erp-records.ts';
import { ledgerSums, levelOf } from './levels.ts';
import { reserve } from './reserve.ts';
import { type StartedInventory, startInventory } from './start-inventory.ts';

// A store's line is down for four hours. It goes on selling, and what it sold is told, twice and out of order, when it is back.

const HOUR_MS = 60 * 60_000;
const offlineSince = new Date(Date.now() - 4 * HOUR_MS);
const tills: Pick<Records, 'stockMovements'> & Required<Pick<Records, 'locationSignals'>> = {
  stockMovements: [],
  locationSignals: [],
};

let inventory: StartedInventory;
beforeAll(async () => {
  inventory = await startInventory(
    {
      locations: [
        location('STORE', { kind: 'STORE', capabilities: ['PICKUP', 'SHIP_FROM_STORE'] }),
        location('DC'),
      ],
      items: [item('LAMP'), item('LAST')],
      stockMovements: [receipt('LAMP', 'STORE', 40), receipt('LAMP', 'DC', 5), receipt('LAST', 'STORE', 3)],
    },
    undefined,
    {
      otherSystems: [erpOf(tills, 'pos')],
      channelPolicies: { web: { whenOffline: { rule: 'KEEP_BACK', units: 10 } } },
    },
  );
});
afterAll(() => inventory.stop());

async function ask(sku: string, locationId: string | null = null) {
  const { availability, location: store } = await inventory.ask<{
    availability: {
      availableToPromise: { value: string };
      freshness: { basis: string; stalenessMs: number };
    }[];
    location: { connectivity: string; lastSeenAt: string | null };
  }>(
    `query ($variantIds: [ID!]!, $channelId: ID!, $destination: DestinationInput, $store: ID!) {
      availability(variantIds: $variantIds, channelId: $channelId, destination: $destination) {
        availableToPromise { value } freshness { basis stalenessMs } }
      location(id: $store) { connectivity lastSeenAt } }`,
    {
      variantIds: [variant(sku)],
      channelId: idFromKey('channel', 'web'),
      destination: locationId === null ? null : { countryCode: 'GB', locationId },
      store: place('STORE'),
    },
  );
  const [answer] = availability;
  return { units: answer?.availableToPromise.value, ...answer?.freshness, ...store };
}

it('is not counted on for all it had, is labelled, and everything is told right once it is back', async () => {
  const pickups = await reserve(inventory, [['LAST', 3, 'STORE']]);
  expect(pickups.userErrors).toEqual([]);
  expect(await ask('LAMP')).toMatchObject({ units: '45', connectivity: 'ONLINE' });

  tills.locationSignals.push({ locationCode: 'STORE', seenAt: offlineSince.toISOString() });
  await until('the store is known to be offline', async () => (await ask('LAMP')).connectivity === 'OFFLINE');
  const offline = await ask('LAMP');
  expect(offline).toMatchObject({ units: '35', basis: 'FALLBACK', lastSeenAt: offlineSince.toISOString() });
  expect(offline.stalenessMs).toBeGreaterThanOrEqual(4 * HOUR_MS);
  expect(await ask('LAMP', place('STORE'))).toMatchObject({ units: '30', basis: 'FALLBACK' });
  expect((await ask('LAMP', place('DC'))).basis).not.toBe('FALLBACK');
  const tooMuch = await reserve(inventory, [['LAMP', 31, 'STORE']]);
  expect(tooMuch.userErrors).toMatchObject([
    { code: 'INSUFFICIENT_STOCK', availableQuantity: { value: '30' } },
  ]);

  // Back: thirty lamps went over the counter, and one of the lamps that web orders wait for.
  const sales = Array.from({ length: 30 }, (_, index) => sale(`ticket-${index}`, 'LAMP', index));
  const conflict = sale('ticket-last', 'LAST', 31);
  tills.stockMovements.push(...[...sales, conflict].toReversed(), ...sales.slice(0, 10));
  tills.locationSignals.push({ locationCode: 'STORE', seenAt: new Date().toISOString() });
  await until(
    'the sales are in the books',
    async () => (await levelOf(inventory, 'LAMP', 'STORE'))?.onHand === 10,
  );
  await until('the store is back', async () => (await ask('LAMP')).connectivity === 'ONLINE');
  const back = await ask('LAMP');
  expect(back.units).toBe('15');
  expect(back.basis).not.toBe('FALLBACK');
  expect(await ledgerSums(inventory, 'LAMP', 'STORE')).toMatchObject({ onHand: 10, available: 10 });

  // What was promised twice is not hidden: the books owe one, and nobody is promised it a third time.
  await until(
    'the conflict is in the books',
    async () => (await levelOf(inventory, 'LAST', 'STORE'))?.onHand === 2,
  );
  expect(await levelOf(inventory, 'LAST', 'STORE')).toMatchObject({ available: -1, reserved: 3 });
  expect((await ask('LAST', place('STORE'))).units).toBe('0');
});

function sale(id: string, sku: string, minutes: number) {
  return {
    id,
    sku,
    locationCode: 'STORE',
    quantity: '-1',
    unit: 'C62',
    type: 'SALE' as const,
    occurredAt: new Date(offlineSince.getTime() + minutes * 60_000).toISOString(),
  };
}
