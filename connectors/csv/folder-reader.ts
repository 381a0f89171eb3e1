import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import { CONNECTOR_CODES, ConnectorError } from '../connector-error.ts';
import type { Change, ChangePage, FeedName, FeedRecord, RejectedChange } from '../feeds.ts';
import type { ReadChangesOptions } from '../port.ts';
import type { AppliedFiles } from './applied-files.ts';
import type { CsvFeedName } from './canonical-columns.ts';
import {
  type DropCursor,
  type FileRefusal,
  formatDropCursor,
  NO_FILE,
  parseDropCursor,
} from './drop-cursor.ts';
import { contentHash, type DropDirectories, isMissing } from './drop-directories.ts';
import { type DroppedFile, isFileOf } from './drop-folder.ts';
import { type CsvFileOptions, csvOptions, toChange } from './file-change.ts';
import { checkFile } from './file-check.ts';
import { type FileReading, openReading } from './file-reading.ts';
import { finishFile } from './finish-file.ts';
import { type Background, NOT_YET } from './in-background.ts';
import type { FolderDropLimits, IncomingFiles } from './incoming-files.ts';

export interface FolderReader {
  readPage<F extends CsvFeedName>(
    feed: F,
    from: string | null,
    options: ReadChangesOptions,
  ): Promise<ChangePage<FeedRecord[F]>>;
  close(): Promise<void>;
}

/**
 * Rows of these feeds are things that happened: a content that came before is not applied again. Those of the others say how things
 * stand: only the content that was applied last is passed over, for a former state may well come back.
 */
const EVENT_FEEDS: readonly CsvFeedName[] = ['stockMovements', 'locationSignals'];
/** Lines passed over in one reading on the way to where a file was left: some seconds of work. */
const MAX_SKIPPED_LINES = 500_000;

