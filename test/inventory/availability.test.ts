import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idFromKey } from '../../platform/ids.ts';
import { adjust } from './adjust.ts';
import { item, location, place, receipt, variant } from './erp-records.ts';
import { reserve } from './reserve.ts';
import { type StartedInventory, shopper, startAnother, startInventory } from './start-inventory.ts';

const channelId = idFromKey('channel', 'web');
let inventory: StartedInventory;

beforeAll(async () => {
  inventory = await startInventory({
    locations: [
      location('DC', { lat: 51.5, lon: -0.12 }),
      location('STORE', { kind: 'STORE', capabilities: ['PICKUP'], lat: 48.86, lon: 2.35 }),
    ],
    items: [
      ...['A', 'B', 'C', 'D', 'E', 'F'].map((sku) => item(sku)),
      item('FEE', { trackInventory: false }),
    ],
    stockMovements: [
      receipt('A', 'DC', 12),
      receipt('A', 'STORE', 30),
      receipt('B', 'DC', 5),
      receipt('C', 'DC', 7),
      receipt('D', 'DC', 10),
      receipt('E', 'DC', 6),
      receipt('E', 'STORE', 9),
      receipt('F', 'DC', 20),
    ],
  });
});
afterAll(() => inventory.stop());

const FIELDS = `status availableToPromise { value unit } onHand { value } byLocation { location { code } availableToPromise { value } }
  freshness { basis stalenessMs sourceSystem sourceSequence }`;

interface Answer {
  status: string;
  availableToPromise: { value: string; unit: string };
  onHand: { value: string } | null;
  byLocation: { location: { code: string }; availableToPromise: { value: string } }[];
  freshness: { basis: string; stalenessMs: number; sourceSystem: string; sourceSequence: string | null };
}

async function availability(skus: string[], destination: object | null = null, identity = shopper('ann')) {
  const data = await inventory.ask<{ availability: Answer[] }>(
    `query Ask($variantIds: [ID!]!, $channelId: ID!, $destination: DestinationInput) {
      availability(variantIds: $variantIds, channelId: $channelId, destination: $destination) { ${FIELDS} } }`,
    { variantIds: skus.map(variant), channelId, destination },
    identity,
  );
  return data.availability;
}

const reader = shopper('ann');

