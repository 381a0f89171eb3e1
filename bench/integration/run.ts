import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedMongo } from '../../embedded-mongo/start.ts';
import { systemClock as clock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { createIntegration } from '../../platform/integration.ts';
import { connectStore, prepareModels } from '../../platform/store/store.ts';
import { silentLogger as logger } from '../../platform/telemetry/logger.ts';
import { startProcess } from '../../test/kit/house.ts';
import { until } from '../../test/kit/until.ts';
import { hungErp } from './hung-erp.ts';
import { cpuMs, entriesOf, submit } from './ledger.ts';

/**
 * `npm run bench:integration`: what the spine carries to an ERP that takes 5 ms for each document. The store, the ERP and each dispatcher
 * are processes of their own on this machine.
 */
const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'all' },
    backlog: { type: 'string', default: '10000' },
    small: { type: 'string', default: '3000' },
    rate: { type: 'string', default: '40' },
    seconds: { type: 'string', default: '10' },
  },
});
const PARTS = ['acknowledgement', 'drain', 'dispatchers', 'hung'] as const;
const parts = PARTS.filter((part) => values.part === 'all' || values.part.split(',').includes(part));
if (parts.length === 0)
  throw new Error(`--part is all, or some of ${PARTS.join(',')} with commas between, not ${values.part}`);
const backlog = Number(values.backlog);
const small = Number(values.small);
const rate = Number(values.rate);
const seconds = Number(values.seconds);
const ERP_MS = 5;
const TOKEN = 'a-token-for-benchmarks-only';
const SUBMIT_SIZE = 100;
const DRAIN_WITHIN_MS = 300_000;
const WRITES = new Set([
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'findOneAndUpdate',
  'bulkWrite',
]);

const directory = await mkdtemp(join(tmpdir(), 'bench-integration-'));
const server = await startEmbeddedMongo({ directory: join(directory, 'store') });
const store = await connectStore({ uri: server.uri, logger });
const integration = createIntegration({ store, clock, newId, logger });
const entries = entriesOf(store.database('bench'));
const room = { store, integration, entries };
const { model } = integration.operations;
await integration.prepare();
await prepareModels([entries]);
await integration.health.register({
  _id: 'erp',
  connector: 'sandbox',
  kind: 'ERP',
  owns: [],
  conformance: '',
});
const erp = await startProcess(
  ['bench/integration/erp-process.ts', join(directory, 'erp'), TOKEN],
  process.env,
  /ready at (\{.*\})/,
);
// Printed by erp-process.ts.
const addresses = JSON.parse(erp.match) as { control: string; erp: string };

async function erpIs(mode: 'down' | 'slow'): Promise<void> {
  const response = await fetch(`${addresses.control}/faults`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ system: 'erp', mode, latencyMs: ERP_MS }),
  });
  if (response.status !== 200) throw new Error(`the ERP did not become ${mode}`);
}

const startDispatcher = () =>
  startProcess(
    ['bench/integration/dispatcher-process.ts', server.uri, addresses.erp, TOKEN],
    { ...process.env, NODE_ENV: 'production' },
    /ready at (work)/,
  );
// By the index of states: what has ended is not looked at again at each look.
const unfinished = () =>
  model.countDocuments({ state: { $in: ['ACCEPTED', 'IN_PROGRESS', 'DEAD_LETTERED'] } });
/** Milliseconds of processor time that the ERP has used so far. */
async function erpCpuMs(): Promise<number> {
  const before = erp.output().length;
  erp.send('SIGUSR2');
  const said = await until('the ERP says what it used', () => /cpu (\d+)\n/.exec(erp.output().slice(before)));
  return Number(said[1]);
}
const ownCpuMs = () => cpuMs(process.cpuUsage());

async function fill(count: number): Promise<void> {
  for (let n = 0; n < count; n += SUBMIT_SIZE) await submit(room, Math.min(SUBMIT_SIZE, count - n));
}

