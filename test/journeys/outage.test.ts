import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { buy, documents, fault } from '../kit/shopping.ts';
import { until } from '../kit/until.ts';

const SKU = 'HP701-WHITE';
const SYNC = 'query ($id: ID!) { order(id: $id) { erpSync { state externalId attempts lastErrorCode } } }';
interface Sync {
  order: {
    erpSync: { state: string; externalId: string | null; attempts: number; lastErrorCode: string | null };
  };
}

describe('an ERP that misbehaves', () => {
  let house: House;
  let admin: Client;
  beforeAll(async () => {
    house = await startHouse();
    admin = await sandboxClient(house.url, { role: 'admin' });
  });
  afterAll(() => house.remove());

  const syncOf = async (id: string | undefined) => dataOf(await admin.ask<Sync>(SYNC, { id })).order.erpSync;
  const acknowledged = (id: string | undefined) =>
    until(`order ${id} is acknowledged`, async () => (await syncOf(id)).state === 'ACKNOWLEDGED', 20_000);

  /** The ERP as operations people see it once it is held to be down: from then on nothing more is tried for a while. */
  const knownToBeDown = () =>
    until('it is known to be down', async () => {
      const { systems } = dataOf(
        await admin.ask<{ systems: { code: string; state: string; backlog: number }[] }>(
          '{ systems { code state backlog } }',
        ),
      );
      return systems.find(({ code, state }) => code === 'erp' && state === 'DOWN');
    });

  it('is down: orders are confirmed all the same, wait, and reach it once each when it is back', async () => {
    await fault(house.url, 'down');
    const orders: Awaited<ReturnType<typeof buy>>['order'][] = [];
    for (let n = 0; n < 5; n += 1) orders.push((await buy(admin, SKU)).order);
    expect(orders.map((order) => order?.status)).toEqual(Array(5).fill('CONFIRMED'));
    expect((await knownToBeDown()).backlog).toBeGreaterThanOrEqual(5);
    await fault(house.url, 'none');
    for (const order of orders) {
      await acknowledged(order?.id);
      expect(
        (await documents(house.url, { system: 'erp', kind: 'salesOrder', reference: order?.number ?? '' }))
          .total,
      ).toBe(1);
    }
  });

  it('loses its answers: it is asked, not sent to again, and holds one document an order', async () => {
    await fault(house.url, 'lossy-ack');
    const { order } = await buy(admin, SKU);
    await until(
      'it is there although nobody heard',
      async () =>
        (await documents(house.url, { system: 'erp', kind: 'salesOrder', reference: order?.number ?? '' }))
          .total === 1,
    );
    await fault(house.url, 'none');
    await acknowledged(order?.id);
    expect(
      (await documents(house.url, { system: 'erp', kind: 'salesOrder', reference: order?.number ?? '' }))
        .total,
    ).toBe(1);
  });

  it('asks for patience: it gets it, and every order in the end', async () => {
    await fault(house.url, 'throttled', { rate: 0.5, latencyMs: 200 });
    const { order } = await buy(admin, SKU);
    await acknowledged(order?.id);
    await fault(house.url, 'none');
  });

  it('says how many calls it still takes: orders go first, polls take what is left, and hardly a call is refused', async () => {
    const calls = async () => {
      const answer = await fetch(new URL('/sandbox/calls?system=erp', house.url));
      return z.object({ calls: z.number(), refused: z.number() }).parse(await answer.json());
    };
    await fault(house.url, 'throttled', { perSecond: 8 });
    const orders: Awaited<ReturnType<typeof buy>>['order'][] = [];
    for (let n = 0; n < 3; n += 1) orders.push((await buy(admin, SKU)).order);
    for (const order of orders) await acknowledged(order?.id);
    // More than it takes at once: the feeds alone would ask ten times a second.
    const counted = await until(
      'it was called often',
      async () => {
        const now = await calls();
        return now.calls >= 50 && now;
      },
      20_000,
    );
    await fault(house.url, 'none');
    expect(counted.refused / counted.calls).toBeLessThan(0.1);
  });

  it('answers nonsense: the order stays, and is there once when it has come to its senses', async () => {
    await fault(house.url, 'wrong');
    const { order, operation } = await buy(admin, SKU);
    expect((await knownToBeDown()).backlog).toBeGreaterThanOrEqual(1);
    await fault(house.url, 'none');
    await acknowledged(order?.id);
    const { operation: shown } = dataOf(
      await admin.ask<{
        operation: {
          state: string;
          subjectId: string;
          steps: { name: string; system: string; state: string; attempts: number }[];
        };
      }>('query ($id: ID!) { operation(id: $id) { state subjectId steps { name system state attempts } } }', {
        id: operation?.id,
      }),
    );
    expect(
      (await documents(house.url, { system: 'erp', kind: 'salesOrder', reference: order?.number ?? '' }))
        .total,
    ).toBe(1);
    expect(shown).toMatchObject({
      state: 'SUCCEEDED',
      subjectId: order?.id,
      steps: [{ system: 'erp', state: 'SUCCEEDED' }],
    });
  });
});
