import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { newId } from '../../platform/ids.ts';
import { place } from '../../test/inventory/erp-records.ts';
import type { InventoryProcess } from '../../test/inventory/start-inventory-process.ts';
import { client } from '../../test/kit/client.ts';
import { figuresOf, type Slice } from '../load.ts';
import { postTo, STOCKED } from './house.ts';
import { fail, row, slice } from './sides.ts';
import { PLACES, skuOf } from './stocked-store.ts';
import { askAvailability, claimOneOf, INGEST } from './work.ts';

/** What the file says lies there of each article. */
const UNITS = 7;
const CLAIMING_USERS = 4;

interface Report {
  readonly acceptedRows: number;
  readonly unchangedRows: number;
  readonly rejectedRows: number;
}

/**
 * A snapshot of a whole warehouse at one process: all of it news, with people claiming at another process all the while, then the same
 * once more under another number. Claims before and meanwhile are of the same articles, which the snapshot counts as well.
 */
export async function snapshots(
  warehouse: InventoryProcess,
  till: InventoryProcess,
  { rows, directory }: { rows: number; directory: string },
): Promise<void> {
  const path = join(directory, 'snapshot.csv');
  const lines = Array.from({ length: rows }, (_, index) => `${skuOf(index)},${UNITS}`);
  await writeFile(path, `sku,quantity\n${lines.join('\n')}\n`);
  const claims = { name: '', process: till, work: claimOneOf(STOCKED) };
  const alone = await slice(claims, 3, CLAIMING_USERS);

  let isApplied = false;
  const meanwhile: Slice[] = [];
  const claiming = (async () => {
    while (!isApplied) meanwhile.push(await slice(claims, 1, CLAIMING_USERS));
  })();
  const first = await ingested(warehouse, path).finally(() => {
    isApplied = true;
  });
  await claiming;
  console.log(`  all of them news        ${first.seconds.toFixed(1).padStart(6)} s   ${text(first.report)}`);
  expectReport(first.report, { acceptedRows: rows, unchangedRows: 0, rejectedRows: 0 });
  console.log(row('claims before', figuresOf([alone])));
  console.log(row('claims meanwhile', figuresOf(meanwhile)));

  const again = await ingested(warehouse, path);
  console.log(`  all of them unchanged   ${again.seconds.toFixed(1).padStart(6)} s   ${text(again.report)}`);
  expectReport(again.report, { acceptedRows: 0, unchangedRows: rows, rejectedRows: 0 });
  await expectCounted(warehouse, rows);
}

async function ingested({ url }: InventoryProcess, path: string) {
  const sequence = newId();
  const startedAt = performance.now();
  const { data, errors } = await client(url, 'staff').ask<{ ingestInventorySnapshot: Report }>(INGEST, {
    input: {
      idempotencyKey: sequence,
      sourceSystem: 'WMS',
      sourceSequence: sequence,
      locationId: place(PLACES[0]),
      asOf: new Date().toISOString(),
      url: pathToFileURL(path).href,
    },
  });
  if (errors !== undefined || data == null) throw new Error(JSON.stringify(errors));
  return { seconds: (performance.now() - startedAt) / 1_000, report: data.ingestInventorySnapshot };
}

function text({ acceptedRows, unchangedRows, rejectedRows }: Report): string {
  return `${acceptedRows} rows changed the books, ${unchangedRows} agreed, ${rejectedRows} were rejected`;
}

function expectReport(report: Report, expected: Report): void {
  if (text(report) !== text(expected)) fail(`expected was: ${text(expected)}`);
}

/** The last articles of the file lie nowhere else, and nobody claimed any of them. */
async function expectCounted(process: InventoryProcess, rows: number): Promise<void> {
  const skus = Array.from({ length: Math.min(20, rows - STOCKED) }, (_, index) => skuOf(rows - 1 - index));
  const { data } = await askAvailability(postTo(process), skus);
  const units = (data?.availability ?? []).map(({ availableToPromise }) => availableToPromise.value);
  if (units.length !== skus.length || units.some((value) => value !== String(UNITS)))
    fail(`the books say ${units.join(', ')} where ${UNITS} were counted`);
}
