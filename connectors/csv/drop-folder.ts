import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CsvFeedName } from './canonical-columns.ts';

/** One file of a feed, as it stood when it was looked at. */
export interface DroppedFile {
  name: string;
  path: string;
  sizeBytes: number;
  modifiedMs: number;
}

/** What the files of each feed are called: `items.csv`, `items-2026-03-01.csv.gz`, ... */
const FILE_NAMES: Record<CsvFeedName, string> = {
  items: 'items',
  prices: 'prices',
  locations: 'locations',
  stockMovements: 'stock-movements',
  expectedSupplies: 'expected-supplies',
  locationSignals: 'location-signals',
  customers: 'customers',
  channels: 'channels',
};

/** The feed's files in the order of their names, from `fromName` on. Names beginning with a dot are still being written. */
export async function droppedFiles(
  directory: string,
  feed: CsvFeedName,
  fromName: string,
): Promise<DroppedFile[]> {
  const names = (await readdir(directory)).filter((name) => isFileOf(feed, name) && name >= fromName).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      const { size, mtimeMs } = await stat(path);
      return { name, path, sizeBytes: size, modifiedMs: mtimeMs };
    }),
  );
}

/** Whether a file is called as the files of `feed` are. */
export function isFileOf(feed: CsvFeedName, name: string): boolean {
  return new RegExp(`^${FILE_NAMES[feed]}([-_.][^/]*)?\\.csv(\\.gz)?$`).test(name);
}
