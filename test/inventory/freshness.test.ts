import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedMongo, startEmbeddedMongo } from '../../embedded-mongo/start.ts';
import { systemClock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { createIntegration } from '../../platform/integration.ts';
import { connectStore } from '../../platform/store/store.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';
import { client } from '../kit/client.ts';
import { until } from '../kit/until.ts';
import { stretchWire, type Wire } from '../kit/wire.ts';
import { adjust } from './adjust.ts';
import { item, location, receipt, variant } from './erp-records.ts';
import { lies, type Truth, watch } from './honest-answers.ts';
import { type StartedInventory, startOn } from './start-inventory.ts';
import { type InventoryProcess, startInventoryProcess } from './start-inventory-process.ts';

// One process sells, another one answers, and something between the second and the store goes wrong. The store is the embedded one on
// a port, so that a wire to it can be held up and cut.

/**
 * Shorter than in production, so that a test sees both sides of it. What is remembered is known to be complete as of the last question
 * but one to the stream, each of which takes half a second when nothing happens: on a busy machine that is a second and more.
 */
const BOUND_MS = 2_000;
/** What a request and its answer may take on a busy machine. */
const SLACK_MS = 500;
const OPENING = 10_000;
/** Each of these takes as long as a reader is patient with its store; a run of every day does without. */

let directory: string;
let server: EmbeddedMongo;
let seller: StartedInventory;
let wire: Wire;
let reader: InventoryProcess;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'freshness-'));
  // Keeps so few changes that a reader that is away for a moment cannot go on where it stood.
  server = await startEmbeddedMongo({
    directory,
    listen: { host: '127.0.0.1', port: 0 },
    oplogMaxBytes: 2 * 1024 * 1024,
  });
  const store = await connectStore({ uri: server.uri, logger: silentLogger });
  const integration = createIntegration({ store, clock: systemClock, newId, logger: silentLogger });
  await integration.prepare();
  const dependencies = { store, integration, clock: systemClock, newId, logger: silentLogger };
  seller = await startOn({ dependencies, uri: server.uri }, () => store.close(), {
    locations: [location('DC')],
    items: [item('A')],
    stockMovements: [receipt('A', 'DC', OPENING)],
  });
  wire = await stretchWire(Number(new URL(server.uri).port));
  reader = await startInventoryProcess({
    uri: `mongodb://127.0.0.1:${wire.port}/?directConnection=true`,
    databasePrefix: '',
    maxStalenessMs: BOUND_MS,
  });
}, 60_000);
afterAll(async () => {
  await reader.stop();
  await seller.stop();
  await wire.stop();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

const truths: Truth[] = [{ value: OPENING, sentAt: 0, doneAt: 0 }];
async function sell(): Promise<number> {
  const sentAt = Date.now();
  await adjust(seller, 'A', '-1');
  const value = (truths.at(-1)?.value ?? OPENING) - 1;
  truths.push({ value, sentAt, doneAt: Date.now() });
  return value;
}

let watched: ReturnType<typeof watch>;
/** Waits for the reader to know the present from memory; when it does not, the failure shows what it answered instead. */
async function untilWell(value: number, timeoutMs: number): Promise<void> {
  const isWell = () => watched.answers.at(-1)?.basis === 'CACHED' && watched.answers.at(-1)?.value === value;
  await until('it knows the present from memory', isWell, timeoutMs).catch((cause: unknown) => {
    const last = JSON.stringify([...watched.answers.slice(-5), ...watched.errors.slice(-2)]);
    throw new Error(`${value} was to be answered from memory; last were ${last}`, { cause });
  });
}

beforeAll(async () => {
  // A process that has just begun on a busy machine may be too late with its very first answer, and says so with an error.
  const first = watch(reader.url, 'A');
  await until('it answers at all', () => first.answers.length > 0, 30_000).finally(() => first.stop());
  watched = watch(reader.url, 'A');
  await untilWell(OPENING, 30_000);
}, 70_000);
afterEach(async () => {
  wire.mend();
  wire.release();
  await untilWell(await sell(), 15_000);
  // Whatever happened, there was an answer to each question and none of them lied.
  expect(watched.errors).toEqual([]);
  expect(lies(watched.answers, truths, BOUND_MS + SLACK_MS)).toEqual([]);
}, 40_000);
afterAll(() => watched.stop());

describe('an answer about stock', () => {
  it('follows what another process sells', async () => {
    const answers = watched.from();
    for (let index = 0; index < 20; index += 1) await sell();
    await until('the last sale is seen', () => answers().at(-1)?.value === truths.at(-1)?.value);
    expect(answers().some(({ basis }) => basis === 'CACHED')).toBe(true);
    expect(answers().every(({ basis }) => basis !== 'FALLBACK')).toBe(true);
  }, 40_000);

  it('says that it may be old when changes do not arrive and nobody says so', async () => {
    const answers = watched.from();
    wire.hold();
    await sell();
    await until('it says so', () => answers().at(-1)?.basis === 'FALLBACK');
    const last = answers().at(-1);
    expect(last?.stalenessMs).toBeGreaterThan(BOUND_MS);
    expect(last?.value).toBe((truths.at(-1)?.value ?? 0) + 1);

    // Of what it has never read it says that it cannot say, and that asking again is worth it.
    const { data, errors } = await client(reader.url, 'staff').ask(
      'query ($variantIds: [ID!]!) { availability(variantIds: $variantIds, channelId: "web") { status } }',
      { variantIds: [variant('NEVER-READ')] },
    );
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'STORE_UNAVAILABLE',
      retryable: true,
    });
  }, 40_000);

  it('says so too when the way to the store is cut, and goes on where it stood', async () => {
    const answers = watched.from();
    wire.cut();
    await sell();
    await until('it says so', () => answers().at(-1)?.basis === 'FALLBACK');
  }, 40_000);

  it('is right, or says that it may not be, after the whole process stood still', async () => {
    const answers = watched.from();
    reader.send('SIGSTOP');
    for (let index = 0; index < 5; index += 1) await sell();
    // Not a wait for anything: this long is how long it stands still.
    await new Promise((resolve) => setTimeout(resolve, BOUND_MS + SLACK_MS));
    reader.send('SIGCONT');
    await until('it answers again', () => answers().length > 5);
  }, 40_000);

  it('is read anew when its clock is set back', async () => {
    const answers = watched.from();
    reader.send('SIGUSR2');
    await until('it answers by its new clock', () =>
      answers().some(({ asOf, askedAt }) => asOf < askedAt - 1_800_000),
    );
    const first = answers().find(({ asOf, askedAt }) => asOf < askedAt - 1_800_000);
    expect(first?.value).toBe(truths.at(-1)?.value);
  }, 40_000);

  it('is right again when so much was missed that nobody can tell it any more', async () => {
    const answers = watched.from();
    wire.cut();
    await until('it says that it may be old', () => answers().at(-1)?.basis === 'FALLBACK');
    const filler = seller.store.dependencies.store.database('filler').collection('filler');
    const text = 'x'.repeat(100_000);
    const stream = filler.watch();
    await stream.tryNext();
    for (let index = 0; index < 60; index += 1) await filler.insertOne({ text });
    await sell();
    const since = stream.resumeToken;
    await stream.close();
    await expect(filler.watch([], { resumeAfter: since }).next()).rejects.toMatchObject({ code: 286 });
  }, 60_000);
});
