import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { CsvFeedName } from './canonical-columns.ts';
import type { FileRefusal } from './drop-cursor.ts';
import { type DroppedFile, isFileOf } from './drop-folder.ts';

export interface FolderDropLimits {
  /** The largest file as it lies in the folder. Default 256 MiB. */
  readonly maxFileBytes: number;
  /** The most a packed file may hold. Default 4 GiB. */
  readonly maxUnpackedBytes: number;
  /** Files of a feed that one look considers, the first by name; the others wait. Default 100. */
  readonly maxFilesPerLook: number;
  /** A file that was written longer ago is refused: an old export that was put back by mistake. Default 30 days. */
  readonly maxAgeMs: number;
  /** How long a file waits for its marker where one is required. Default 24 hours. */
  readonly maxIncompleteMs: number;
}

/** A file that may be taken, or must be refused as it lies there. */
export interface IncomingFile extends DroppedFile {
  readonly refused: FileRefusal | null;
}

export interface IncomingFiles {
  /** The next file by name; null when there is none or it is still being written. Later ones wait for it, to stay in order. */
  next(feed: CsvFeedName): Promise<IncomingFile | null>;
  /** Whether the file was the same at an earlier look, `settleMs` ago or more. Remembers this look. */
  hasSettled(file: DroppedFile): boolean;
}

/** A name that is the same file on every system and in every tool. */
const SAFE_NAME = /^[A-Za-z0-9._ -]{1,200}$/;

/**
 * Looks into the folder where another system puts its files. It is looked at again and again: a network share tells nobody that a file
 * has come. A file is complete once a marker `<name>.done` lies beside it or, unless markers are required, when its size and time have
 * not changed between two looks. Names that begin with a dot or do not end in `.csv` or `.csv.gz` are still being written.
 */
export function createIncomingFiles(options: {
  readonly directory: string;
  readonly clock: Clock;
  readonly settleMs: number;
  readonly markerRequired: boolean;
  readonly limits: FolderDropLimits;
}): IncomingFiles {
  const { directory, clock, settleMs, markerRequired, limits } = options;
  const looks = new Map<string, { sizeBytes: number; modifiedMs: number; sinceMs: number }>();

  function hasSettled({ path, sizeBytes, modifiedMs }: DroppedFile): boolean {
    const nowMs = clock.now().getTime();
    const before = looks.get(path);
    if (before?.sizeBytes === sizeBytes && before.modifiedMs === modifiedMs)
      return nowMs - before.sinceMs >= settleMs;
    looks.set(path, { sizeBytes, modifiedMs, sinceMs: nowMs });
    return false;
  }

  async function firstNames(feed: CsvFeedName): Promise<string[]> {
    const first: string[] = [];
    for await (const { name } of await opendir(directory)) {
      if (!isFileOf(feed, name)) continue;
      first.push(name);
      // Sorted now and then: a folder with a million files must not become a list of a million names.
      if (first.length > 2 * limits.maxFilesPerLook) first.sort().splice(limits.maxFilesPerLook);
    }
    return first.sort().slice(0, limits.maxFilesPerLook);
  }

  return {
    hasSettled,
    async next(feed) {
      let next: IncomingFile | null | undefined;
      const names = await firstNames(feed);
      for (const name of names) {
        const path = join(directory, name);
        const found = await lstat(path).catch(() => undefined);
        if (found === undefined) continue;
        const file = { name, path, sizeBytes: found.size, modifiedMs: found.mtimeMs };
        // Looked at even when it is not its turn yet, so that it need not wait again when it is.
        const settled = hasSettled(file);
        if (next !== undefined) continue;
        const refused = refusal(file, found.isFile());
        const marker = await lstat(`${path}.done`).catch(() => undefined);
        // An older marker is that of a former file of this name.
        const isMarked = marker !== undefined && marker.ctimeMs >= found.ctimeMs;
        if (refused !== null) next = { ...file, refused };
        else if (isMarked || (settled && !markerRequired)) next = { ...file, refused: null };
        else if (markerRequired && clock.now().getTime() - found.ctimeMs > limits.maxIncompleteMs)
          next = { ...file, refused: { code: 'INCOMPLETE', message: `its marker ${name}.done never came` } };
        else next = null;
      }
      for (const path of looks.keys()) {
        const name = path.slice(directory.length + 1);
        if (path.startsWith(directory) && isFileOf(feed, name) && !names.includes(name)) looks.delete(path);
      }
      return next ?? null;
    },
  };

  function refusal(file: DroppedFile, isFile: boolean): FileRefusal | null {
    if (!SAFE_NAME.test(file.name)) {
      const message =
        'its name may have letters without accents, digits, dots, dashes, underscores and blanks';
      return { code: 'UNSAFE_NAME', message };
    }
    if (!isFile) return { code: 'NOT_A_FILE', message: 'it is a link or a folder' };
    if (file.sizeBytes > limits.maxFileBytes)
      return { code: 'FILE_TOO_LARGE', message: `the file has more than ${limits.maxFileBytes} bytes` };
    const ageMs = clock.now().getTime() - file.modifiedMs;
    if (ageMs > limits.maxAgeMs)
      return {
        code: 'FILE_TOO_OLD',
        message: `it was written more than ${limits.maxAgeMs / 86_400_000} days ago`,
      };
    return null;
  }
}
