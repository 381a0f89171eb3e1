import { appendFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAll } from '../../connectors/conformance/feeds.ts';
import type { FeedDriver } from '../../connectors/conformance/harness.ts';
import { describeConnectorConformance } from '../../connectors/conformance/suite.ts';
import { createCsvConnector } from '../../connectors/csv/csv-connector.ts';

const HEADERS = {
  items: 'sku,title,baseUnit,taxCategoryCode',
  customers: 'code,givenName,email',
};

describeConnectorConformance({
  name: 'CSV drop folder',
  feeds: ['items', 'customers'],
  documents: [],
  faults: [],
  async start() {
    const directory = await mkdtemp(join(tmpdir(), 'csv-conformance-'));
    const driver = (
      file: string,
      good: (name: string) => string,
      bad: string,
      badColumn: string,
    ): FeedDriver => ({
      write: (name) => appendFile(join(directory, file), `${good(name)}\n`),
      nameOf: (record) => String(Reflect.get(Object(record), file === 'items.csv' ? 'sku' : 'code')),
      async spoil() {
        await appendFile(join(directory, file), `${bad}\n`);
        return badColumn;
      },
    });
    await writeFile(join(directory, 'items.csv'), `${HEADERS.items}\n`);
    await writeFile(join(directory, 'customers.csv'), `${HEADERS.customers}\n`);
    return {
      connector: createCsvConnector({ directory, system: 'pim', files: { items: {}, customers: {} } }),
      feeds: {
        items: driver(
          'items.csv',
          (name) => `${name},A title,C62,STANDARD`,
          'X-1,A title,piece,STANDARD',
          'baseUnit',
        ),
        customers: driver(
          'customers.csv',
          (name) => `${name},Mia,mia@example.org`,
          'C-1,Mia,not mail',
          'email',
        ),
      },
      documents: {},
      stop: () => rm(directory, { recursive: true, force: true }),
    };
  },
});

