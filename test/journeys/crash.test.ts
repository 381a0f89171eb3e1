import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { buy, documents } from '../kit/shopping.ts';
import { until } from '../kit/until.ts';

const ROUNDS = 3;
const BUYERS = 6;

/** Each buyer keeps one intent's key until it has an answer, as a shop's client would, over any number of crashes. */
describe('the house is killed while people buy', () => {
  let house: House;
  beforeAll(async () => {
    house = await startHouse();
  });
  afterAll(() => house.remove());

  it('and no order is lost or doubled, in the graph or in the ERP', async () => {
    const answered = new Map<string, string>();
    let open = true;
    let admin: Client = await sandboxClient(house.url, { role: 'admin' });

    const buyer = async () => {
      while (open) {
        const key = randomUUID();
        let number: string | undefined;
        while (open && number === undefined) {
          number = (await buy(admin, 'HP702-ECRU-SMALL', { key }).catch(() => null))?.order?.number;
          // The house is away: not as fast as the loop turns.
          if (number === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
        }
        if (number !== undefined) answered.set(key, number);
      }
    };
    const buyers = Array.from({ length: BUYERS }, buyer);
    for (let round = 1; round <= ROUNDS; round += 1) {
      const before = answered.size;
      await until(`round ${round} has sold something`, () => answered.size >= before + 3, 30_000);
      await house.kill();
      house = await startHouse({ dataDirectory: house.dataDirectory });
      admin = await sandboxClient(house.url, { role: 'admin' });
    }
    open = false;
    await Promise.all(buyers);

    const numbers = [...answered.values()];
    expect(new Set(numbers).size).toBe(numbers.length);
    await until(
      'nothing waits any more',
      async () =>
        dataOf(await admin.ask<{ systems: { backlog: number }[] }>('{ systems { backlog } }')).systems.every(
          (system) => system.backlog === 0,
        ),
      60_000,
    );
    for (const number of numbers) {
      const { orderByNumber } = dataOf(
        await admin.ask<{ orderByNumber: { erpSync: { state: string } } | null }>(
          'query ($number: String!) { orderByNumber(number: $number) { erpSync { state } } }',
          { number },
        ),
      );
      expect(orderByNumber?.erpSync.state).toBe('ACKNOWLEDGED');
      expect(
        (await documents(house.url, { system: 'erp', kind: 'salesOrder', reference: number })).total,
      ).toBe(1);
    }
    // Orders whose answer nobody heard may exist beside the answered ones; each document in the ERP is one order of the graph.
    const held = await documents(house.url, { system: 'erp', kind: 'salesOrder' });
    const references = held.documents.map((document) => document.reference);
    expect(new Set(references).size).toBe(references.length);
  }, 120_000);
});
