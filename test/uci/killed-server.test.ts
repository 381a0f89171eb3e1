import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReplayReport } from '../../app/uci/report.ts';
import { type House, startHouse } from '../kit/house.ts';
import { until } from '../kit/until.ts';
import { run, start } from './command.ts';
import { erpReferences, untilErpHas } from './documents.ts';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const ORDERS = 120;

let directory: string;
let file: string;
let port: number;
let house: House;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ucg-uci-'));
  file = join(directory, 'many.csv');
  const rows = Array.from({ length: ORDERS }, (_, index) => [
    `93${String(index).padStart(4, '0')},1000${index % 5},JUG,2,2010-12-06 10:00:00,1.25,,United Kingdom`,
    `93${String(index).padStart(4, '0')},POST,POSTAGE,1,2010-12-06 10:00:00,3.00,,United Kingdom`,
  ]).flat();
  await writeFile(file, [HEADER, ...rows].join('\n'));
  port = await freePort();
  house = await startAtPort();
}, 60_000);

afterEach(async () => {
  await house?.remove();
  await rm(directory, { recursive: true, force: true });
});

const startAtPort = () =>
  startHouse({
    dataDirectory: join(directory, 'data'),
    environment: { PORT: String(port), DEMO: 'off' },
  });

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject()));
    });
  });
}

const reportOf = async (path: string): Promise<ReplayReport> => JSON.parse(await readFile(path, 'utf8'));

test('given a server killed in the middle, the replay waits for it and every order is in the ERP once', async () => {
  expect(await run('import', file, '--url', house.url)).toMatchObject({ code: 0 });
  const path = join(directory, 'report.json');
  const replaying = start('replay', file, '--url', house.url, '--report', path);
  await until(
    'some orders are through',
    async () => (await erpReferences(house.url, 'salesOrder')).length >= 20,
  );
  await house.kill();
  house = await startAtPort();
  const ended = await replaying.ended;
  const report = await reportOf(path);
  expect(report.rejections.listed).toEqual([]);
  expect(report).toMatchObject({ complete: true, addsUp: true, value: { orders: '660.00' } });
  expect(ended.code).toBe(0);

  const references = await untilErpHas(house.url, 'salesOrder', ORDERS);
  expect(references).toHaveLength(ORDERS);
  expect(new Set(references).size).toBe(ORDERS);

  const again = join(directory, 'again.json');
  expect(await run('replay', file, '--url', house.url, '--report', again)).toMatchObject({ code: 0 });
  expect((await reportOf(again)).lines).toMatchObject({ done: 0, doneBefore: ORDERS * 2 });
  expect(await erpReferences(house.url, 'salesOrder')).toHaveLength(ORDERS);
}, 180_000);

test('given a server that does not come back, the replay ends with a report that says it is incomplete', async () => {
  expect(await run('import', file, '--url', house.url)).toMatchObject({ code: 0 });
  const path = join(directory, 'report.json');
  const replaying = start('replay', file, '--url', house.url, '--report', path, '--patience', '1');
  await until(
    'some orders are through',
    async () => (await erpReferences(house.url, 'salesOrder')).length >= 5,
  );
  await house.kill();
  const ended = await replaying.ended;
  const report = await reportOf(path);
  expect(ended.code).toBe(2);
  expect(report).toMatchObject({ complete: false, addsUp: true });
  expect(report.incompleteBecause).toMatch(/has not answered for/);
  expect(report.lines.done).toBeGreaterThan(0);
  expect(report.lines.done).toBeLessThan(ORDERS * 2);
}, 120_000);