/** Reads the files of a folder drop page by page: finish the last file, take the next one, check it whole, give its rows on. */
export function createFolderReader(options: {
  readonly system: string;
  readonly files: { readonly [F in CsvFeedName]?: CsvFileOptions };
  readonly clock: Clock;
  readonly directories: DropDirectories;
  readonly incoming: IncomingFiles;
  readonly applied: AppliedFiles;
  readonly background: Background;
  readonly limits: FolderDropLimits;
}): FolderReader {
  const { system, clock, directories, incoming, applied, background, limits } = options;
  /** A file left open between two pages, by the cursor the next page will come with. */
  const open = new Map<FeedName, { cursor: string; reading: FileReading }>();
  const fileOptions = (feed: CsvFeedName) => options.files[feed] ?? {};

  function cursorOf(text: string | null): DropCursor {
    const cursor = text === null ? NO_FILE : parseDropCursor(text);
    if (cursor !== null) return cursor;
    const message = 'the cursor is none of this feed';
    throw new ConnectorError('refused', { system, code: CONNECTOR_CODES.invalidCursor, message });
  }

  /** The file that was taken and not yet cleared away. */
  async function takenFile(feed: CsvFeedName): Promise<DroppedFile | null> {
    const [name] = (await readdir(directories.reading)).filter((entry) => isFileOf(feed, entry)).sort();
    return name === undefined ? null : fileAt(directories.reading, name);
  }

  /** Takes a file from where others may still write to where nobody does. Null when another process was faster. */
  async function take(file: DroppedFile): Promise<DroppedFile | null> {
    try {
      await rename(file.path, join(directories.reading, file.name));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
    await rm(`${file.path}.done`, { force: true });
    return fileAt(directories.reading, file.name);
  }

  /** Where reading goes on, and in which file; null when there is nothing to read now. */
  async function nextFile(feed: CsvFeedName, cursor: DropCursor): Promise<Next | null> {
    const taken = await takenFile(feed);
    if (taken !== null) {
      if (!cursor.complete && isFile(cursor, taken)) return { file: taken, cursor };
      // Whoever began to write it before it was taken may still do so.
      return incoming.hasSettled(taken) ? { file: taken } : null;
    }
    const found = await incoming.next(feed);
    if (found === null) return null;
    if (found.refused !== null) return { file: found, refused: found.refused };
    const moved = await take(found);
    if (moved === null || moved.sizeBytes !== found.sizeBytes || moved.modifiedMs !== found.modifiedMs)
      return null;
    return { file: moved };
  }

  async function check(feed: CsvFeedName, file: DroppedFile): Promise<Checked | typeof NOT_YET> {
    const { maxUnpackedBytes } = limits;
    return background.run(`check ${file.path} ${file.sizeBytes} ${file.modifiedMs}`, async (signal) => ({
      refused: await checkFile(file.path, {
        ...csvOptions(feed, fileOptions(feed)),
        maxUnpackedBytes,
        signal,
      }),
      sha256: await contentHash(file.path, signal),
    }));
  }

  /** The file's reading placed behind `cursor.line`; null when there are so many lines before it that it takes another turn. */
  async function openAt(feed: CsvFeedName, file: DroppedFile, cursor: DropCursor) {
    const from = formatDropCursor(cursor);
    const kept = open.get(feed);
    open.delete(feed);
    if (kept !== undefined && kept.cursor !== from) await kept.reading.close();
    const reading =
      kept?.cursor === from ? kept.reading : openReading(file, csvOptions(feed, fileOptions(feed)));
    for (let skipped = 0; skipped < MAX_SKIPPED_LINES; skipped += 1) {
      const read = await reading.peek();
      if (read === undefined || read.row.line > cursor.line) return reading;
      await reading.take();
    }
    open.set(feed, { cursor: from, reading });
    return null;
  }

  async function readRows<F extends CsvFeedName>(
    feed: F,
    file: DroppedFile,
    from: DropCursor,
    { limit, signal }: ReadChangesOptions,
  ): Promise<ChangePage<FeedRecord[F]>> {
    const reading = await openAt(feed, file, from);
    if (reading === null) return { changes: [], cursor: formatDropCursor(from), more: true };
    const changes: Change<FeedRecord[F]>[] = [];
    let cursor = from;
    try {
      while (changes.length < limit) {
        signal.throwIfAborted();
        const read = await reading.take();
        if (read === undefined) break;
        const change = toChange(feed, file, read, fileOptions(feed));
        changes.push(change);
        const rejectedLines = cursor.rejectedLines + (change.rejected === undefined ? 0 : 1);
        cursor = { ...cursor, line: read.row.line, rejectedLines };
      }
      cursor = { ...cursor, complete: (await reading.peek()) === undefined };
    } catch (error) {
      await reading.close();
      throw error;
    }
    const next = formatDropCursor(cursor);
    if (cursor.complete) await reading.close();
    else open.set(feed, { cursor: next, reading });
    // There is always more: the reading that comes next clears the file away.
    return { changes, cursor: next, more: true };
  }

  return {
    async readPage(feed, from, read) {
      await directories.prepare();
      const cursor = cursorOf(from);
      const idle = { changes: [], cursor: formatDropCursor(cursor), more: false };
      if (cursor.name !== '' && cursor.complete) {
        const finish = { directories, applied, clock, file: fileOptions(feed) };
        const key = `finish ${feed} ${cursor.name} ${cursor.sha256}`;
        if ((await background.run(key, () => finishFile(feed, cursor, finish))) === NOT_YET) return idle;
      }
      for (;;) {
        read.signal.throwIfAborted();
        const next = await nextFile(feed, cursor);
        if (next === null) return idle;
        const { file, refused } = next;
        if (next.cursor !== undefined) return readRows(feed, file, next.cursor, read);
        if (refused !== undefined) {
          const name = file.name.replaceAll(/[^A-Za-z0-9._ -]/g, '_');
          await directories.toReject(file.path, name, `${refused.code}: ${refused.message}`);
          return { ...idle, changes: [refusedChange(file, String(file.modifiedMs), refused)], more: true };
        }
        const checked = await check(feed, file);
        if (checked === NOT_YET) return idle;
        const { sha256 } = checked;
        const begun = { ...NO_FILE, ...placeOf(file), sha256, complete: false };
        if (checked.refused !== null) {
          const done = { ...begun, complete: true, refused: checked.refused };
          const changes = [refusedChange(file, sha256, checked.refused)];
          return { changes, cursor: formatDropCursor(done), more: true };
        }
        const isKnown = EVENT_FEEDS.includes(feed)
          ? await applied.has(feed, sha256)
          : sha256 === cursor.sha256;
        if (!isKnown) return readRows(feed, file, begun, read);
        await directories.toArchive(file.path, file.name, clock.now().toISOString().slice(0, 10));
      }
    },
    async close() {
      const readings = [...open.values()];
      open.clear();
      await Promise.all(readings.map(({ reading }) => reading.close()));
    },
  };
}

interface Next {
  readonly file: DroppedFile;
  /** Where the file was left; missing: it is new. */
  readonly cursor?: DropCursor;
  readonly refused?: FileRefusal;
}

interface Checked {
  readonly sha256: string;
  readonly refused: FileRefusal | null;
}

async function fileAt(directory: string, name: string): Promise<DroppedFile | null> {
  const path = join(directory, name);
  const found = await lstat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  return found === undefined ? null : { name, path, sizeBytes: found.size, modifiedMs: found.mtimeMs };
}

function isFile(cursor: DropCursor, { name, sizeBytes, modifiedMs }: DroppedFile): boolean {
  return cursor.name === name && cursor.sizeBytes === sizeBytes && cursor.modifiedMs === modifiedMs;
}

function placeOf({ name, sizeBytes, modifiedMs }: DroppedFile) {
  return { name, sizeBytes, modifiedMs };
}

function refusedChange(file: DroppedFile, content: string, refused: FileRefusal): RejectedChange {
  return {
    sequence: `${file.name}:${content}`,
    eventId: `${file.name}:${content}`,
    occurredAt: new Date(file.modifiedMs).toISOString(),
    rejected: { code: refused.code, message: `${file.name}: ${refused.message}`, raw: file.name },
  };
}