describe('a CSV drop folder', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'csv-drop-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const write = (name: string, lines: string[]) =>
    writeFile(join(directory, name), `${[HEADERS.items, ...lines].join('\n')}\n`);
  const connect = () => createCsvConnector({ directory, system: 'pim', files: { items: {} } });
  const skus = (changes: readonly { record?: unknown }[]) =>
    changes.flatMap(({ record }) => (record === undefined ? [] : String(Reflect.get(Object(record), 'sku'))));

  it('reads its files in the order of their names, and a later file when it comes', async () => {
    await write('items-02.csv', ['B-1,B,C62,STANDARD']);
    await write('items-01.csv', ['A-1,A,C62,STANDARD', 'A-2,A,C62,STANDARD']);
    await write('.items-03.csv', ['Z-1,unfinished,C62,STANDARD']);
    const connector = connect();
    const first = await readAll(connector, 'items', null, 2);
    expect(skus(first.changes)).toEqual(['A-1', 'A-2', 'B-1']);

    await write('items-03.csv', ['C-1,C,C62,STANDARD']);
    expect(skus((await readAll(connector, 'items', first.cursor, 2)).changes)).toEqual(['C-1']);
    await connector.close();
  });

  it('reads a replaced file anew, and only what was added to one that has grown', async () => {
    await write('items.csv', ['A-1,A,C62,STANDARD', 'A-2,A,C62,STANDARD']);
    const connector = connect();
    const first = await readAll(connector, 'items', null, 10);
    await appendFile(join(directory, 'items.csv'), 'A-3,A,C62,STANDARD\n');
    const grown = await readAll(connector, 'items', first.cursor, 10);
    expect(skus(grown.changes)).toEqual(['A-3']);
    await utimes(join(directory, 'items.csv'), new Date(), new Date());
    const touched = await readAll(connector, 'items', grown.cursor, 10);
    expect(touched.changes).toEqual([]);
    await write('items.csv', ['A-1,Another title,C62,STANDARD', 'A-2,A,C62,STANDARD', 'A-3,A,C62,STANDARD']);
    expect(skus((await readAll(connector, 'items', touched.cursor, 10)).changes)).toEqual([
      'A-1',
      'A-2',
      'A-3',
    ]);
  });

  it('goes on in the middle of a file after a restart', async () => {
    await write(
      'items.csv',
      Array.from({ length: 50 }, (_, index) => `A-${index},A,C62,STANDARD`),
    );
    const page = await connect().readChanges('items', null, {
      limit: 20,
      signal: AbortSignal.timeout(5_000),
    });
    expect(page.more).toBe(true);
    const rest = await readAll(connect(), 'items', page.cursor, 20);
    expect(skus([...page.changes, ...rest.changes])).toEqual(
      Array.from({ length: 50 }, (_, index) => `A-${index}`),
    );
  });

  it('reads a file anew that is replaced between two pages', async () => {
    const lines = (title: string) =>
      Array.from({ length: 50 }, (_, index) => `A-${index},${title},C62,STANDARD`);
    await write('items.csv', lines('old'));
    const connector = connect();
    const page = await connector.readChanges('items', null, {
      limit: 20,
      signal: AbortSignal.timeout(5_000),
    });
    await write('items.csv', lines('newer'));
    const { changes } = await readAll(connector, 'items', page.cursor, 20);
    expect(changes.map(({ record }) => Reflect.get(Object(record), 'title'))).toEqual(
      Array(50).fill('newer'),
    );
    await connector.close();
  });

  it('says of a bad value in which file, line and column it stands', async () => {
    await write('items.csv', ['A-1,A,C62,STANDARD', 'A-2,,C62,STANDARD', 'A-3,A']);
    const { changes } = await readAll(connect(), 'items', null, 10);
    expect(changes.map(({ rejected }) => rejected?.message)).toEqual([
      undefined,
      'items.csv line 3, column title: title is missing',
      'items.csv line 4: the line has 2 fields, the header 4',
    ]);
  });

  it('skips a file with a wrong header, with a word about it, and reads the next one', async () => {
    await writeFile(join(directory, 'items-01.csv'), 'article,name\nA-1,A\n');
    await write('items-02.csv', ['B-1,B,C62,STANDARD']);
    const { changes } = await readAll(connect(), 'items', null, 10);
    expect(changes[0]?.rejected).toMatchObject({ code: 'WRONG_HEADER', raw: 'article,name' });
    expect(skus(changes)).toEqual(['B-1']);
  });

  it('gives what a truncated archive holds, then one entry that names the file', async () => {
    const lines = Array.from(
      { length: 5_000 },
      (_, index) => `A-${index},${(index * 2_654_435_761) % 99_991},C62,STANDARD`,
    );
    const packed = gzipSync(`${[HEADERS.items, ...lines].join('\n')}\n`);
    await writeFile(join(directory, 'items.csv.gz'), packed.subarray(0, Math.floor(packed.length / 2)));
    const { changes } = await readAll(connect(), 'items', null, 1_000);
    expect(changes.length).toBeGreaterThan(1_000);
    expect(changes.filter(({ rejected }) => rejected !== undefined)).toHaveLength(1);
    expect(changes.at(-1)?.rejected).toMatchObject({ code: 'TRUNCATED_GZIP' });
    expect(changes.at(-1)?.rejected?.message).toContain('items.csv.gz');
  });

  it("reads a file with the system's own column names and leaves out what it does not have", async () => {
    await writeFile(join(directory, 'items.csv'), 'ArtNo;Text;Units\nA-1;Lamp;BX=6|PL=240\n');
    const connector = createCsvConnector({
      directory,
      system: 'pim',
      files: {
        items: {
          delimiter: ';',
          columns: { sku: 'ArtNo', title: 'Text', unitConversions: 'Units' },
          constants: { baseUnit: 'C62', taxCategoryCode: 'STANDARD' },
        },
      },
    });
    const { changes } = await readAll(connector, 'items', null, 10);
    expect(changes[0]?.record).toMatchObject({
      sku: 'A-1',
      title: 'Lamp',
      baseUnit: 'C62',
      unitConversions: [
        { unit: 'BX', factor: '6' },
        { unit: 'PL', factor: '240' },
      ],
      trackInventory: true,
      status: 'ACTIVE',
    });
  });

  it('says what it cannot do, and when its folder is gone', async () => {
    const connector = connect();
    const request = { signal: AbortSignal.timeout(5_000) };
    await expect(connector.findDocument('salesOrder', 'O-1', request)).rejects.toMatchObject({
      outcome: 'refused',
      code: 'UNSUPPORTED',
    });
    await expect(connector.readChanges('prices', null, { limit: 1, ...request })).rejects.toMatchObject({
      code: 'UNSUPPORTED',
    });
    await rm(directory, { recursive: true });
    await expect(connector.ping(request.signal)).rejects.toMatchObject({
      outcome: 'refused',
      code: 'UNREADABLE',
    });
  });
});
