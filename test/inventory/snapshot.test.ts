import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSnapshotFiles } from '../../connectors/csv/snapshot-files.ts';
import { quarantineModel } from '../../platform/feed/quarantine.ts';
import { adjust } from './adjust.ts';
import { item, location, place, receipt, variant } from './erp-records.ts';
import { reserve } from './reserve.ts';
import { type StartedInventory, shopper, startInventory } from './start-inventory.ts';

/** A slice of what a warehouse has; `npm run bench:inventory` brings 100,000. */
const ROWS = 3_000;
const many = Array.from({ length: ROWS }, (_, index) => `M${index}`);

let inventory: StartedInventory;
let directory: string;
let address: string;
const served = new Map<string, Buffer>();
const server = createServer((request, response) => {
  const body = served.get(request.url ?? '');
  if (body === undefined) response.writeHead(404);
  response.end(body);
});

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snapshots-'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  inventory = await startInventory(
    {
      locations: [location('DC'), location('STORE')],
      items: [
        ...['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((sku) => item(sku)),
        item('BOXED', { unitConversions: [{ unit: 'BX', factor: '6' }] }),
        ...many.map((sku) => item(sku)),
      ],
      stockMovements: ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((sku) => receipt(sku, 'DC', 10)),
    },
    undefined,
    { snapshotFiles: createSnapshotFiles({ allowed: [`${pathToFileURL(directory).href}/`, address] }) },
  );
}, 120_000);
afterAll(async () => {
  await inventory.stop();
  await rm(directory, { recursive: true, force: true });
  server.close();
});

interface Payload {
  acceptedRows: number;
  unchangedRows: number;
  rejectedRows: number;
  replayed: boolean;
  userErrors: { code: string; field: string[]; retryable: boolean }[];
}

let keys = 0;
async function ingest(
  rows: string | { url: string },
  more: Record<string, unknown> = {},
  identity = undefined as Parameters<StartedInventory['ask']>[2],
): Promise<Payload> {
  keys += 1;
  let url: string;
  if (typeof rows === 'string') {
    const path = join(directory, `${keys}.csv`);
    await writeFile(path, rows);
    url = pathToFileURL(path).href;
  } else url = rows.url;
  const { ingestInventorySnapshot } = await inventory.ask<{ ingestInventorySnapshot: Payload }>(
    `mutation ($input: IngestInventorySnapshotInput!) { ingestInventorySnapshot(input: $input) {
      acceptedRows unchangedRows rejectedRows replayed userErrors { code field retryable } } }`,
    {
      input: {
        idempotencyKey: `snapshot-${keys}`,
        sourceSystem: 'WMS',
        sourceSequence: String(keys),
        locationId: place('DC'),
        asOf: new Date().toISOString(),
        url,
        ...more,
      },
    },
    identity,
  );
  return ingestInventorySnapshot;
}

const database = () => inventory.store.dependencies.store.database('inventory');
const onHand = async (sku: string) =>
  (
    await database()
      .collection('levels')
      .findOne({ variantId: variant(sku), locationId: place('DC') })
  )?.['onHand'];

