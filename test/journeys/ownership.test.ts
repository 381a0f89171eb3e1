import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import type { UserErrorAnswer } from '../kit/shopping.ts';

const FILE = new URL('../../ownership.yaml', import.meta.url);

describe('a house whose file says that others own what people used to change here', () => {
  let directory: string;
  let house: House;
  let admin: Client;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ucg-ownership-'));
    const file = join(directory, 'ownership.yaml');
    const ours = await readFile(FILE, 'utf8');
    await writeFile(
      file,
      ours
        .replace('Product.title: graph', 'Product.title: pim')
        .replace('Customer.email: graph', 'Customer.email: crm')
        .replace('InventoryLevel.quantities: graph', 'InventoryLevel.quantities: wms'),
    );
    house = await startHouse({ environment: { OWNERSHIP_FILE: file } });
    admin = await sandboxClient(house.url, { role: 'admin' });
  });
  afterAll(async () => {
    await house.remove();
    await rm(directory, { recursive: true, force: true });
  });

  async function errorsOf(mutation: string, type: string, input: Record<string, unknown>) {
    const answer = dataOf(
      await admin.ask<{ done: { userErrors: UserErrorAnswer[] } }>(
        `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { userErrors { code message field retryable } } }`,
        { input: { idempotencyKey: randomUUID(), ...input } },
      ),
    );
    return answer.done.userErrors;
  }

  it('refuses each by name, with the field, its owner and where to change it', async () => {
    expect(await errorsOf('upsertProduct', 'UpsertProductInput', { title: 'A new name' })).toEqual([
      {
        code: 'NOT_THE_OWNER',
        message: 'Product.title belongs to pim: change it there, and it arrives here by itself.',
        field: ['input', 'title'],
        retryable: false,
      },
    ]);
    expect(
      await errorsOf('upsertCustomer', 'UpsertCustomerInput', { email: 'ann@example.org', givenName: 'Ann' }),
    ).toMatchObject([{ code: 'NOT_THE_OWNER', field: ['input', 'email'] }]);
    const { locations } = dataOf(
      await admin.ask<{ locations: { edges: { node: { id: string } }[] } }>(
        '{ locations(first: 1) { edges { node { id } } } }',
      ),
    );
    const locationId = locations.edges[0]?.node.id;
    expect(
      await errorsOf('recordInventoryCount', 'RecordInventoryCountInput', {
        locationId,
        countedAt: new Date().toISOString(),
        counts: [{ variantId: randomUUID(), counted: { value: '1', unit: 'C62' } }],
      }),
    ).toMatchObject([
      { code: 'NOT_THE_OWNER', message: expect.stringContaining('InventoryLevel.quantities belongs to wms') },
    ]);
  });

  it('lets be changed what is still its own', async () => {
    const phone = '+4420712345678';
    expect(await errorsOf('upsertCustomer', 'UpsertCustomerInput', { phone, givenName: 'Ann' })).toEqual([]);
  });
});
