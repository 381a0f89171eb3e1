import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { ConnectorError } from '../../connectors/connector-error.ts';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { CHANNEL, item, LOCATION, salesOrder } from './sandbox-erp-records.ts';
import { TOKEN } from './sandbox-under-test.ts';

const addressSchema = z.object({ url: z.string(), erpUrl: z.string() });
const within = () => AbortSignal.timeout(10_000);
let directory: string;
let running: ChildProcess | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sandbox-durability-'));
});
afterEach(async () => {
  await kill();
  await rm(directory, { recursive: true, force: true });
});

async function start() {
  const script = join(import.meta.dirname, 'sandbox-process.ts');
  const child = spawn(process.execPath, [script, directory, TOKEN], { stdio: ['ignore', 'pipe', 'inherit'] });
  running = child;
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return addressSchema.parse(JSON.parse(String(line)));
}

async function kill() {
  const child = running;
  running = undefined;
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

it('what was acknowledged is still there after a kill -9, once, and what is in doubt can be resolved', async () => {
  const first = await start();
  const erp = createSandboxErpConnector({ url: first.erpUrl, token: TOKEN });
  const loaded = await erp.loadMasterData?.('channels', [CHANNEL], { signal: within() });
  await erp.loadMasterData?.('locations', [LOCATION], { signal: within() });
  await erp.loadMasterData?.('items', [item('LAMP-1')], { signal: within() });
  expect(loaded).toEqual({ written: 1, unchanged: 0, rejected: [] });

  const acknowledged = new Map<string, string>();
  const doubtful: string[] = [];
  let sent = 0;
  async function sell() {
    for (;;) {
      sent += 1;
      const reference = `K-${sent}`;
      try {
        const receipt = await erp.createDocument('salesOrder', salesOrder(reference), {
          key: reference,
          signal: within(),
        });
        acknowledged.set(reference, receipt.number);
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error;
        if (error.outcome === 'in-doubt') doubtful.push(reference);
        return;
      }
    }
  }
  const sellers = Array.from({ length: 12 }, sell);
  await expect.poll(() => acknowledged.size, { timeout: 10_000 }).toBeGreaterThan(300);
  await kill();
  await Promise.all(sellers);
  await erp.close();

  const again = createSandboxErpConnector({ url: (await start()).erpUrl, token: TOKEN });
  for (const [reference, number] of acknowledged) {
    expect(await again.findDocument('salesOrder', reference, { signal: within() })).toMatchObject({ number });
  }
  expect(doubtful.length).toBeGreaterThan(0);
  const numbers = new Set(acknowledged.values());
  for (const reference of doubtful) {
    const found = await again.findDocument('salesOrder', reference, { signal: within() });
    const repeated = await again.createDocument('salesOrder', salesOrder(reference), {
      key: reference,
      signal: within(),
    });
    if (found !== null) expect(repeated.number).toBe(found.number);
    expect(repeated.replayed).toBe(found !== null);
    numbers.add(repeated.number);
  }
  expect(numbers.size).toBe(acknowledged.size + doubtful.length);
  await again.close();
}, 40_000);
