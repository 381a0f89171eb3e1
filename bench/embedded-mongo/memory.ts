import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { calculateObjectSize, Long } from 'bson';
import { type Collection, MongoClient } from 'mongodb';
import type { MemoryReading } from './memory-process.ts';

/**
 * `npm run bench:store-memory`: what the embedded store holds in memory for documents that are small and flat and for ones
 * with twenty lines: once they are written, once each was updated, and over the same files after a restart.
 */
const { values } = parseArgs({ options: { documents: { type: 'string', default: '100000' } } });
const documents = Number(values.documents);
type Item = { _id: string; n: number; [field: string]: unknown };

const kinds: Record<string, { count: number; make: (at: number) => Item }> = {
  'flat, two indexes': {
    count: documents,
    make: (at) => ({
      _id: identifier(at),
      group: at % 500,
      n: at,
      at: new Date(1_700_000_000_000 + at * 1000),
      text: 'x'.repeat(320),
    }),
  },
  'twenty lines, two indexes': {
    count: Math.ceil(documents / 10),
    make: (at) => ({
      _id: identifier(at),
      group: at % 500,
      n: at,
      at: new Date(1_700_000_000_000 + at * 1000),
      lines: Array.from({ length: 20 }, (_, line) => ({
        lineId: identifier(at * 20 + line),
        sku: `SKU-${(at + line) % 4000}`,
        quantity: line,
        price: { minor: Long.fromNumber(199 + line), currency: 'GBP' },
        state: 'OPEN',
      })),
    }),
  },
};

for (const [name, kind] of Object.entries(kinds)) await run(name, kind);

async function run(name: string, { count, make }: (typeof kinds)[string]): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-memory-'));
  try {
    const bytes = calculateObjectSize(make(1));
    console.log(`${name}: ${count} documents of ${bytes} bytes, ${mebibytes(count * bytes)} MiB as BSON`);
    await withStore(directory, async (items, read) => {
      print('empty', await read());
      await items.createIndex({ group: 1, at: -1 });
      for (let from = 0; from < count; from += 1000)
        await items.insertMany(
          Array.from({ length: Math.min(1000, count - from) }, (_, at) => make(from + at)),
        );
      print('written', await read(), count * bytes);
      for (let from = 0; from < count; from += 1000)
        await items.bulkWrite(
          Array.from({ length: Math.min(1000, count - from) }, (_, at) => ({
            updateOne: { filter: { _id: identifier(from + at) }, update: { $set: { n: -at } } },
          })),
        );
      print('each updated', await read(), count * bytes);
    });
    await withStore(directory, async (items, read) => {
      await items.findOne({});
      print('started again', await read(), count * bytes);
      for await (const _ of items.find({ n: { $gte: 0 } }));
      print('all read once', await read(), count * bytes);
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function withStore(
  directory: string,
  work: (items: Collection<Item>, read: () => Promise<MemoryReading>) => Promise<void>,
): Promise<void> {
  const file = fileURLToPath(new URL('./memory-process.ts', import.meta.url));
  const store = spawn(process.execPath, ['--expose-gc', file, directory], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(store.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the store ended');
    return value;
  };
  const client = await new MongoClient(`mongodb://${await next()}/?replicaSet=rs0`).connect();
  try {
    await work(client.db('bench').collection<Item>('items'), async () => {
      store.stdin.write('\n');
      // Written by memory-process.ts, so the shape is known.
      return JSON.parse(await next()) as MemoryReading;
    });
  } finally {
    await client.close();
    const ended = once(store, 'exit');
    store.stdin.end();
    await ended;
  }
}

/** Looks as a UUID does. */
function identifier(at: number): string {
  const digits = ((at * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0');
  return `${digits}-0000-7000-8000-${at.toString(16).padStart(12, '0')}`;
}

function print(
  when: string,
  { anonymousBytes, fileBytes, heapBytes, bufferBytes }: MemoryReading,
  stored = 0,
): void {
  const times = stored > 0 ? `, ${((heapBytes + bufferBytes) / stored).toFixed(1)} times the BSON` : '';
  console.log(
    `  ${when.padEnd(14)} heap ${mebibytes(heapBytes)} MiB and buffers ${mebibytes(bufferBytes)} MiB${times}; process ${mebibytes(anonymousBytes)} MiB, and ${mebibytes(fileBytes)} MiB of files mapped`,
  );
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}
