import { execute, parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { createIntegration, type SubgraphDependencies } from '../../platform/integration.ts';
import { connectStore } from '../../platform/store/store.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';
import { createInventory } from '../../subgraphs/inventory/index.ts';
import { counted, onStockCommand } from './counted.ts';
import { erpOf, item, location, receipt, variant } from './erp-records.ts';
import { reserve } from './reserve.ts';
import { type StartedInventory, staff, startInventory, startOn } from './start-inventory.ts';

const SKUS = Array.from({ length: 20 }, (_, index) => `W${index}`);

let first: StartedInventory;
let warm: StartedInventory;
/** What the warm process has sent to the store about stock. */
const reads: string[] = [];

beforeAll(async () => {
  first = await startInventory({
    locations: [location('DC')],
    items: SKUS.map((sku) => item(sku)),
    stockMovements: SKUS.map((sku) => receipt(sku, 'DC', 10)),
  });
  const dependencies = await connect();
  onStockCommand(dependencies.store.database('inventory').getClient(), (command) => reads.push(command));
  warm = await startOn({ dependencies, uri: first.store.uri }, () => dependencies.store.close(), {});
});

/** A connection of its own to the store of the first, as another process has. */
async function connect(): Promise<SubgraphDependencies> {
  const databasePrefix = first.store.dependencies.store.database('inventory').name.replace(/inventory$/, '');
  const uri = `${first.store.uri}&monitorCommands=true`;
  const store = await connectStore({ uri, logger: silentLogger, databasePrefix });
  const integration = createIntegration({ store, clock: systemClock, newId, logger: silentLogger });
  return { store, integration, clock: systemClock, newId, logger: silentLogger };
}
afterAll(async () => {
  await warm.stop();
  await first.stop();
});

async function ask(): Promise<string[]> {
  const { availability } = await warm.ask<{ availability: { freshness: { basis: string } }[] }>(
    `query ($variantIds: [ID!]!) { availability(variantIds: $variantIds, channelId: "web") {
      status availableToPromise { value } byLocation { location { code } pickupReadyBy } freshness { basis asOf } } }`,
    { variantIds: SKUS.map(variant) },
  );
  return availability.map(({ freshness }) => freshness.basis);
}

it('costs the store no read once it is in memory, and one for what has changed since', async () => {
  expect(new Set(await ask())).toEqual(new Set(['CONFIRMED']));
  expect(reads.length).toBeGreaterThan(0);
  reads.length = 0;
  for (let index = 0; index < 200; index += 1) expect(new Set(await ask())).toEqual(new Set(['CACHED']));
  expect(reads).toEqual([]);

  await reserve(first, [['W3', 1]]);
  await expect.poll(async () => (await ask()).includes('CONFIRMED')).toBe(true);
  // One read of each of the three that make up what is known of a variant, for the one that changed.
  expect(reads.toSorted()).toEqual(['find items', 'find levels', 'find supplies']);
});

it('costs the ERP no call, and needs none: it answers while the ERP is gone', async () => {
  const calls: string[] = [];
  let isGone = false;
  const erp = counted(erpOf({ locations: [], items: [], stockMovements: [] }), (name) => {
    calls.push(name);
    if (isGone) throw new Error('the ERP is gone');
  });
  const dependencies = await connect();
  const subgraph = createInventory({ ...dependencies, erp });
  const questions = await startQuestions(subgraph);
  isGone = true;
  calls.length = 0;
  const startedAt = performance.now();
  for (let index = 0; index < 500; index += 1) expect(await questions()).toMatch(/CACHED|CONFIRMED/);
  const seconds = (performance.now() - startedAt) / 1_000;
  // Its feeds are looked at once a second each, whoever asks what; nothing else is ever called.
  expect(new Set(calls)).toEqual(calls.length === 0 ? new Set() : new Set(['readChanges']));
  expect(calls.length).toBeLessThanOrEqual(3 * (Math.ceil(seconds) + 1));
  await subgraph.stop();
  await dependencies.store.close();
});

async function startQuestions(subgraph: ReturnType<typeof createInventory>) {
  await subgraph.start();
  const document = parse(
    'query ($variantIds: [ID!]!) { availability(variantIds: $variantIds, channelId: "web") { freshness { basis } } }',
  );
  return async () => {
    const { data } = await execute({
      schema: subgraph.schema,
      document,
      variableValues: { variantIds: [variant('W0')] },
      contextValue: subgraph.contextFor({
        identity: staff,
        correlationId: newId(),
        deadlineMs: Date.now() + 10_000,
      }),
    });
    return JSON.stringify(data);
  };
}