describe('availability', () => {
  it('promises what places that send have, and names each place', async () => {
    const [a, b, fee, nobody] = await availability(['A', 'B', 'FEE', 'NOBODY']);
    expect(a).toMatchObject({
      status: 'IN_STOCK',
      availableToPromise: { value: '12', unit: 'C62' },
      onHand: null,
      byLocation: [
        { location: { code: 'STORE' }, availableToPromise: { value: '30' } },
        { location: { code: 'DC' }, availableToPromise: { value: '12' } },
      ],
      freshness: { sourceSystem: 'INVENTORY', sourceSequence: '2' },
    });
    expect(b?.status).toBe('LOW_STOCK');
    expect(fee).toMatchObject({
      status: 'IN_STOCK',
      availableToPromise: { value: '1000000000' },
      byLocation: [],
    });
    expect(nobody).toMatchObject({ status: 'UNKNOWN', availableToPromise: { value: '0' } });
  });

  it('promises what is at the place of collection, when one is named', async () => {
    const [a] = await availability(['A'], { countryCode: 'FR', locationId: place('STORE') });
    expect(a?.availableToPromise.value).toBe('30');
  });

  it('is answered from memory, within its bound, and says so', async () => {
    await availability(['C']);
    const [c] = await availability(['C']);
    expect(c?.freshness.basis).toBe('CACHED');
    expect(c?.freshness.stalenessMs).toBeLessThanOrEqual(5_000);
  });

  it('reaches a variant of the product subgraph', async () => {
    const { _entities } = await inventory.ask<{
      _entities: { availability: Answer; inventoryLevels: unknown }[];
    }>(
      `query Join($representations: [_Any!]!, $channelId: ID!) { _entities(representations: $representations) {
        ... on ProductVariant { availability(channelId: $channelId) { ${FIELDS} }
          inventoryLevels(first: 1) { edges { node { version quantities { state quantity { value } } } } pageInfo { hasNextPage } } } } }`,
      {
        channelId,
        representations: [
          { __typename: 'ProductVariant', id: variant('A'), trackInventory: true, baseUnit: 'C62' },
        ],
      },
    );
    expect(_entities[0]?.availability).toMatchObject({ status: 'IN_STOCK', onHand: { value: '12' } });
    expect(_entities[0]?.inventoryLevels).toMatchObject({ pageInfo: { hasNextPage: true } });
  });

  it('refuses to answer for more than a thousand variants at once', async () => {
    await expect(availability(Array.from({ length: 1_001 }, (_, n) => `X${n}`))).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

describe('a subscription', () => {
  it('tells the new figure of a change at once, whichever process made it', async () => {
    const other = await startAnother(inventory);
    const events = await inventory.listen(
      `subscription Watch($variantIds: [ID!]!, $channelId: ID!) {
        availabilityChanged(variantIds: $variantIds, channelId: $channelId) { ${FIELDS} } }`,
      { variantIds: [variant('D')], channelId },
    );
    await availability(['D']);
    const next = events.next();
    const startedAt = performance.now();
    await reserve(other, [['D', 4]]);
    const { value } = await next;
    expect(value.data.availabilityChanged).toMatchObject({ availableToPromise: { value: '6' } });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await events.return?.();
    await other.stop();
  });

  it('tells of thresholds only, when only they matter', async () => {
    const events = await inventory.listen(
      `subscription Watch($variantIds: [ID!]!, $channelId: ID!) {
        availabilityChanged(variantIds: $variantIds, channelId: $channelId, thresholdsOnly: true) { status } }`,
      { variantIds: [variant('A')], channelId },
    );
    for (const quantity of [1, 2, 9]) await reserve(inventory, [['A', quantity]]);
    expect((await events.next()).value.data).toEqual({ availabilityChanged: { status: 'OUT_OF_STOCK' } });
    await events.return?.();
  });

  it('tells of the places asked for only', async () => {
    const events = await inventory.listen(
      `subscription Watch($variantIds: [ID!]!, $channelId: ID!, $locationIds: [ID!]) {
        availabilityChanged(variantIds: $variantIds, channelId: $channelId, locationIds: $locationIds) {
          byLocation { location { code } availableToPromise { value } } } }`,
      { variantIds: [variant('E')], channelId, locationIds: [place('STORE')] },
    );
    const next = events.next();
    await reserve(inventory, [['E', 1, 'DC']]);
    await reserve(inventory, [['E', 2, 'STORE']]);
    // The first event is of the second claim; it shows both.
    expect((await next).value.data.availabilityChanged.byLocation).toEqual([
      { location: { code: 'STORE' }, availableToPromise: { value: '7' } },
      { location: { code: 'DC' }, availableToPromise: { value: '5' } },
    ]);
    await events.return?.();
  });

  it('tells a reader who is slow the newest of a variant, not each step on the way', async () => {
    const events = await inventory.listen(
      `subscription Watch($variantIds: [ID!]!, $channelId: ID!) {
        availabilityChanged(variantIds: $variantIds, channelId: $channelId) { onHand { value } availableToPromise { value } } }`,
      { variantIds: [variant('F')], channelId },
    );
    for (let index = 0; index < 10; index += 1) await reserve(inventory, [['F', 1, 'DC']]);
    const told: string[] = [];
    while (told.at(-1) !== '10')
      told.push((await events.next()).value.data.availabilityChanged.availableToPromise.value);
    expect(told.length).toBeLessThan(10);
    expect(told.map(Number)).toEqual(told.map(Number).toSorted((left, right) => right - left));
    await events.return?.();
  });

  it('to a place tells each of its levels, and is for staff', async () => {
    const document = `subscription Watch($locationId: ID!) { inventoryLevelChanged(locationId: $locationId) {
      variant { id } version quantities { state quantity { value } } } }`;
    const events = await inventory.listen(document, { locationId: place('DC') });
    await adjust(inventory, 'B', '3');
    const { value } = await events.next();
    expect(value.data.inventoryLevelChanged.variant).toEqual({ id: variant('B') });
    expect(value.data.inventoryLevelChanged.quantities).toContainEqual({
      state: 'ON_HAND',
      quantity: { value: '8' },
    });
    await events.return?.();
    await expect(inventory.listen(document, { locationId: place('DC') }, reader)).rejects.toThrow(
      'FORBIDDEN',
    );
  });
});

describe('locations', () => {
  it('are found by capability and by distance, page by page', async () => {
    const find = async (args: string) => {
      const data = await inventory.ask<{
        locations: {
          edges: { node: { code: string } }[];
          pageInfo: { endCursor: string; hasNextPage: boolean };
        };
      }>(`{ locations(${args}) { edges { node { code } } pageInfo { endCursor hasNextPage } } }`);
      return { codes: data.locations.edges.map(({ node }) => node.code), pageInfo: data.locations.pageInfo };
    };
    expect((await find('capability: PICKUP')).codes).toEqual(['STORE']);
    const paris = 'near: { lat: 48.85, lon: 2.3, radiusKm: 500 }';
    const first = await find(`first: 1, ${paris}`);
    expect(first).toMatchObject({ codes: ['STORE'], pageInfo: { hasNextPage: true } });
    expect((await find(`first: 1, after: "${first.pageInfo.endCursor}", ${paris}`)).codes).toEqual(['DC']);
    expect((await find('near: { lat: 48.85, lon: 2.3, radiusKm: 300 }')).codes).toEqual(['STORE']);
  });
});
