import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReplayReport } from '../../app/uci/report.ts';
import { dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { until } from '../kit/until.ts';
import { type Ended, run, start } from './command.ts';
import { erpReferences, untilErpHas } from './documents.ts';

const FIXTURE = fileURLToPath(new URL('./fixture.csv', import.meta.url));
const [HEADER = '', ...ROWS] = (await readFile(FIXTURE, 'utf8')).trimEnd().split('\n');

let house: House;
let directory: string;
let imported: Ended;
let first: { ended: Ended; report: ReplayReport };

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ucg-uci-'));
  house = await startHouse({ environment: { DEMO: 'off' } });
  imported = await run('import', FIXTURE, '--url', house.url);
  first = await replay(FIXTURE);
}, 120_000);

afterAll(async () => {
  await house?.remove();
  await rm(directory, { recursive: true, force: true });
});

async function replay(file: string, ...options: string[]): Promise<{ ended: Ended; report: ReplayReport }> {
  const path = join(directory, 'report.json');
  await rm(path, { force: true });
  const ended = await run('replay', file, '--url', house.url, '--report', path, ...options);
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`no report was written:\n${ended.stdout}${ended.stderr}`);
  });
  return { ended, report: JSON.parse(text) };
}

async function write(name: string, content: string | Buffer): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

test('the import tells what it loaded, and the graph has it', () => {
  expect(imported).toMatchObject({ code: 0 });
  expect(imported.stdout).toMatch(/items +14 written +0 unchanged +0 rejected/);
  expect(imported.stdout).toMatch(/customers +5 written/);
});

test("every line ends once, and the values are the graph's and add up to the penny", () => {
  const { ended, report } = first;
  expect(report.rejections.listed.map(({ invoice, code }) => [invoice, code]).sort()).toEqual([
    ['900008', 'NOTHING_TO_POST'],
    ['900018', 'NOT_STOCKED'],
  ]);
  expect(report.value).toEqual({
    in: '0.942',
    orders: '15659.92',
    returns: '-15486.33',
    adjustments: '0.00',
    fees: '-172.65',
    rejected: '0.001',
    rounding: '0.001',
    difference: '0.00',
  });
  expect(report.buckets).toMatchObject({
    orders: { invoices: { done: 10 }, lines: { done: 19, rejected: 0 } },
    returns: { invoices: { done: 4 }, lines: { done: 5, rejected: 0 } },
    adjustments: { invoices: { done: 5 }, lines: { done: 5, rejected: 1 } },
    fees: { invoices: { done: 5 }, lines: { done: 5, rejected: 1 } },
  });
  expect(report.lines).toEqual({ read: 36, done: 34, doneBefore: 0, rejected: 2, unreadable: 0 });
  expect(report).toMatchObject({ addsUp: true, complete: true, unfinishedLines: 0 });
  expect(ended.code).toBe(0);
  expect(ended.stdout).toContain('adds up');
});

test('the ERP gets one document for each order, return and fee', async () => {
  const orders = await untilErpHas(house.url, 'salesOrder', 10);
  const returns = await untilErpHas(house.url, 'salesReturn', 4);
  const entries = await untilErpHas(house.url, 'journalEntry', 5);
  for (const references of [orders, returns, entries])
    expect(new Set(references).size).toBe(references.length);
  expect(entries.toSorted()).toEqual(
    ['900007', 'A900009', 'A900010', 'C900012', 'C900014'].map((invoice) => `UCI-${invoice}-FEES`),
  );
});

test('stock is what came in less what was sold and lost', async () => {
  const graph = await sandboxClient(house.url, { role: 'admin' });
  const query = `query ($channelId: ID!) { productVariantBySku(sku: "10001a") {
    availability(channelId: $channelId) { availableToPromise { value } } } }`;
  const { channelByCode } = dataOf(
    await graph.ask<{ channelByCode: { id: string } }>('{ channelByCode(code: "uci-gb") { id } }'),
  );
  // 7,453 come in; 7,450 are sold, 3 are damaged, 2 and 7,419 come back.
  await until('7,421 pieces are free', async () => {
    const { productVariantBySku: variant } = dataOf(
      await graph.ask<{ productVariantBySku: { availability: { availableToPromise: { value: string } } } }>(
        query,
        {
          channelId: channelByCode.id,
        },
      ),
    );
    return variant.availability.availableToPromise.value === '7421';
  });
});

test('the import again changes nothing', async () => {
  const again = await run('import', FIXTURE, '--url', house.url);
  expect(again).toMatchObject({ code: 0 });
  expect(again.stdout).toMatch(/items +0 written +14 unchanged +0 rejected/);
  expect(again.stdout).toMatch(/stockMovements +0 written +\d+ unchanged +0 rejected/);
});

