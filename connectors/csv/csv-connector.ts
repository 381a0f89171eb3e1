import { CONNECTOR_CODES, ConnectorError } from '../connector-error.ts';
import type { Change, ChangePage, FeedName, FeedRecord } from '../feeds.ts';
import type { Connector, ReadChangesOptions } from '../port.ts';
import type { CsvFeedName } from './canonical-columns.ts';
import { type DroppedFile, droppedFiles } from './drop-folder.ts';
import { type CsvFileOptions, csvOptions, toChange } from './file-change.ts';
import { type FileCursor, formatCursor, parseCursor, START } from './file-cursor.ts';
import { type FileReading, openReading } from './file-reading.ts';
import { createFilesConnector } from './files-connector.ts';
import type { CsvOptions } from './read-csv.ts';

export interface CsvConnectorOptions {
  /** The drop folder. */
  directory: string;
  /** What operations people call the system that drops the files. */
  system: string;
  /** The feeds it drops, and how its files differ from the canonical ones. */
  files: { [F in CsvFeedName]?: CsvFileOptions };
}

/**
 * Reads what another system drops as CSV files: `items.csv`, `prices-2026-03-01.csv.gz` and so on, in the order of their names. The
 * last file may grow or be replaced: what was added is read, a replaced file is read anew. It writes nothing: every
 * document is refused.
 */
export function createCsvConnector(options: CsvConnectorOptions): Connector {
  const { system, directory, files } = options;
  // The configured feeds are the keys of an object that has no others.
  const feeds = Object.keys(files) as CsvFeedName[];
  /** A file left open between two pages, by the cursor the next page will come with. */
  const open = new Map<FeedName, { cursor: string; reading: FileReading }>();

  /** The file's reading, placed behind `cursor.line`, or at its beginning when it is not the file it was. */
  async function resume(file: DroppedFile, cursor: FileCursor, csv: CsvOptions): Promise<FileReading> {
    const reading = openReading(file, csv);
    if (file.name !== cursor.file || cursor.line === 0) return reading;
    for (;;) {
      const read = await reading.peek();
      if (read === undefined || read.row.line > cursor.line) break;
      await reading.take();
      if (read.row.line === cursor.line && read.fingerprint === cursor.fingerprint) return reading;
    }
    await reading.close();
    return openReading(file, csv);
  }

  async function readPage<F extends CsvFeedName>(
    feed: F,
    from: string | null,
    { limit, signal }: ReadChangesOptions,
  ): Promise<ChangePage<FeedRecord[F]>> {
    let cursor = cursorOf(from);
    const kept = await takeOpen(feed, from);
    const changes: Change<FeedRecord[F]>[] = [];
    const csv = csvOptions(feed, files[feed] ?? {});
    let reading: FileReading | undefined = kept;
    try {
      for (const file of await droppedFiles(directory, feed, cursor.file)) {
        const isSame = file.sizeBytes === cursor.sizeBytes && file.modifiedMs === cursor.modifiedMs;
        if (file.name === cursor.file && isSame && cursor.complete) continue;
        if (reading?.file.name !== file.name || !isSame) {
          await reading?.close();
          reading = await resume(file, cursor, csv);
        }
        cursor = { ...(file.name === cursor.file ? cursor : START), ...placeOf(file) };
        while (changes.length < limit) {
          signal.throwIfAborted();
          const read = await reading.take();
          if (read === undefined) break;
          changes.push(toChange(feed, file, read, files[feed] ?? {}));
          cursor = { ...cursor, line: read.row.line, fingerprint: read.fingerprint };
        }
        cursor = { ...cursor, complete: (await reading.peek()) === undefined };
        if (!cursor.complete) {
          const next = formatCursor(cursor);
          open.set(feed, { cursor: next, reading });
          return { changes, cursor: next, more: true };
        }
      }
    } catch (error) {
      await reading?.close();
      throw error;
    }
    await reading?.close();
    return { changes, cursor: formatCursor(cursor), more: false };
  }

  function cursorOf(text: string | null): FileCursor {
    const cursor = text === null ? START : parseCursor(text);
    if (cursor !== null) return cursor;
    const message = 'the cursor is none of this feed';
    throw new ConnectorError('refused', { system, code: CONNECTOR_CODES.invalidCursor, message });
  }

  /** The file left open for this cursor; one that was left open for another is given up. */
  async function takeOpen(feed: FeedName, cursor: string | null): Promise<FileReading | undefined> {
    const kept = open.get(feed);
    open.delete(feed);
    if (kept === undefined || kept.cursor === cursor) return kept?.reading;
    await kept.reading.close();
    return undefined;
  }

  return createFilesConnector({
    system,
    feeds,
    directory,
    readPage,
    async close() {
      const readings = [...open.values()];
      open.clear();
      await Promise.all(readings.map(({ reading }) => reading.close()));
    },
  });
}

function placeOf({ name, sizeBytes, modifiedMs }: DroppedFile) {
  return { file: name, sizeBytes, modifiedMs };
}
