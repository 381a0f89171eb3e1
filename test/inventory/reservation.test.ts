import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClock } from '../../platform/clock.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import { item, location, receipt, variant } from './erp-records.ts';
import { levelOf } from './levels.ts';
import { type ReservePayload, reserve } from './reserve.ts';
import { type StartedInventory, shopper, startInventory } from './start-inventory.ts';

// Yesterday: the store forgets finished reservations by its own clock.
const clock = new TestClock(new Date(Date.now() - 24 * 60 * 60_000));
let inventory: StartedInventory;

beforeAll(async () => {
  inventory = await startInventory(
    {
      locations: [
        location('DC'),
        location('STORE', { kind: 'STORE', capabilities: ['PICKUP'] }),
        location('WEST', { capabilities: ['SHIP_FROM_STORE'] }),
      ],
      items: [...'ABCDEFGHIJ'].map((sku) => item(sku)).concat(item('FEE', { trackInventory: false })),
      stockMovements: [
        ...[...'ABCDEFGHIJ'].map((sku) => receipt(sku, 'DC', 10)),
        receipt('A', 'STORE', 5),
        receipt('B', 'WEST', 3),
      ],
    },
    clock,
  );
});
afterAll(() => inventory.stop());

async function act(
  mutation: 'extendReservation' | 'releaseReservation',
  input: Record<string, unknown>,
  identity?: Identity,
): Promise<ReservePayload> {
  const data = await inventory.ask<Record<string, ReservePayload>>(
    `mutation Act($input: ReservationActionInput!) { ${mutation}(input: $input) {
      reservations { id state reference quantity { value unit } variant { id } location { code } expiresAt version }
      userErrors { code field retryable availableQuantity { value unit } } } }`,
    { input: { idempotencyKey: newId(), ...input } },
    identity,
  );
  return data[mutation] ?? { reservations: [], userErrors: [] };
}

async function reserveOne(sku: string, quantity = 1, more: Record<string, unknown> = {}) {
  const { reservations, userErrors } = await reserve(inventory, [[sku, quantity]], more);
  expect(userErrors).toEqual([]);
  const [reservation] = reservations;
  if (reservation === undefined) throw new Error('nothing was reserved');
  return reservation;
}

