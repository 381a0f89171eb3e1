import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClock } from '../../platform/clock.ts';
import { idFromKey, newId } from '../../platform/ids.ts';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { browse, variantBySku } from '../kit/shopping.ts';
import { until } from '../kit/until.ts';
import { item, location, place, receipt } from './erp-records.ts';
import { reserve } from './reserve.ts';
import { type StartedInventory, shopper, startInventory } from './start-inventory.ts';

const EXPIRING = `subscription ($place: ID!, $within: Int!) {
  reservationExpiring(locationId: $place, withinMinutes: $within) { id state extendCount expiresAt }
}`;
const ACT = (mutation: string) =>
  `mutation ($input: ReservationActionInput!) { ${mutation}(input: $input) { userErrors { code } } }`;

interface Told {
  readonly reservationExpiring: { readonly id: string; readonly state: string; readonly extendCount: number };
}

describe('claims that come near their end', () => {
  // Yesterday: the store forgets finished reservations by its own clock, and requests carry deadlines of the true one.
  const clock = new TestClock(new Date(Date.now() - 24 * 60 * 60_000));
  let inventory: StartedInventory;
  beforeAll(async () => {
    inventory = await startInventory(
      {
        locations: [location('DC'), location('SHOP')],
        items: [item('E')],
        stockMovements: [receipt('E', 'DC', 100), receipt('E', 'SHOP', 100)],
      },
      clock,
    );
  });
  afterAll(() => inventory.stop());

  async function claimed(code: string, ttlSeconds: number): Promise<string> {
    const { reservations } = await reserve(inventory, [['E', 1, code]], { ttlSeconds });
    const id = reservations[0]?.id;
    if (id === undefined) throw new Error('nothing was reserved');
    return id;
  }

  function act(mutation: string, id: string) {
    return inventory.ask(ACT(mutation), { input: { idempotencyKey: newId(), id, ttlSeconds: 600 } });
  }

  async function listen(within: number, code = 'DC') {
    const stream = await inventory.listen(EXPIRING, { place: place(code), within });
    const told: Told['reservationExpiring'][] = [];
    const reading = (async () => {
      for await (const { data } of stream as AsyncIterable<ExecutionResult<Told>>)
        if (data != null) told.push(data.reservationExpiring);
    })();
    return {
      told,
      ids: () => told.map(({ id }) => id),
      async stop() {
        await stream.return?.();
        await reading;
      },
    };
  }

  /** Lets time pass, a look at a time, until something is so. */
  const passing = (what: string, isSo: () => boolean) =>
    until(what, async () => {
      clock.advance(1_000);
      return isSo();
    });

  it('are told once each, by their time, at their place, and again when they were given more', async () => {
    const early = await claimed('DC', 400);
    const late = await claimed('DC', 700);
    const freed = await claimed('DC', 400);
    const elsewhere = await claimed('SHOP', 400);
    const tills = await listen(5);
    const everybody = await listen(60);
    await passing('what is near already is told', () => everybody.told.length === 3);
    expect(new Set(everybody.ids())).toEqual(new Set([early, late, freed]));
    expect(tills.told).toEqual([]);

    await act('releaseReservation', freed);
    clock.advance(95_000);
    await passing('the first comes near', () => tills.told.length === 1);
    expect(tills.told).toMatchObject([{ id: early, state: 'ACTIVE', extendCount: 0 }]);

    await act('extendReservation', early);
    clock.advance(290_000);
    await passing('the second comes near, and the first once more', () => tills.told.length === 3);
    expect(tills.ids()).toEqual([early, late, early]);
    expect(tills.told[2]?.extendCount).toBe(1);

    const short = await claimed('DC', 60);
    await passing('one that was near from its beginning is told', () => tills.ids().includes(short));
    clock.advance(30_000);
    for (let look = 0; look < 3; look += 1)
      await inventory.ask('{ __typename }').then(() => clock.advance(1_000));
    expect(tills.ids()).toEqual([early, late, early, short]);
    expect(tills.ids()).not.toContain(elsewhere);
    await tills.stop();
    await everybody.stop();
  });

  it.each([
    [{ within: 0 }, 'withinMinutes'],
    [{ within: 1_441 }, 'withinMinutes'],
    [{ within: 5, place: place('NOWHERE') }, 'locationId'],
  ])('are not told for %j', async (more, argument) => {
    await expect(inventory.listen(EXPIRING, { place: place('DC'), ...more })).rejects.toThrow(argument);
  });

  it('are told to staff', async () => {
    await expect(
      inventory.listen(EXPIRING, { place: place('DC'), within: 5 }, shopper('ann')),
    ).rejects.toThrow('staff only');
  });
});

describe('through the gateway', () => {
  let house: House;
  let till: Client;
  beforeAll(async () => {
    house = await startHouse();
    till = await sandboxClient(house.url, { role: 'admin' });
  });
  afterAll(() => house.remove());

  it('a till hears of each claim once, also when it lost its line in between', async () => {
    const channel = await browse(till);
    const { id: variantId } = await variantBySku(till, 'HP101-NAVY-M', channel.id);
    const store = idFromKey('location', 'DC-LEEDS');
    const claim = async (ttlSeconds: number) => {
      const input = {
        idempotencyKey: newId(),
        ownerType: 'POS_TRANSACTION',
        ownerId: newId(),
        channelId: channel.id,
        lines: [{ variantId, quantity: { value: '1', unit: 'C62' }, locationId: store }],
        ttlSeconds,
      };
      const { reserveInventory } = dataOf(
        await till.ask<{ reserveInventory: { reservations: { id: string }[]; userErrors: unknown[] } }>(
          'mutation ($input: ReserveInventoryInput!) { reserveInventory(input: $input) { reservations { id } userErrors { code } } }',
          { input },
        ),
      );
      expect(reserveInventory.userErrors).toEqual([]);
      return reserveInventory.reservations[0]?.id;
    };
    const variables = { place: store, within: 1 };
    const heard = (line: { events: readonly { data: Told | null }[] }) =>
      line.events.flatMap(({ data }) => (data === null ? [] : [data.reservationExpiring.id]));

    const near = await claim(40);
    const soon = await claim(62);
    const first = till.listen<Told>(EXPIRING, variables);
    await until('both have come near', () => heard(first).length === 2);
    expect(heard(first)).toEqual([near, soon]);
    const cursor = first.events.at(-1)?.extensions?.['cursor'];
    await first.stop();

    const missed = await claim(50);
    const again = till.listen<Told>(EXPIRING, variables, String(cursor));
    await until('what came near meanwhile is told', () => heard(again).includes(missed ?? ''));
    const later = await claim(30);
    await until('and what comes near from now on', () => heard(again).includes(later ?? ''));
    expect(heard(again)).toEqual([missed, later]);
    await again.stop();

    const wrong = till.listen(EXPIRING, { ...variables, within: 100_000 });
    await until('a wish without bounds is refused', () => wrong.events.length > 0);
    expect(wrong.events[0]?.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    await wrong.stop();
  }, 60_000);
});
