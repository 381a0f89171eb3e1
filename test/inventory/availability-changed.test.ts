import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { idFromKey } from '../../platform/ids.ts';
import { client } from '../kit/client.ts';
import { until } from '../kit/until.ts';
import { adjust } from './adjust.ts';
import { erpOf, item, location, place, type Records, receipt, variant } from './erp-records.ts';
import { type StartedInventory, startInventory } from './start-inventory.ts';
import { type InventoryProcess, startInventoryProcess } from './start-inventory-process.ts';

// One process hears of the world, another one has the subscribers, over a gateway and WebSockets: what is not a change of stock and
// makes the answer another one all the same.

const OFFLINE_AFTER_MS = 10 * 60_000;
const PREORDERS = { sellsExpectedSupply: true };
const channelPolicies = {
  web: { whenOffline: { rule: 'KEEP_BACK', units: 10 } },
  preorders: PREORDERS,
} as const;

const pos: Required<Pick<Records, 'locationSignals'>> = { locationSignals: [] };
const warehouse: Required<Pick<Records, 'expectedSupplies'>> = { expectedSupplies: [] };
let seller: StartedInventory;
let reader: InventoryProcess;
const running: { stop(): Promise<unknown> }[] = [];

function startReader(policies: Parameters<typeof startInventoryProcess>[0]['channelPolicies']) {
  const databasePrefix = seller.store.dependencies.store.database('inventory').name.replace(/inventory$/, '');
  return startInventoryProcess({ uri: seller.store.uri, databasePrefix, channelPolicies: policies });
}

beforeAll(async () => {
  seller = await startInventory(
    {
      locations: [
        location('DC'),
        location('STORE', { kind: 'STORE', capabilities: ['PICKUP', 'SHIP_FROM_STORE'] }),
      ],
      items: ['LAMP', 'CHAIR', 'LAST', 'NEW', 'DESK'].map((sku) => item(sku)),
      stockMovements: [
        receipt('LAMP', 'DC', 5),
        receipt('LAMP', 'STORE', 40),
        receipt('CHAIR', 'DC', 100),
        receipt('LAST', 'STORE', 8),
        receipt('NEW', 'DC', 1),
        receipt('DESK', 'DC', 50),
      ],
    },
    undefined,
    { channelPolicies, otherSystems: [erpOf(pos, 'pos'), erpOf(warehouse, 'wms')] },
  );
  reader = await startReader(channelPolicies);
}, 60_000);
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});
afterAll(async () => {
  await reader.stop();
  await seller.stop();
});

interface Told {
  readonly variant: { readonly id: string };
  readonly status: string;
  readonly availableToPromise: { readonly value: string };
  readonly nextSupply: readonly {
    readonly quantity: { readonly value: string };
    readonly expectedAt: string;
  }[];
}

interface Watched {
  readonly skus: readonly string[];
  readonly channel?: string;
  readonly more?: string;
  readonly from?: string | null;
}

/** Subscribes over a socket of its own; answers when the subscription has begun. */
async function watch(process: InventoryProcess, { skus, channel = 'web', more = '', from = null }: Watched) {
  const heard = client(process.url, 'staff').listen<{ availabilityChanged: Told }>(
    `subscription Watch($variantIds: [ID!]!, $channelId: ID!) {
      availabilityChanged(variantIds: $variantIds, channelId: $channelId ${more}) {
        variant { id } status availableToPromise { value } nextSupply { quantity { value } expectedAt } } }`,
    { variantIds: skus.map(variant), channelId: idFromKey('channel', channel) },
    from,
  );
  running.push(heard);
  await until('the subscription has begun', () => heard.events.length > 0);
  const told = () =>
    heard.events.flatMap(({ data }) =>
      data?.availabilityChanged === undefined ? [] : [data.availabilityChanged],
    );
  return {
    told,
    units: () => told().map(({ availableToPromise: { value } }) => Number(value)),
    cursor() {
      const cursor = heard.events.at(-1)?.extensions?.['cursor'];
      if (typeof cursor !== 'string')
        throw new Error(`no cursor beside ${JSON.stringify(heard.events.at(-1))}`);
      return cursor;
    },
    stop: heard.stop,
  };
}

const hourAgo = () => new Date(Date.now() - 6 * OFFLINE_AFTER_MS).toISOString();
/** A moment before it counts as offline. */
const nearlySilent = () => new Date(Date.now() - OFFLINE_AFTER_MS + 2_000).toISOString();

async function signal(seenAt: string) {
  pos.locationSignals.push({ locationCode: 'STORE', seenAt });
}

