import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeedDriver } from '../../connectors/conformance/harness.ts';
import { describeConnectorConformance } from '../../connectors/conformance/suite.ts';
import { createFolderDrop } from '../../connectors/csv/folder-drop.ts';
import { systemClock } from '../../platform/clock.ts';
import { MOVEMENT_COLUMNS, makeDrop, movement, PRICE_COLUMNS, price } from './drop-under-test.ts';

describeConnectorConformance({
  name: 'CSV folder drop',
  feeds: ['prices', 'stockMovements'],
  documents: [],
  faults: [],
  async start() {
    const drop = await makeDrop();
    let count = 0;
    /** Each record in a file of its own, whose marker says that it is complete. */
    async function put(feed: string, header: string, row: string): Promise<void> {
      count += 1;
      const name = `${feed}-${String(count).padStart(4, '0')}.csv`;
      await writeFile(join(drop.incoming, `${name}.part`), `${header}\n${row}\n`);
      await rename(join(drop.incoming, `${name}.part`), join(drop.incoming, name));
      await writeFile(join(drop.incoming, `${name}.done`), '');
    }
    const driver = (
      feed: string,
      header: string,
      good: (name: string) => string,
      bad: { row: string; column: string },
      key: string,
    ): FeedDriver => ({
      write: (name) => put(feed, header, good(name)),
      nameOf: (record) => String(Reflect.get(Object(record), key)),
      async spoil() {
        await put(feed, header, bad.row);
        return bad.column;
      },
    });
    return {
      connector: createFolderDrop({
        directory: drop.root,
        system: 'files',
        files: { prices: {}, stockMovements: {} },
        clock: systemClock,
        settleMs: 0,
      }),
      feeds: {
        prices: driver(
          'prices',
          PRICE_COLUMNS,
          (name) => price(name, '10'),
          { row: price('X', 'ten'), column: 'list' },
          'sku',
        ),
        stockMovements: driver(
          'stock-movements',
          MOVEMENT_COLUMNS,
          movement,
          { row: movement('X').replace('C62', 'piece'), column: 'unit' },
          'id',
        ),
      },
      documents: {},
      stop: () => drop.remove(),
    };
  },
});
