import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { authorize, browse, documents, PLACE, type Placed, variantBySku } from '../kit/shopping.ts';
import { until } from '../kit/until.ts';

const EQUAL = 200;

describe('two hundred equal requests at once', () => {
  let house: House;
  let admin: Client;
  beforeAll(async () => {
    house = await startHouse();
    admin = await sandboxClient(house.url, { role: 'admin' });
  });
  afterAll(() => house.remove());

  it('bring about one order, two hundred equal answers, and one document in the ERP', async () => {
    const channel = await browse(admin);
    const variant = await variantBySku(admin, 'HP701-WHITE', channel.id);
    const { payment } = await authorize(admin, variant.price.list);
    const input = {
      idempotencyKey: randomUUID(),
      channelId: channel.id,
      lines: [{ variantId: variant.id, quantity: { value: '1', unit: 'C62' }, method: 'SHIP' }],
      paymentIds: payment === null ? [] : [payment.id],
      expectedTotal: variant.price.list,
    };
    // As a client would: what is said to be worth repeating is repeated with the same key.
    const place = async (): Promise<Placed['placeOrder']> => {
      for (;;) {
        const { placeOrder } = dataOf(await admin.ask<Placed>(PLACE, { input }));
        if (!placeOrder.userErrors.some(({ retryable }) => retryable)) return placeOrder;
      }
    };
    const answers = await Promise.all(Array.from({ length: EQUAL }, place));
    const first = answers[0];
    expect(first?.userErrors).toEqual([]);
    for (const answer of answers) {
      expect(answer.userErrors).toEqual([]);
      expect(answer.order?.id).toBe(first?.order?.id);
      expect(answer.operation?.id).toBe(first?.operation?.id);
    }
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    const held = () =>
      documents(house.url, { system: 'erp', kind: 'salesOrder', reference: first?.order?.number ?? '' });
    await until('the ERP has it', async () => (await held()).total > 0);
    const { data } = await admin.ask<{ operations: { edges: unknown[] } }>(
      'query ($id: ID!) { operations(filter: { subjectId: $id, kinds: ["order.place"] }) { edges { node { id } } } }',
      { id: first?.order?.id },
    );
    expect(data?.operations.edges).toHaveLength(1);
    expect((await held()).total).toBe(1);
  });

  it('given the same key for another request, then it is refused and nothing happens', async () => {
    const channel = await browse(admin);
    const variant = await variantBySku(admin, 'HP701-WHITE', channel.id);
    const { payment } = await authorize(admin, variant.price.list);
    const input = {
      idempotencyKey: randomUUID(),
      channelId: channel.id,
      lines: [{ variantId: variant.id, quantity: { value: '1', unit: 'C62' }, method: 'SHIP' }],
      paymentIds: payment === null ? [] : [payment.id],
      expectedTotal: variant.price.list,
    };
    const { placeOrder: placed } = dataOf(await admin.ask<Placed>(PLACE, { input }));
    const before = await documents(house.url, { system: 'erp', kind: 'salesOrder' });
    const other = { ...input, clientPlacedAt: '2026-01-01T00:00:00Z' };
    const { placeOrder: refused } = dataOf(await admin.ask<Placed>(PLACE, { input: other }));
    expect(refused.order).toBeNull();
    expect(refused.userErrors.map(({ code }) => code)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    await until(
      'the first has reached the ERP',
      async () =>
        (
          await documents(house.url, {
            system: 'erp',
            kind: 'salesOrder',
            reference: placed.order?.number ?? '',
          })
        ).total === 1,
    );
    const after = await documents(house.url, { system: 'erp', kind: 'salesOrder' });
    expect(after.total).toBeLessThanOrEqual(before.total + 1);
  });
});
