import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { mongo } from 'mongoose';
import { z } from 'zod';
import { idFromKey } from '../../../platform/ids.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import { connectStore } from '../../../platform/store/store.ts';
import { silentLogger as logger } from '../../../platform/telemetry/logger.ts';
import { AGGREGATES, INTENTS, INTENTS_EACH, POINTS, type Point, seeded } from './points.ts';

const PROCESS = fileURLToPath(new URL('./process.ts', import.meta.url));
/** Longer than the store keeps the transaction of a dead client. */
const DONE_WITHIN_MS = 90_000;
const documentsSchema = z.object({
  documents: z.array(z.object({ reference: z.string(), number: z.string() })),
});

export interface World {
  readonly storeUri: string;
  readonly erpUrl: string;
  readonly controlUrl: string;
  readonly token: string;
}

/**
 * Runs the intents through one to three deaths that the seed chooses, then to the end, and looks at what there is: in the store, and in
 * the ERP itself. Answers what is wrong; nothing when all is well.
 */
export async function runSeed(seed: number, world: World): Promise<{ deaths: string[]; problems: string[] }> {
  const random = seeded(seed);
  const prefix = `s${seed}-${Date.now()}-`;
  const deaths: string[] = [];
  const planned = 1 + Math.floor(random() * 3);
  for (let death = 0; death < planned; death += 1) {
    const point = POINTS[Math.floor(random() * POINTS.length)] ?? 'leased';
    const hit = 1 + Math.floor(random() * INTENTS.length);
    const ended = await run(world, prefix, point, hit);
    await endTransactionsOfTheDead(world);
    deaths.push(`${point} ${hit}${ended === 'SIGKILL' ? '' : ' (not reached)'}`);
  }
  const ended = await run(world, prefix, null, 0);
  const problems = ended === 0 ? [] : [`the last run ended with ${ended}`];
  return { deaths, problems: [...problems, ...(await inspect(world, prefix))] };
}

function run(
  world: World,
  prefix: string,
  point: Point | null,
  hit: number,
): Promise<number | string | null> {
  const child = spawn(
    process.execPath,
    [PROCESS, world.storeUri, prefix, world.erpUrl, world.token, point ?? '', String(hit)],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const late = setTimeout(() => child.kill('SIGTERM'), DONE_WITHIN_MS);
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      clearTimeout(late);
      resolve(code ?? signal);
    });
  });
}

/**
 * MongoDB keeps the open transaction of a client that died for a minute, and its documents with it. Two hundred seeds do not wait for
 * that: they have it ended, as it ends by itself.
 */
async function endTransactionsOfTheDead({ storeUri }: World): Promise<void> {
  const client = await new mongo.MongoClient(storeUri).connect();
  try {
    await client.db('admin').command({ killAllSessions: [] });
  } finally {
    await client.close();
  }
}

async function inspect(world: World, prefix: string): Promise<string[]> {
  const store = await connectStore({ uri: world.storeUri, logger, databasePrefix: prefix });
  const problems: string[] = [];
  try {
    const operations = await store
      .database('integration')
      .collection<Pick<OperationRecord, '_id' | 'subjectId' | 'state' | 'aggregate'>>('operations')
      .find()
      .toArray();
    if (operations.length !== INTENTS.length)
      problems.push(`${operations.length} operations for ${INTENTS.length} intents`);
    const numbers = new Map<string, string>();
    for (const { key } of INTENTS) {
      const reference = idFromKey('saga', prefix, key);
      const mine = operations.filter(({ subjectId }) => subjectId === reference);
      if (mine.length !== 1 || mine[0]?.state !== 'SUCCEEDED')
        problems.push(`${key}: ${mine.map(({ state }) => state).join(', ') || 'no operation'}`);
      const held = await documentsOf(world, reference);
      if (held.length !== 1) problems.push(`${key}: ${held.length} documents in the ERP`);
      numbers.set(key, held[0]?.number ?? '');
    }
    for (const aggregate of AGGREGATES) {
      const inOrder = Array.from({ length: INTENTS_EACH }, (_, n) => numbers.get(`${aggregate}${n}`) ?? '');
      const ascending = [...inOrder].sort((left, right) => Number(left.slice(3)) - Number(right.slice(3)));
      if (inOrder.join() !== ascending.join())
        problems.push(`${aggregate}: the ERP got them as ${inOrder.join(', ')}`);
    }
    for (const name of ['saga', 'integration']) await store.database(name).dropDatabase();
  } finally {
    await store.close();
  }
  return problems;
}

/** What the ERP itself holds under a reference of this seed alone. */
async function documentsOf(world: World, reference: string) {
  const query = new URLSearchParams({ system: 'erp', kind: 'journalEntry', reference });
  const response = await fetch(`${world.controlUrl}/documents?${query}`, {
    headers: { authorization: `Bearer ${world.token}` },
  });
  return documentsSchema.parse(await response.json()).documents;
}
