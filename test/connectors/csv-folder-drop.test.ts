import { readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFolderDrop, type FolderDropOptions } from '../../connectors/csv/folder-drop.ts';
import { systemClock } from '../../platform/clock.ts';
import { quarantineModel } from '../../platform/feed/quarantine.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';
import { MOVEMENT_COLUMNS, makeDrop, movement, PRICE_COLUMNS, pollDrop, price } from './drop-under-test.ts';

describe('a folder where another system drops files', () => {
  let test: TestStore;
  let drop: Awaited<ReturnType<typeof makeDrop>>;
  let count = 0;
  let stops: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(() => test.stop());
  beforeEach(async () => {
    drop = await makeDrop();
    count += 1;
  });
  afterEach(async () => {
    for (const stop of stops) await stop();
    stops = [];
    await drop.remove();
  });

  const put = (name: string, lines: string[], header = PRICE_COLUMNS) =>
    writeFile(join(drop.incoming, name), `${[header, ...lines].join('\n')}\n`);
  async function given(
    feed: 'prices' | 'stockMovements' = 'prices',
    options: Partial<FolderDropOptions> = {},
  ) {
    const poller = pollDrop(test.dependencies, feed, `drop-${count}`, { directory: drop.root, ...options });
    await poller.start();
    stops.push(() => poller.stop());
    return poller;
  }
  const archived = (files: number) =>
    until(`${files} files are archived`, async () => (await drop.files('archive')).length === files);
  const values = async (rows: Awaited<ReturnType<typeof given>>['rows']) =>
    (await rows.find().sort({ _id: 1 }).lean()).map(({ _id, value, times }) => [_id, value, times]);
  const quarantined = () =>
    quarantineModel(test.dependencies.integration.connection)
      .find({ feed: `drop-${count}` })
      .sort({ eventId: 1 })
      .lean();

  it('is read in the order of names, and each file goes to the archive of the day', async () => {
    await put('prices-02.csv', [price('A', '12')]);
    await put('prices-01.csv', [price('A', '10'), price('B', '20')]);
    const { rows } = await given();
    await archived(2);
    expect(await values(rows)).toEqual([
      ['A', '12', 2],
      ['B', '20', 1],
    ]);
    const today = new Date().toISOString().slice(0, 10);
    expect(await drop.files('archive')).toEqual([`${today}/prices-01.csv`, `${today}/prices-02.csv`]);
    expect([await drop.files('in'), await drop.files('reading'), await drop.files('reject')]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('takes a file at once that has its marker, and where markers are required no other', async () => {
    await put('prices-1.csv', [price('A', '1')]);
    await writeFile(join(drop.incoming, 'prices-1.csv.done'), '');
    await put('prices-2.csv', [price('B', '1')]);
    const { rows } = await given('prices', { settleMs: 1, markerRequired: true });
    await archived(1);
    expect(await drop.files('in')).toEqual(['prices-2.csv']);
    expect(await rows.countDocuments()).toBe(1);
    await writeFile(join(drop.incoming, 'prices-2.csv.done'), '');
    await archived(2);
  });

  it('refuses a file whose marker never came', async () => {
    await put('prices.csv', [price('A', '1')]);
    const { rows } = await given('prices', { markerRequired: true, limits: { maxIncompleteMs: 50 } });
    await until('it is refused', async () => (await drop.files('reject')).length === 2);
    const reason = await readFile(join(drop.root, 'reject', 'prices.csv.reason.txt'), 'utf8');
    expect(reason).toMatch(/^INCOMPLETE: /);
    expect(await rows.countDocuments()).toBe(0);
  });

  it('applies the same file once, and a former state again when it comes back', async () => {
    await put('prices-1.csv', [price('A', '10')]);
    const { rows } = await given();
    await archived(1);
    await put('prices-2.csv', [price('A', '10')]);
    await archived(2);
    expect(await values(rows)).toEqual([['A', '10', 1]]);
    await put('prices-3.csv', [price('A', '12')]);
    await put('prices-4.csv', [price('A', '10')]);
    await archived(4);
    expect(await values(rows)).toEqual([['A', '10', 3]]);
  });

  it('applies a file of events once, whatever came between', async () => {
    await put('stock-movements-1.csv', [movement('1')], MOVEMENT_COLUMNS);
    await put('stock-movements-2.csv', [movement('2')], MOVEMENT_COLUMNS);
    const { rows } = await given('stockMovements');
    await archived(2);
    await put('stock-movements-3.csv', [movement('1')], MOVEMENT_COLUMNS);
    await archived(3);
    expect(await values(rows)).toEqual([
      ['1', '1', 1],
      ['2', '1', 1],
    ]);
  });

  it('keeps both when another file of the same name comes on the same day', async () => {
    await put('prices.csv', [price('A', '10')]);
    await given();
    await archived(1);
    await put('prices.csv', [price('A', '11')]);
    await archived(2);
    expect((await drop.files('archive')).at(0)).toMatch(/prices\.[0-9a-f]{12}\.csv$/);
  });

  it('writes each bad row with its line, code, field and reason, and applies the others', async () => {
    await put('prices-1.csv', [price('A', '10'), price('B', 'ten'), 'C,WEB,EUR', price('D', '4')]);
    const { rows } = await given();
    await archived(1);
    expect(await values(rows)).toEqual([
      ['A', '10', 1],
      ['D', '4', 1],
    ]);
    const lines = (await readFile(join(drop.root, 'reject', 'prices-1.csv'), 'utf8')).split('\r\n');
    expect(lines).toEqual([
      'line,code,field,reason,row',
      expect.stringMatching(/^3,INVALID_VALUE,list,.*line 3, column list: .*ten/),
      expect.stringMatching(/^4,WRONG_COLUMN,list,.*has 3 fields, the header 6","C,WEB,EUR"$/),
      '',
    ]);
    expect((await quarantined()).map(({ code, field }) => [code, field])).toEqual([
      ['INVALID_VALUE', 'list'],
      ['WRONG_COLUMN', 'list'],
    ]);
  });

  it.each([
    ['WRONG_HEADER', 'prices.csv', () => Buffer.from('article,price\nA,1\n')],
    ['WRONG_HEADER', 'prices.csv', () => Buffer.alloc(0)],
    [
      'WRONG_ENCODING',
      'prices.csv',
      () => Buffer.from(`\uFEFF${PRICE_COLUMNS}\n${price('A', '1')}\n`, 'utf16le'),
    ],
    [
      'WRONG_ENCODING',
      'prices.csv',
      () => Buffer.from(`${PRICE_COLUMNS}\n${price('Gürtel', '1')}\n`, 'latin1'),
    ],
    ['TRUNCATED_GZIP', 'prices.csv.gz', () => packedPrices().subarray(0, -2_000)],
    ['CORRUPT_GZIP', 'prices.csv.gz', () => Buffer.from(`${PRICE_COLUMNS}\n`)],
    ['FILE_TOO_LARGE', 'prices.csv.gz', () => gzipSync(Buffer.alloc(2 * 1024 * 1024, 'a\n'))],
    ['FILE_TOO_LARGE', 'prices.csv', () => Buffer.alloc(1024 * 1024 + 1, 'a\n')],
  ])(
    'refuses a file whole that cannot be read (%s, %s), applies nothing of it and reads the next',
    async (code, name, content) => {
      const bytes = content();
      await writeFile(join(drop.incoming, name), bytes);
      await put('prices_next.csv', [price('B', '1')]);
      const limits = { maxFileBytes: 1024 * 1024, maxUnpackedBytes: 1024 * 1024 };
      const { rows } = await given('prices', { limits });
      await archived(1);
      expect(await values(rows)).toEqual([['B', '1', 1]]);
      expect(await drop.files('reject')).toEqual([name, `${name}.reason.txt`]);
      expect(bytes.equals(await readFile(join(drop.root, 'reject', name)))).toBe(true);
      expect(await readFile(join(drop.root, 'reject', `${name}.reason.txt`), 'utf8')).toMatch(`${code}: `);
      expect((await quarantined()).map((entry) => entry.code)).toEqual([code]);
    },
  );

  it('refuses what leads out of the folder, and exports of long ago', async () => {
    const secret = join(drop.root, 'secret.csv');
    await writeFile(secret, `${PRICE_COLUMNS}\n${price('SECRET', '1')}\n`);
    await symlink(secret, join(drop.incoming, 'prices-1.csv'));
    await put('prices-..\\..\\x.csv', [price('A', '1')]);
    await put('prices-old.csv', [price('A', '1')]);
    const longAgo = new Date(Date.now() - 40 * 86_400_000);
    await utimes(join(drop.incoming, 'prices-old.csv'), longAgo, longAgo);
    await put('prices_next.csv', [price('B', '1')]);
    const { rows } = await given();
    await archived(1);
    expect(await values(rows)).toEqual([['B', '1', 1]]);
    expect(await drop.files('reject')).toEqual([
      'prices-.._.._x.csv',
      'prices-.._.._x.csv.reason.txt',
      'prices-1.csv',
      'prices-1.csv.reason.txt',
      'prices-old.csv',
      'prices-old.csv.reason.txt',
    ]);
    expect((await quarantined()).map(({ code }) => code).sort()).toEqual([
      'FILE_TOO_OLD',
      'NOT_A_FILE',
      'UNSAFE_NAME',
    ]);
  });

  it('is cleared away again without a second reject file after a crash between the two moves', async () => {
    await put('prices.csv', [price('A', '1'), 'X,WEB']);
    const reader = createFolderDrop({
      directory: drop.root,
      system: 'files',
      files: { prices: {} },
      clock: systemClock,
      settleMs: 0,
    });
    stops.push(() => reader.close());
    const read = (cursor: string | null) =>
      reader.readChanges('prices', cursor, { limit: 10, signal: AbortSignal.timeout(5_000) });
    const page = await until('the file is read', async () => {
      const { changes, cursor } = await read(null);
      return changes.length === 2 ? cursor : undefined;
    });
    expect([await drop.files('archive'), await drop.files('reject')]).toEqual([[], []]);
    await read(page);
    const [path = ''] = await drop.files('archive');
    await rename(join(drop.root, 'archive', path), join(drop.root, 'reading', 'prices.csv'));
    expect((await read(page)).changes).toEqual([]);
    expect([await drop.files('archive'), await drop.files('reject')]).toEqual([[path], ['prices.csv']]);
  });

  it('may be read by two processes that share one place: they lose nothing to each other', async () => {
    const lines = (file: number) => Array.from({ length: 1_200 }, (_, row) => price(`A-${file}-${row}`, '1'));
    for (const file of [1, 2, 3, 4]) await put(`prices-${file}.csv`, [...lines(file), 'X,WEB']);
    const { rows } = await given();
    await given();
    await archived(4);
    expect(await rows.countDocuments()).toBe(4_800);
    expect(await drop.files('reject')).toEqual([1, 2, 3, 4].map((file) => `prices-${file}.csv`));
  });

  it('says that the folder is gone instead of taking it for empty', async () => {
    await rm(drop.incoming, { recursive: true });
    const poller = await given();
    const { detail } = await until('it fails', () => {
      const health = poller.health();
      return health.detail?.includes('ENOENT') ? health : undefined;
    });
    expect(detail).toMatch(/^files: /);
    expect(poller.caughtUp()).toBe(false);
  });
});

function packedPrices(): Buffer {
  const lines = Array.from({ length: 5_000 }, (_, row) => price(`A-${row}`, String((row * 7_919) % 99_991)));
  return gzipSync(`${[PRICE_COLUMNS, ...lines].join('\n')}\n`);
}
