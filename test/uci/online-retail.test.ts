import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { classify, type Part } from '../../app/uci/classify.ts';
import { exactValue } from '../../app/uci/invoice-line.ts';
import { planFile, readInvoices } from '../../app/uci/invoices.ts';
import type { ReplayReport } from '../../app/uci/report.ts';
import { zero } from '../../platform/money.ts';
import { type House, startHouse } from '../kit/house.ts';
import { run } from './command.ts';
import { erpReferences, untilErpHas } from './documents.ts';

// Daqing Chen, "Online Retail", UCI Machine Learning Repository (2015), CC BY 4.0; not part of this repository.
const FILE = fileURLToPath(
  new URL('../../../shared/data/uci-online-retail/transactions.csv.gz', import.meta.url),
);
const isThere = existsSync(FILE);
if (!isThere) console.warn(`skipped: the Online Retail data set is not at ${FILE}`);

describe.skipIf(!isThere)('the Online Retail data set', () => {
  test('every line of the whole file has its place, and the sum is known to the last decimal', async () => {
    const plan = await planFile(FILE, { signal: new AbortController().signal });
    const count: Partial<Record<Part['kind'], { parts: number; lines: number }>> = {};
    let value = zero;
    for await (const { invoice } of readInvoices(FILE, plan)) {
      expect(invoice).toBeDefined();
      for (const { kind, lines } of invoice === undefined ? [] : classify(invoice)) {
        const of = count[kind] ?? { parts: 0, lines: 0 };
        count[kind] = { parts: of.parts + 1, lines: of.lines + lines.length };
        for (const line of lines) value = value.plus(exactValue(line));
      }
    }
    expect(value.toFixed(3)).toBe('9747747.934');
    expect(count).toMatchObject({
      order: { parts: 19_950, lines: 530_496 },
      return: { parts: 3_763, lines: 9_215 },
      fees: { lines: 89 },
    });
    expect(Object.values(count).reduce((sum, { lines }) => sum + lines, 0)).toBe(541_909);
  }, 60_000);

  describe('through the graph', () => {
    let house: House;
    let directory: string;
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'ucg-uci-'));
      house = await startHouse({ environment: { DEMO: 'off' } });
    }, 60_000);
    afterAll(async () => {
      await house?.remove();
      await rm(directory, { recursive: true, force: true });
    });

    test('its first invoices go through the graph and add up', async () => {
      const imported = await run('import', FILE, '--url', house.url);
      expect([imported.code, imported.stderr]).toEqual([0, expect.anything()]);
      const path = join(directory, 'report.json');
      const replayed = await run('replay', FILE, '--url', house.url, '--limit', '100', '--report', path);
      const report: ReplayReport = JSON.parse(await readFile(path, 'utf8'));
      expect(replayed.code).toBe(0);
      expect(report).toMatchObject({ addsUp: true, complete: true, linesWithoutValue: 0 });
      const orders = report.buckets.orders.invoices;
      expect(orders.rejected).toBe(0);
      const references = await untilErpHas(house.url, 'salesOrder', orders.done);
      expect(new Set(references).size).toBe(orders.done);
      expect(await erpReferences(house.url, 'salesOrder')).toHaveLength(orders.done);
    }, 240_000);
  });
});
