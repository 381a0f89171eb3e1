import { appendFile, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestClock } from '../../platform/clock.ts';
import { createIncomingFiles } from './incoming-files.ts';

const DAY_MS = 86_400_000;

describe('a look into the folder', () => {
  let directory: string;
  const clock = new TestClock(new Date());
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'incoming-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const file = (name: string) => join(directory, name);
  function given(options: { markerRequired?: boolean; maxFilesPerLook?: number } = {}) {
    const { markerRequired = false, maxFilesPerLook = 10 } = options;
    const incoming = createIncomingFiles({
      directory,
      clock,
      settleMs: 10_000,
      markerRequired,
      limits: {
        maxFileBytes: 1_000,
        maxUnpackedBytes: 1_000,
        maxFilesPerLook,
        maxAgeMs: 30 * DAY_MS,
        maxIncompleteMs: DAY_MS,
      },
    });
    return async () => (await incoming.next('prices'))?.name;
  }

  it('takes a file that two looks found unchanged, and begins to wait anew whenever it grew', async () => {
    const look = given();
    await writeFile(file('prices.csv'), 'sku');
    for (let growth = 0; growth < 5; growth += 1) {
      expect(await look()).toBeUndefined();
      clock.advance(9_999);
      expect(await look()).toBeUndefined();
      await appendFile(file('prices.csv'), ',list');
    }
    expect(await look()).toBeUndefined();
    clock.advance(10_000);
    expect(await look()).toBe('prices.csv');
  });

  it('lets later files wait for an earlier one that is still being written', async () => {
    const look = given();
    await writeFile(file('prices-2.csv'), 'sku');
    await look();
    clock.advance(10_000);
    await writeFile(file('prices-1.csv'), 'sku');
    expect(await look()).toBeUndefined();
    clock.advance(10_000);
    expect(await look()).toBe('prices-1.csv');
  });

  it('does not see a file before it has its name', async () => {
    const look = given();
    await writeFile(file('prices.csv.part'), 'sku');
    await writeFile(file('.prices.csv'), 'sku');
    await look();
    clock.advance(10_000);
    expect(await look()).toBeUndefined();
    await rename(file('prices.csv.part'), file('prices.csv'));
    await look();
    clock.advance(10_000);
    expect(await look()).toBe('prices.csv');
  });

  it('takes a file with its marker at once, but not with the marker of a former file', async () => {
    const look = given({ markerRequired: true });
    await writeFile(file('prices.csv.done'), '');
    const { ctimeMs } = await stat(file('prices.csv.done'));
    // Files are dated in steps of the disk's own clock.
    do await writeFile(file('prices.csv'), 'sku');
    while ((await stat(file('prices.csv'))).ctimeMs <= ctimeMs);
    expect(await look()).toBeUndefined();
    clock.advance(20_000);
    expect(await look()).toBeUndefined();
    await writeFile(file('prices.csv.done'), '');
    expect(await look()).toBe('prices.csv');
  });

  it('takes the first by name of more files than it considers at once', async () => {
    const look = given({ maxFilesPerLook: 2 });
    for (const number of [7, 3, 9, 1, 8, 2, 6, 5, 4]) await writeFile(file(`prices-${number}.csv`), 'sku');
    await look();
    clock.advance(10_000);
    expect(await look()).toBe('prices-1.csv');
  });
});
