import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditStock } from './audit.ts';
import { item, location, receipt, variant } from './erp-records.ts';
import { levelOf } from './levels.ts';
import { type StartedInventory, startInventory } from './start-inventory.ts';

const BUYERS_EACH = 250;
const NODES = { DC: 40, STORE: 35, OUTLET: 25 };

interface Answer {
  readonly ids: string[];
  readonly codes: string[];
}

let inventory: StartedInventory;
const crowds: ChildProcess[] = [];
beforeAll(async () => {
  inventory = await startInventory({
    locations: Object.keys(NODES).map((code) => location(code)),
    items: [item('FLASH')],
    stockMovements: Object.entries(NODES).map(([code, units]) => receipt('FLASH', code, units)),
  });
});
afterAll(async () => {
  for (const crowd of crowds) crowd.kill('SIGKILL');
  await inventory.stop();
});

async function crowd() {
  const { uri, dependencies } = inventory.store;
  const prefix = dependencies.store.database('inventory').name.replace(/inventory$/, '');
  const file = fileURLToPath(new URL('./processes/rush-process.ts', import.meta.url));
  const process_ = spawn(process.execPath, [file, uri, prefix, 'FLASH', String(BUYERS_EACH)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  crowds.push(process_);
  const lines = createInterface(process_.stdout)[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  return {
    async rush(): Promise<Answer[]> {
      process_.stdin.write('go\n');
      const { value } = await lines.next();
      if (process_.exitCode === null) await once(process_, 'exit');
      return JSON.parse(value ?? '[]') as Answer[];
    },
  };
}

describe('a flash sale', () => {
  it('sells 100 units over three nodes to exactly 100 of 500 buyers in two processes', async () => {
    const both = await Promise.all([crowd(), crowd()]);
    const answers = (await Promise.all(both.map(({ rush }) => rush()))).flat();

    const granted = answers.filter(({ codes }) => codes.length === 0);
    expect(answers).toHaveLength(2 * BUYERS_EACH);
    expect(granted).toHaveLength(100);
    expect(new Set(granted.flatMap(({ ids }) => ids)).size).toBe(100);
    expect(new Set(answers.flatMap(({ codes }) => codes))).toEqual(new Set(['INSUFFICIENT_STOCK']));
    for (const [code, units] of Object.entries(NODES))
      expect(await levelOf(inventory, 'FLASH', code)).toMatchObject({ available: 0, reserved: units });
    const stock = inventory.store.dependencies.store.database('inventory');
    const { positions } = await auditStock(stock, [variant('FLASH')]);
    expect(positions).toBe(100 + Object.keys(NODES).length);
  }, 60_000);
});
