import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { ListPrice } from '../../connectors/canonical/list-price.ts';
import { createFolderDrop } from '../../connectors/csv/folder-drop.ts';
import type { ChangePage } from '../../connectors/feeds.ts';
import { systemClock } from '../../platform/clock.ts';
import { makeDrop, PRICE_COLUMNS, price } from './drop-under-test.ts';

const ROWS = 100_000;
const MAX_HELD_BYTES = 8 * 1024 ** 2;

describe('a file of 100,000 rows', () => {
  it('is read to its end in memory that does not grow with it', async () => {
    const files = await makeDrop();
    const out = createWriteStream(join(files.incoming, 'prices.csv'));
    out.write(`${PRICE_COLUMNS},note\n`);
    const note = 'n'.repeat(250);
    for (let row = 0; row < ROWS; row += 1)
      if (!out.write(`${price(`SKU-${row}`, '9.95')},${note}\n`)) await once(out, 'drain');
    await new Promise<void>((resolve) => out.end(resolve));
    expect(out.bytesWritten).toBeGreaterThan(3 * MAX_HELD_BYTES);

    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const heldBytes = () => {
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };
    const drop = createFolderDrop({
      directory: files.root,
      system: 'files',
      files: { prices: {} },
      clock: systemClock,
      settleMs: 0,
    });
    const before = heldBytes();
    let mostBytes = 0;
    let rows = 0;
    let cursor: string | null = null;
    for (let pages = 0; rows < ROWS || (await files.files('archive')).length === 0; pages += 1) {
      const page: ChangePage<ListPrice> = await drop.readChanges('prices', cursor, {
        limit: 500,
        signal: AbortSignal.timeout(15_000),
      });
      rows += page.changes.length;
      cursor = page.cursor;
      if (pages % 50 === 0) mostBytes = Math.max(mostBytes, heldBytes() - before);
      expect(pages).toBeLessThan(1_000);
    }
    expect(rows).toBe(ROWS);
    expect(mostBytes).toBeLessThan(MAX_HELD_BYTES);
    await drop.close();
    await files.remove();
  }, 60_000);
});