describe('a snapshot', () => {
  it('sets right what differs, and writes nothing for what does not', async () => {
    const [levels, lines] = [database().collection('levels'), database().collection('ledger')];
    const before = await levels.findOne({ variantId: variant('A') });
    const lineCount = await lines.countDocuments();
    expect(await ingest('sku,quantity\nA,10\nB,7\nC,12\n')).toEqual({
      acceptedRows: 2,
      unchangedRows: 1,
      rejectedRows: 0,
      replayed: false,
      userErrors: [],
    });
    expect([await onHand('A'), await onHand('B'), await onHand('C')]).toEqual([10, 7, 12]);
    expect(await levels.findOne({ variantId: variant('A') })).toEqual(before);
    expect(await lines.countDocuments()).toBe(lineCount + 2);
  });

  it('keeps what happened after it was taken', async () => {
    const asOf = new Date().toISOString();
    await adjust(inventory, 'D', '-4');
    expect(await ingest('sku,quantity\nD,11\n', { asOf })).toMatchObject({ acceptedRows: 1 });
    expect(await onHand('D')).toBe(7);
  });

  it('is applied once, by its key and by its number', async () => {
    const again = { idempotencyKey: 'same', sourceSequence: 'same', asOf: new Date().toISOString() };
    const url = pathToFileURL(join(directory, 'same.csv')).href;
    await writeFile(join(directory, 'same.csv'), 'sku,quantity\nE,3\n');
    expect(await ingest({ url }, again)).toMatchObject({ acceptedRows: 1, replayed: false });
    expect(await ingest({ url }, again)).toMatchObject({ acceptedRows: 1, replayed: true });
    await adjust(inventory, 'E', '2');
    const renamed = { ...again, idempotencyKey: 'other' };
    expect(await ingest({ url }, renamed)).toMatchObject({ acceptedRows: 0, unchangedRows: 1 });
    expect(await onHand('E')).toBe(5);
  });

  it('sets bad rows aside with their reasons, and takes the others', async () => {
    const rows = ['sku,quantity,unit', 'F,1,', 'F,2,', 'NOBODY,1,', 'G,-1,', 'G,1.5,', 'BOXED,2,BX', 'G,"4'];
    const report = await ingest(rows.join('\n'), { sourceSequence: 'bad' });
    expect(report).toMatchObject({ acceptedRows: 2, unchangedRows: 0, rejectedRows: 5 });
    expect([await onHand('F'), await onHand('BOXED'), await onHand('G')]).toEqual([1, 12, 10]);
    const { integration } = inventory.store.dependencies;
    const quarantined = await quarantineModel(integration.connection)
      .find({ feed: 'inventory/WMS/snapshot' })
      .sort({ eventId: 1 });
    expect(quarantined.map(({ eventId, code, field }) => [eventId, code, field])).toEqual([
      ['bad:3', 'DUPLICATE_ROW', 'sku'],
      ['bad:4', 'VARIANT_UNKNOWN', 'sku'],
      ['bad:5', 'INVALID_VALUE', 'quantity'],
      ['bad:6', 'QUANTITY_INVALID', 'quantity'],
      ['bad:8', 'BROKEN_LINE', null],
    ]);
  });

  it('comes over HTTP too, packed', async () => {
    served.set('/stock.csv.gz', gzipSync('sku,quantity\nF,4\n'));
    expect(await ingest({ url: `${address}stock.csv.gz` })).toMatchObject({ acceptedRows: 1 });
    expect(await onHand('F')).toBe(4);
  });

  it.each([
    ['from an address nobody allowed', () => 'http://127.0.0.1:9/stock.csv', 'URL_NOT_ALLOWED', false],
    [
      'from beside what is allowed',
      () => `${address}../../etc`.replace('http', 'ftp'),
      'URL_NOT_ALLOWED',
      false,
    ],
    ['that is not there', () => `${address}nothing.csv`, 'SNAPSHOT_UNREADABLE', true],
    [
      'climbing out of the folder',
      () => `${pathToFileURL(directory).href}/../x.csv`,
      'URL_NOT_ALLOWED',
      false,
    ],
  ])('is refused %s', async (_, url, code, retryable) => {
    const { userErrors } = await ingest({ url: url() });
    expect(userErrors).toEqual([{ code, field: ['input', 'url'], retryable }]);
  });

  it('is refused with another header, of a place nobody knows, and of tomorrow', async () => {
    const codes = async (...args: Parameters<typeof ingest>) =>
      (await ingest(...args)).userErrors.map(({ code }) => code);
    expect(await codes('article,amount\nA,1\n')).toEqual(['SNAPSHOT_UNREADABLE']);
    expect(await codes('sku,quantity\n', { locationId: place('NOWHERE') })).toEqual(['LOCATION_UNKNOWN']);
    const asOf = new Date(Date.now() + 86_400_000).toISOString();
    expect(await codes('sku,quantity\n', { asOf })).toEqual(['AS_OF_IN_THE_FUTURE']);
    await expect(ingest('sku,quantity\n', {}, shopper('ann'))).rejects.toThrow('inventory:adjust');
  });
});

describe('a snapshot of a whole warehouse', () => {
  it('is applied while stock is claimed, and nothing is written when it comes again', async () => {
    const rows = ['sku,quantity', ...many.map((sku) => `${sku},5`)].join('\n');
    let isDone = false;
    const running = ingest(rows, { sourceSequence: 'whole' }).finally(() => {
      isDone = true;
    });
    const waitsMs: number[] = [];
    let granted = 0;
    for (let index = 0; !isDone; index += 1) {
      // Each claim is of an article that may be in the very rows that are being applied.
      const sku = many[(index * 97) % ROWS] ?? '';
      const startedAt = performance.now();
      const { reservations } = await reserve(inventory, [[sku, 1]]);
      waitsMs.push(performance.now() - startedAt);
      granted += reservations.length;
    }
    expect(await running).toMatchObject({ acceptedRows: ROWS, unchangedRows: 0, rejectedRows: 0 });
    expect(waitsMs.length).toBeGreaterThan(3);
    expect(Math.max(...waitsMs)).toBeLessThan(5_000);
    const levels = database().collection('levels');
    const ofMany = { variantId: { $in: many.map(variant) }, locationId: place('DC') };
    expect(await levels.countDocuments({ ...ofMany, onHand: 5 })).toBe(ROWS);
    const claimed = await levels.find({ ...ofMany, reserved: { $gt: 0 } }).toArray();
    expect(claimed.reduce((sum, { reserved }) => sum + Number(reserved), 0)).toBe(granted);

    const before = await database().collection('ledger').countDocuments();
    expect(await ingest(rows)).toMatchObject({ acceptedRows: 0, unchangedRows: ROWS, rejectedRows: 0 });
    expect(await database().collection('ledger').countDocuments()).toBe(before);
  }, 300_000);
});