describe('reserving', () => {
  it('answers a repeated request with the same reservations and claims nothing twice', async () => {
    const more = { idempotencyKey: newId(), ownerId: 'order-1' };
    const first = await reserve(inventory, [['C', 4]], more);
    const again = await reserve(inventory, [['C', 4]], more);
    expect(again).toEqual(first);
    expect(first.reservations).toMatchObject([
      {
        reference: 'line-0',
        quantity: { value: '4', unit: 'C62' },
        location: { code: 'DC' },
        state: 'ACTIVE',
      },
    ]);
    expect(await levelOf(inventory, 'C', 'DC')).toMatchObject({ onHand: 10, available: 6, reserved: 4 });

    const other = await reserve(inventory, [['C', 5]], more);
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('claims all lines or none, and tells how much could be had', async () => {
    const { reservations, userErrors } = await reserve(inventory, [
      ['D', 2],
      ['D', 9],
    ]);
    expect(reservations).toEqual([]);
    expect(userErrors).toMatchObject([
      {
        code: 'INSUFFICIENT_STOCK',
        field: ['input', 'lines', '1', 'quantity'],
        retryable: true,
        availableQuantity: { value: '8', unit: 'C62' },
      },
    ]);
    expect(await levelOf(inventory, 'D', 'DC')).toMatchObject({ available: 10, reserved: 0 });
  });

  it('gives what there is when a part is welcome', async () => {
    const { reservations, userErrors } = await reserve(inventory, [['E', 12]], { allowPartial: true });
    expect(reservations).toMatchObject([{ quantity: { value: '10' } }]);
    expect(userErrors).toMatchObject([{ code: 'INSUFFICIENT_STOCK', availableQuantity: { value: '10' } }]);
  });

  it('splits over places only when no place has all, and never takes from a place that does not send', async () => {
    const split = await reserve(inventory, [['B', 12]]);
    expect(split.reservations.map(({ location, quantity }) => [location.code, quantity.value])).toEqual([
      ['DC', '10'],
      ['WEST', '2'],
    ]);
    const { userErrors } = await reserve(inventory, [['A', 11]]);
    expect(userErrors).toMatchObject([{ code: 'INSUFFICIENT_STOCK', availableQuantity: { value: '10' } }]);
    const there = await reserve(inventory, [['A', 5, 'STORE']]);
    expect(there.reservations).toMatchObject([{ location: { code: 'STORE' }, quantity: { value: '5' } }]);
  });

  it.each([
    ['zero', ['A', '0'], 'QUANTITY_INVALID', 'quantity'],
    ['less than zero', ['A', '-1'], 'QUANTITY_INVALID', 'quantity'],
    ['a fraction', ['A', '1.5'], 'QUANTITY_INVALID', 'quantity'],
    ['a variant nobody knows', ['NOBODY', '1'], 'VARIANT_UNKNOWN', 'variantId'],
    ['a variant that is not counted', ['FEE', '1'], 'VARIANT_NOT_TRACKED', 'variantId'],
    ['a place nobody knows', ['A', '1', 'NOWHERE'], 'LOCATION_UNKNOWN', 'locationId'],
  ] as const)('refuses %s', async (_, line, code, field) => {
    const { reservations, userErrors } = await reserve(inventory, [line]);
    expect(reservations).toEqual([]);
    expect(userErrors).toMatchObject([{ code, field: ['input', 'lines', '0', field] }]);
  });
});

describe('a reservation', () => {
  it('lasts as long as its owner type says', async () => {
    const cart = await reserveOne('F', 1, { ownerType: 'CART' });
    const ticket = await reserveOne('F', 1, { ownerType: 'POS_TRANSACTION' });
    const order = await reserveOne('F');
    expect(
      [cart, ticket, order].map(({ expiresAt }) => Date.parse(expiresAt) - clock.now().getTime()),
    ).toEqual([15 * 60_000, 10 * 60_000, 30 * 60_000]);
  });

  it('gets more time once', async () => {
    const { id } = await reserveOne('F', 1, { ownerType: 'CART' });
    clock.advance(60_000);
    const first = await act('extendReservation', { id, expectedVersion: 1 });
    expect(first.reservations).toMatchObject([{ id, state: 'ACTIVE', version: 2 }]);
    expect(Date.parse(first.reservations[0]?.expiresAt ?? '')).toBe(clock.now().getTime() + 15 * 60_000);
    expect((await act('extendReservation', { id })).userErrors).toMatchObject([
      { code: 'RESERVATION_EXTENDED_ALREADY' },
    ]);
    expect((await act('extendReservation', { id, expectedVersion: 1 })).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT' },
    ]);
  });

  it('gives its stock back when released, and not a second time', async () => {
    const { id } = await reserveOne('G', 3);
    expect(await levelOf(inventory, 'G', 'DC')).toMatchObject({ available: 7, reserved: 3 });
    for (let turn = 0; turn < 2; turn += 1)
      expect((await act('releaseReservation', { id })).reservations).toMatchObject([
        { id, state: 'RELEASED' },
      ]);
    expect(await levelOf(inventory, 'G', 'DC')).toMatchObject({ onHand: 10, available: 10, reserved: 0 });
  });

  it('is over at its moment for whoever looks, and its stock is free soon after', async () => {
    const { id } = await reserveOne('H', 10, { ttlSeconds: 30 });
    clock.advance(30_000);
    const { reservation } = await inventory.ask<{ reservation: { state: string } }>(
      'query Look($id: ID!) { reservation(id: $id) { state } }',
      { id },
    );
    expect(reservation.state).toBe('EXPIRED');
    expect((await act('extendReservation', { id })).userErrors).toMatchObject([
      { code: 'RESERVATION_EXPIRED' },
    ]);
    await until('the sweeper has been', async () => {
      clock.advance(1_000);
      return (await levelOf(inventory, 'H', 'DC'))?.available === 10;
    });
    expect(await levelOf(inventory, 'H', 'DC')).toMatchObject({ onHand: 10, available: 10, reserved: 0 });
  });

  it("is nobody else's business, for shoppers", async () => {
    const mine = await reserve(inventory, [['I', 1]], { ownerType: 'CART' }, shopper('ann'));
    const id = mine.reservations[0]?.id;
    const look = (identity: Identity) =>
      inventory.ask<{ reservation: unknown }>(
        'query Look($id: ID!) { reservation(id: $id) { id } }',
        { id },
        identity,
      );
    expect(await look(shopper('ann'))).toEqual({ reservation: { id } });
    expect(await look(shopper('bob'))).toEqual({ reservation: null });
    expect((await act('releaseReservation', { id }, shopper('bob'))).userErrors).toMatchObject([
      { code: 'RESERVATION_NOT_FOUND' },
    ]);
  });

  it('cannot be had by shoppers as staff has it', async () => {
    const till = await reserve(inventory, [['I', 1]], { ownerType: 'POS_TRANSACTION' }, shopper('ann'));
    expect(till.userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const long = await reserve(
      inventory,
      [['I', 1]],
      { ownerType: 'CART', ttlSeconds: 86_400 },
      shopper('ann'),
    );
    expect(long.userErrors).toMatchObject([{ code: 'TTL_INVALID', field: ['input', 'ttlSeconds'] }]);
  });
});

it('counts each claimed unit at its variant', async () => {
  const { reservations } = await reserve(inventory, [
    ['J', 1],
    ['J', 2],
  ]);
  expect(reservations.map(({ variant: { id }, reference }) => [id, reference])).toEqual([
    [variant('J'), 'line-0'],
    [variant('J'), 'line-1'],
  ]);
  expect(await levelOf(inventory, 'J', 'DC')).toMatchObject({ available: 7, reserved: 3 });
});