test('the replay again finds everything done before, with the same values, and the ERP gets nothing more', async () => {
  await untilErpHas(house.url, 'salesOrder', 10);
  const { ended, report } = await replay(FIXTURE);
  expect(report.lines).toEqual({ read: 36, done: 0, doneBefore: 34, rejected: 2, unreadable: 0 });
  expect(report.value).toEqual(first.report.value);
  expect(ended.code).toBe(0);
  expect(await erpReferences(house.url, 'salesOrder')).toHaveLength(10);
});

test('a limit takes the first invoices of the file', async () => {
  const { report } = await replay(FIXTURE, '--limit', '3');
  expect(report).toMatchObject({ complete: true, lines: { read: 8 }, value: { in: '125.16' } });
});

test('broken lines are rejected by number and column, and the rest of the file goes on', async () => {
  const file = await write(
    'broken.csv',
    [
      HEADER,
      '910001,10003,TIN LANTERN,two,2010-12-06 10:00:00,3.75,50001.0,United Kingdom',
      '910001,10003,TIN LANTERN',
      '910002,10003,TIN LANTERN,1,2010-12-06 10:00:00,,50001.0,United Kingdom',
      '910003,99999,NEVER IMPORTED,1,2010-12-06 10:00:00,3.75,50001.0,United Kingdom',
      '910004,10003,TIN LANTERN,1,2010-12-06 10:00:00,3.75,59999.0,United Kingdom',
      '910005,10003,TIN LANTERN,99999,2010-12-06 10:00:00,3.75,50001.0,United Kingdom',
      '910006,POST,POSTAGE,1,2010-12-06 10:00:00,3.75,50001.0,United Kingdom',
    ].join('\n'),
  );
  const { ended, report } = await replay(file);
  const rejections = report.rejections.listed.toSorted((left, right) => left.line - right.line);
  expect(rejections.map(({ line, code }) => [line, code])).toEqual([
    [2, 'INVALID_NUMBER'],
    [3, 'WRONG_COLUMN'],
    [4, 'INVALID_NUMBER'],
    [5, 'VARIANT_UNKNOWN'],
    [6, 'CUSTOMER_UNKNOWN'],
    [7, 'INSUFFICIENT_STOCK'],
  ]);
  expect(rejections.map(({ field }) => field).slice(0, 3)).toEqual(['Quantity', 'Quantity', 'UnitPrice']);
  expect(report).toMatchObject({
    addsUp: true,
    linesWithoutValue: 3,
    buckets: { orders: { lines: { done: 1 } } },
  });
  expect(ended.code).toBe(0);
});

test('a file with another header is refused by naming the columns', async () => {
  const file = await write('other.csv', 'Invoice,Amount\n1,2\n');
  for (const command of ['import', 'replay'] as const) {
    const ended = await run(command, file, '--url', house.url);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(
      /InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country/,
    );
  }
});

test('an archive that is cut off is replayed as far as it goes, and says so', async () => {
  const noise = Array.from(
    { length: 3_000 },
    (_, index) =>
      `92${index},10003,${(index * 7919).toString(36)},x,2010-12-06 10:00:00,1.00,50001.0,United Kingdom`,
  );
  const archive = gzipSync([HEADER, ...ROWS, ...noise].join('\n'));
  const file = await write('cut.csv.gz', archive.subarray(0, archive.length - 2_000));
  const { ended, report } = await replay(file);
  expect(ended.code).toBe(1);
  expect(report).toMatchObject({ complete: false, incompleteBecause: 'the file is cut off', addsUp: true });
  expect(report.lines.doneBefore).toBe(34);
  expect(report.rejections.byCode['TRUNCATED_GZIP']).toBe(1);
});

test('Ctrl-C ends the run in order, with the report so far', async () => {
  const path = join(directory, 'stopped.json');
  const slow = start(
    'replay',
    FIXTURE,
    '--url',
    house.url,
    '--speed',
    '1',
    '--concurrency',
    '1',
    '--report',
    path,
  );
  let said = '';
  slow.process.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  // At the file's own pace the second invoice is due after 36 minutes; a word on stderr shows that the first one is through.
  await until('the first invoice is done', async () => said.includes('1/'), 30_000);
  slow.process.kill('SIGINT');
  const ended = await slow.ended;
  const report = JSON.parse(await readFile(path, 'utf8'));
  expect(ended.code).toBe(130);
  expect(report).toMatchObject({ complete: false, incompleteBecause: 'the run was stopped', addsUp: true });
  expect(report.lines).toMatchObject({ read: 4, doneBefore: 4 });
});

test('what is typed wrongly is answered with how it is right', async () => {
  const wrong = [
    ['nowhere.csv', '--url', 'ftp://example.org'],
    [FIXTURE, '--limit', '0'],
    [FIXTURE, '--speed', 'fast'],
    [FIXTURE, '--concurrency', '9999'],
    [FIXTURE, '--nonsense'],
    [],
  ];
  for (const options of wrong) {
    const ended = await run('replay', ...options);
    expect([options, ended.code]).toEqual([options, 1]);
    expect(ended.stderr).toContain('usage: npm run replay');
    expect(ended.stderr).not.toContain('    at ');
  }
});
