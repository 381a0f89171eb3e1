import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Entry, planFile, readInvoices } from './invoices.ts';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const signal = new AbortController().signal;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ucg-uci-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function row(
  invoice: string,
  sku: string,
  values: { quantity?: string; at?: string; price?: string; customer?: string } = {},
) {
  const { quantity = '1', at = '2010-12-01 08:26:00', price = '1.00', customer = '50001.0' } = values;
  return `${invoice},${sku},JUG,${quantity},${at},${price},${customer},United Kingdom`;
}

async function read(content: string | Buffer, limit?: number): Promise<Entry[]> {
  const path = join(directory, typeof content === 'string' ? 'file.csv' : 'file.csv.gz');
  await writeFile(path, content);
  const entries: Entry[] = [];
  for await (const entry of readInvoices(path, await planFile(path, { limit, signal }))) entries.push(entry);
  return entries;
}

function summary(entries: readonly Entry[]) {
  return entries.map(({ invoice, unreadable }) =>
    invoice === undefined
      ? `${unreadable.line} ${unreadable.code} ${unreadable.column ?? ''}`.trim()
      : `${invoice.number}: ${invoice.lines.map(({ sku }) => sku).join(' ')}`,
  );
}

test('given scattered lines, each invoice comes once and whole', async () => {
  const file = [HEADER, row('1', 'A'), row('2', 'B'), row('1', 'C'), row('3', 'D'), row('2', 'E')].join('\n');
  expect(summary(await read(file))).toEqual(['1: A C', '3: D', '2: B E']);
});

test('given a limit, it counts invoices in the order in which they begin', async () => {
  const file = [HEADER, row('1', 'A'), row('2', 'B'), row('3', 'C'), row('1', 'D')].join('\n');
  expect(summary(await read(file, 2))).toEqual(['2: B', '1: A D']);
});

test('given broken lines, each is named with its column and the rest goes on', async () => {
  const file = [
    HEADER,
    row('1', 'A'),
    row('1', 'B', { quantity: '1.5' }),
    row('1', 'C', { at: '2011-02-30 10:00:00' }),
    row('1', 'D', { price: 'free' }),
    row('1', 'E', { customer: 'Smith' }),
    row('1', ''),
    row('', 'F'),
    '1,G,JUG,1',
    '1,"H,JUG,1,2010-12-01 08:26:00,1.00,50001.0,United Kingdom',
    row('1', 'I', { quantity: '0' }),
    row('2', 'j'),
  ].join('\n');
  expect(summary(await read(file))).toEqual([
    '3 INVALID_NUMBER Quantity',
    '4 INVALID_DATE InvoiceDate',
    '5 INVALID_NUMBER UnitPrice',
    '6 INVALID_NUMBER CustomerID',
    '7 MISSING_VALUE StockCode',
    '8 MISSING_VALUE InvoiceNo',
    '9 WRONG_COLUMN InvoiceDate',
    '10 BROKEN_LINE',
    '11 INVALID_NUMBER Quantity',
    '1: A',
    '2: J',
  ]);
});

test('given a bad date, the line still has its value; given a bad price, it has none', async () => {
  const file = [
    HEADER,
    row('1', 'A', { at: 'noon', quantity: '3', price: '1.10' }),
    row('1', 'B', { price: 'x' }),
  ];
  const entries = await read(file.join('\n'));
  expect(entries.map(({ unreadable }) => unreadable?.value?.toFixed(2) ?? null)).toEqual(['3.30', null]);
});

test('given an archive that is cut off, whole invoices are read and the one at the cut is not', async () => {
  const rows = Array.from({ length: 4_000 }, (_, index) =>
    row(String(Math.floor(index / 10)), `S${index * 7919}`),
  );
  const archive = gzipSync([HEADER, ...rows].join('\n'));
  const entries = await read(archive.subarray(0, Math.floor(archive.length / 2)));
  const last = entries.at(-1)?.unreadable;
  const cut = entries.filter(({ unreadable }) => unreadable?.code === 'INVOICE_CUT');
  const whole = entries.flatMap(({ invoice }) => invoice ?? []);
  expect(last?.code).toBe('TRUNCATED_GZIP');
  expect(whole.length).toBeGreaterThan(10);
  expect(whole.every(({ lines }) => lines.length === 10)).toBe(true);
  expect(cut.length).toBeGreaterThan(0);
  expect(entries).toHaveLength(whole.length + cut.length + 1);
});

test('given another file, the columns that are needed are named', async () => {
  await expect(read('Invoice,Quantity\n1,2\n')).rejects.toThrow(
    /InvoiceNo, StockCode, .*Country; it has Invoice, Quantity/,
  );
});