/** An outage with a backlog: how fast it drains once the ERP is back, and what each dispatcher asked of the store for it. */
async function drain(count: number, dispatchers: number): Promise<void> {
  await erpIs('down');
  await fill(count);
  const running = await Promise.all(Array.from({ length: dispatchers }, startDispatcher));
  await until('calls are held back', async () =>
    integration.health.model.exists({ _id: 'erp', breaker: 'OPEN' }),
  );
  const before = { store: ownCpuMs(), erp: await erpCpuMs() };
  await erpIs('slow');
  const backAt = performance.now();
  let firstAt: number | null = null;
  await until(
    'the backlog is gone',
    async () => {
      const left = await unfinished();
      if (firstAt === null && left < count) firstAt = performance.now();
      // Asked seldom: counting is work for the store as well.
      if (left > 0) await new Promise((resolve) => setTimeout(resolve, 100));
      return left === 0;
    },
    DRAIN_WITHIN_MS,
  );
  const tookMs = performance.now() - (firstAt ?? backAt);
  const noticedMs = (firstAt ?? backAt) - backAt;
  const used = { store: ownCpuMs() - before.store, erp: (await erpCpuMs()) - before.erp };
  for (const each of running) await each.stop();
  const dispatching = running.reduce(
    (sum, each) => sum + Number(/cpu (\d+)/.exec(each.output())?.[1] ?? 0),
    0,
  );
  const asked = new Map<string, number>();
  for (const each of running) {
    const told = /asked (\{.*\})/.exec(each.output())?.[1] ?? '{}';
    // Printed by dispatcher-process.ts.
    for (const [method, times] of Object.entries(JSON.parse(told) as Record<string, number>))
      asked.set(method, (asked.get(method) ?? 0) + times);
  }
  const writes = [...asked].reduce((sum, [method, times]) => sum + (WRITES.has(method) ? times : 0), 0);
  const calls = [...asked].reduce((sum, [method, times]) => sum + (method === 'commit' ? 0 : times), 0);
  const per = (times: number) => (times / count).toFixed(2);
  console.log(
    `  ${dispatchers} dispatcher${dispatchers === 1 ? ' ' : 's'}  ${String(count).padStart(6)} waiting  ${(count / (tookMs / 1_000)).toFixed(0).padStart(5)} /s` +
      `   noticed after ${(noticedMs / 1_000).toFixed(1)} s   each: ${per(writes)} writes, ${per(asked.get('commit') ?? 0)} commits, ${per(calls)} store calls` +
      `; processor ms: ${per(dispatching)} dispatching, ${per(used.store)} store, ${per(used.erp)} ERP`,
  );
  await model.deleteMany({});
}

/** Operations that arrive at a steady rate: how long until the ERP has acknowledged them. */
async function acknowledge(): Promise<void> {
  await erpIs('slow');
  const dispatcher = await startDispatcher();
  const beganAt = performance.now();
  const submitted: Promise<void>[] = [];
  for (let n = 0; n < rate * seconds; n += 1) {
    const waitMs = beganAt + (n * 1_000) / rate - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    submitted.push(submit(room, 1));
  }
  await Promise.all(submitted);
  await until('all are acknowledged', async () => (await unfinished()) === 0, DRAIN_WITHIN_MS);
  await dispatcher.stop();
  const done = await model
    .find({}, { createdAt: 1, completedAt: 1 })
    .lean<{ createdAt: Date; completedAt: Date }[]>();
  const latencies = done
    .map(({ createdAt, completedAt }) => completedAt.getTime() - createdAt.getTime())
    .sort((a, b) => a - b);
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  console.log(
    `  ${rate} /s for ${seconds} s, written by another process: acknowledged after p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
  );
  await model.deleteMany({});
}

const PART: Readonly<Record<(typeof PARTS)[number], () => Promise<void>>> = {
  async acknowledgement() {
    console.log('\nAcknowledgement');
    await acknowledge();
  },
  async drain() {
    console.log('\nAfter an outage');
    await drain(backlog, 1);
  },
  async dispatchers() {
    console.log('\nMore dispatchers');
    for (const dispatchers of [1, 2, 4]) await drain(small, dispatchers);
  },
  async hung() {
    console.log('\nWhile the ERP hangs');
    await hungErp();
  },
};

try {
  console.log(`ERP of ${ERP_MS} ms, ${cpus().length} cores, Node ${process.version}`);
  for (const part of parts) await PART[part]();
} finally {
  await erp.stop();
  await store.close();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