describe('a subscriber is told', () => {
  it('when a place goes offline by its silence alone, and when it is back', async () => {
    const lamps = await watch(reader, { skus: ['LAMP', 'CHAIR'] });
    const thresholds = await watch(reader, { skus: ['LAST', 'LAMP'], more: ', thresholdsOnly: true' });
    const elsewhere = await watch(reader, { skus: ['LAMP'], more: `, locationIds: ["${place('DC')}"]` });
    await signal(nearlySilent());
    await until('it is offline', () => lamps.units().length > 0, 20_000);
    // Ten are kept back: the lamps there are 30 now, and of eight there is none to be had.
    expect(lamps.units()).toEqual([35]);
    await until('what ran out by it is told', () => thresholds.told().length > 0);
    expect(thresholds.told()).toMatchObject([{ variant: { id: variant('LAST') }, status: 'OUT_OF_STOCK' }]);

    await signal(new Date().toISOString());
    await until('it is back', () => lamps.units().length > 1);
    expect(lamps.units()).toEqual([35, 45]);
    await until('what is there again is told', () => thresholds.told().length > 1);
    expect(thresholds.told().at(-1)).toMatchObject({ variant: { id: variant('LAST') }, status: 'IN_STOCK' });
    // Nothing was different where this one looks, until now.
    await adjust(seller, 'LAMP', '1');
    await until('a change there is told', () => elsewhere.told().length > 0);
    expect(elsewhere.units()).toEqual([46]);
  }, 40_000);

  it('when expected goods are announced, put off and called off, where the channel sells them', async () => {
    const preorders = await watch(reader, { skus: ['NEW'], channel: 'preorders' });
    const others = await watch(reader, { skus: ['NEW'] });
    const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60_000).toISOString();
    const expect10 = (expectedAt: string, quantity = '10') =>
      warehouse.expectedSupplies.push({
        id: 'po-1',
        sku: 'NEW',
        locationCode: 'DC',
        quantity,
        unit: 'C62',
        expectedAt,
        source: 'PO-1',
        isRelease: false,
      });
    const [first, second] = [inDays(5), inDays(9)];
    expect10(first);
    await until('they are announced', () => preorders.told().length > 0);
    expect10(second);
    await until('they are put off', () => preorders.told().length > 1);
    expect10(second, '0');
    await until('they are called off', () => preorders.told().length > 2);
    expect(preorders.told().map(({ nextSupply }) => nextSupply)).toMatchObject([
      [{ quantity: { value: '10' }, expectedAt: first }],
      [{ quantity: { value: '10' }, expectedAt: second }],
      [],
    ]);
    await adjust(seller, 'NEW', '1');
    await until('a change of stock is told', () => others.told().length > 0);
    expect(others.units()).toEqual([2]);
  }, 40_000);

  it('when it comes back, of what became different without a change in the store', async () => {
    const before = await watch(reader, { skus: ['DESK', 'CHAIR'] });
    await adjust(seller, 'DESK', '-1');
    await until('it is told', () => before.units().length === 1);
    await before.stop();
    const cursor = before.cursor();

    // The same process with another policy, as after a deployment.
    const other = await startReader({ web: { bufferUnits: { DISTRIBUTION_CENTER: 3 } } });
    running.push(other);
    const after = await watch(other, { skus: ['DESK', 'CHAIR'], from: cursor });
    await until('both are told', () => after.told().length > 1);
    expect(after.units().toSorted((left, right) => left - right)).toEqual([46, 97]);
    await after.stop();

    const again = await watch(other, { skus: ['DESK', 'CHAIR'], from: after.cursor() });
    await adjust(seller, 'DESK', '-1');
    await until('a change of stock is told', () => again.told().length > 0);
    expect(again.units()).toEqual([45]);
  }, 60_000);

  it('when it comes back, that a place went offline while it was away', async () => {
    const before = await watch(reader, { skus: ['LAMP'] });
    await adjust(seller, 'LAMP', '1');
    await until('it is told', () => before.units().length === 1);
    const [units = 0] = before.units();
    await before.stop();
    await seller.store.dependencies.store
      .database('inventory')
      .collection<{ _id: string; lastSeenAt: Date }>('locations')
      .updateOne({ _id: place('STORE') }, { $set: { lastSeenAt: new Date(hourAgo()) } });
    const after = await watch(reader, { skus: ['LAMP'], from: before.cursor() });
    await until('it is told', () => after.told().length > 0);
    expect(after.units()).toEqual([units - 10]);
  }, 40_000);
});
