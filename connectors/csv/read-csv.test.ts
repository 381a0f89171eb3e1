import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CsvHeaderError, type CsvOptions, type CsvRow, readCsv } from './read-csv.ts';

describe('readCsv', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'read-csv-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function read(content: string | Buffer, options: Partial<CsvOptions> = {}, name = 'file.csv') {
    const path = join(directory, name);
    await writeFile(path, content);
    const rows: CsvRow[] = [];
    for await (const row of readCsv(path, { columns: ['sku', 'title'], ...options })) rows.push(row);
    return rows;
  }
  const good = (rows: CsvRow[]) => rows.flatMap(({ values }) => values?.['sku'] ?? []);
  const bad = (rows: CsvRow[]) => rows.flatMap(({ line, error }) => (error ? [`${line} ${error.code}`] : []));

  it('gives each record with its line, by column and whatever their order, without the columns nobody asked for', async () => {
    const rows = await read('﻿title,ignored,sku\r\nLamp,x,L-1\r\n\r\n"Desk, large",y,D-1\r\n');
    expect(rows).toEqual([
      { line: 2, values: { sku: 'L-1', title: 'Lamp' } },
      { line: 4, values: { sku: 'D-1', title: 'Desk, large' } },
    ]);
  });

  it('fails at once when the header is another, and names the columns it wants', async () => {
    await expect(read('sku;title\nL-1;Lamp\n')).rejects.toThrow('columns sku, title; it has sku;title');
    await expect(read('')).rejects.toBeInstanceOf(CsvHeaderError);
    await expect(read('sku,sku,title\n')).rejects.toBeInstanceOf(CsvHeaderError);
  });

  it('sets a line with too few or too many fields apart and names the first column it lacks', async () => {
    const rows = await read('sku,title\nL-1,Lamp\nL-2\nL-3,Lamp,extra\nL-4,Lamp\n');
    expect(good(rows)).toEqual(['L-1', 'L-4']);
    expect(bad(rows)).toEqual(['3 WRONG_COLUMN', '4 WRONG_COLUMN']);
    expect(rows[1]).toMatchObject({ error: { column: 'title', raw: 'L-2' } });
  });

  it('reads a field that spans lines', async () => {
    const rows = await read('sku,title\nL-1,"a\nb ""c"""\nL-2,d\n');
    expect(rows).toEqual([
      { line: 2, values: { sku: 'L-1', title: 'a\nb "c"' } },
      { line: 4, values: { sku: 'L-2', title: 'd' } },
    ]);
  });

  it('blames a quote that never closes on its own line and gives all others', async () => {
    const others = Array.from({ length: 1_000 }, (_, index) => `M-${index},Mug`);
    const rows = await read(['sku,title', 'L-1,"Lamp', ...others].join('\n'));
    expect(bad(rows)).toEqual(['2 BROKEN_LINE']);
    expect(good(rows)).toHaveLength(1_000);
    const quoted = await read('sku,title\nL-1,"Lamp\nL-2,"Lamp two"\nL-3,Lamp\n');
    expect(bad(quoted)).toEqual(['2 BROKEN_LINE']);
    expect(good(quoted)).toEqual(['L-2', 'L-3']);
  });

  it('takes a quote inside an unquoted field for a broken line of its own, in the middle of a large file', async () => {
    const lines = Array.from(
      { length: 900 },
      (_, index) => `P-${index},${index === 450 ? '5" pipe' : 'pipe'}`,
    );
    const rows = await read(['sku,title', ...lines].join('\n'));
    expect(bad(rows)).toEqual(['452 BROKEN_LINE']);
    expect(rows.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 2));
  });

  it('passes over a line that is longer than allowed', async () => {
    const rows = await read(`sku,title\nL-1,${'x'.repeat(5_000)}\nL-2,Lamp\n`, { maxLineBytes: 1_000 });
    expect(bad(rows)).toEqual(['2 LINE_TOO_LONG']);
    expect(good(rows)).toEqual(['L-2']);
    expect(rows[0]?.error?.raw.length).toBeLessThanOrEqual(2_000);
  });

  it('sets a line apart whose bytes are not of the encoding', async () => {
    const latin1 = Buffer.from('sku,title\nL-1,Caf\xe9\nL-2,Tea\n', 'latin1');
    expect(bad(await read(latin1))).toEqual(['2 BROKEN_TEXT']);
    expect((await read(latin1, { encoding: 'latin1' }))[0]?.values?.['title']).toBe('Café');
  });

  it('reads gzip, in several members too', async () => {
    const packed = Buffer.concat([gzipSync('sku,title\nL-1,Lamp\n'), gzipSync('L-2,Lamp\n')]);
    expect(good(await read(packed, {}, 'file.csv.gz'))).toEqual(['L-1', 'L-2']);
  });

  it('gives what a truncated gzip still holds, then says that it is truncated', async () => {
    // Random-looking text, so that the archive is large enough to be cut in its middle.
    const lines = Array.from(
      { length: 20_000 },
      (_, index) => `S-${index},${(index * 2_654_435_761) % 4_294_967_296}`,
    );
    const packed = gzipSync(['sku,title', ...lines].join('\n'));
    const rows = await read(packed.subarray(0, Math.floor(packed.length / 2)), {}, 'cut.csv.gz');
    const last = rows.at(-1);
    expect(last?.error?.code).toBe('TRUNCATED_GZIP');
    expect(last?.error?.message).toContain('cut.csv.gz');
    expect(bad(rows)).toHaveLength(1);
    const whole = rows.slice(0, -1).map(({ values }) => `${values?.['sku']},${values?.['title']}`);
    expect(whole.length).toBeGreaterThan(5_000);
    expect(whole).toEqual(lines.slice(0, whole.length));
  });

  it('says that what is called .gz is none', async () => {
    const rows = await read('sku,title\nL-1,Lamp\n', {}, 'plain.csv.gz');
    expect(bad(rows)).toEqual(['1 CORRUPT_GZIP']);
  });

  it('can be left in the middle, and given up', async () => {
    const path = join(directory, 'long.csv');
    await writeFile(path, `sku,title\n${'L-1,Lamp\n'.repeat(100_000)}`);
    for await (const row of readCsv(path, { columns: ['sku'] })) if (row.line > 10) break;
    const giveUp = new AbortController();
    const all = async () => {
      for await (const row of readCsv(path, { columns: ['sku'], signal: giveUp.signal })) {
        if (row.line === 500) giveUp.abort();
      }
    };
    await expect(all()).rejects.toMatchObject({ name: 'AbortError' });
  });
});
