import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { AppliedFiles } from './applied-files.ts';
import type { CsvFeedName } from './canonical-columns.ts';
import type { DropCursor } from './drop-cursor.ts';
import { contentHash, type DropDirectories, isMissing } from './drop-directories.ts';
import type { CsvFileOptions } from './file-change.ts';
import { rejectName, rejectRows } from './reject-rows.ts';

/**
 * Clears away a file that was applied to its end: its bad rows go to `reject`, it goes to the archive of the day; one that was refused
 * goes to `reject` whole. Each step may be repeated, so that a crash between them is no matter. A file in its place with another content
 * is left there: it is a later one, or it grew while it was read, and is still to be read.
 */
export async function finishFile(
  feed: CsvFeedName,
  cursor: DropCursor,
  options: {
    readonly directories: DropDirectories;
    readonly applied: AppliedFiles;
    readonly clock: Clock;
    readonly file: CsvFileOptions;
  },
): Promise<void> {
  const { directories, applied, clock } = options;
  const { name, sizeBytes, modifiedMs, refused } = cursor;
  const path = join(directories.reading, name);
  const hash = await contentHash(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (hash !== cursor.sha256) return;
  if (refused !== null) {
    await directories.toReject(path, name, `${refused.code}: ${refused.message}`);
    return;
  }
  if (cursor.rejectedLines > 0) {
    const rows = rejectRows(feed, { name, path, sizeBytes, modifiedMs }, options.file);
    await directories.addReject(rejectName(name), rows);
  }
  await applied.note(feed, cursor.sha256, name);
  await applied.forgetOld();
  await directories.toArchive(path, name, clock.now().toISOString().slice(0, 10));
}
