import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import { CONNECTOR_CODES, ConnectorError } from '../connector-error.ts';
import type { ChangePage, FeedName, FeedRecord } from '../feeds.ts';
import type { Connector, ReadChangesOptions } from '../port.ts';
import { createAppliedFiles } from './applied-files.ts';
import type { CsvFeedName } from './canonical-columns.ts';
import { createDropDirectories } from './drop-directories.ts';
import type { CsvFileOptions } from './file-change.ts';
import { createFolderReader } from './folder-reader.ts';
import { createBackground } from './in-background.ts';
import { createIncomingFiles, type FolderDropLimits } from './incoming-files.ts';

export interface FolderDropOptions {
  /** The folder that holds `in`, where the system puts its files; `reading`, `archive` and `reject` are made beside it. */
  readonly directory: string;
  /** What operations people call the system that drops the files. */
  readonly system: string;
  /** The feeds it drops, and how its files differ from the canonical ones. One poller reads a feed; replicas of it may share it. */
  readonly files: { readonly [F in CsvFeedName]?: CsvFileOptions };
  readonly clock: Clock;
  /** How long a file must stay as it is before it is taken. Default 10 seconds. */
  readonly settleMs?: number;
  /** Take only files that have a marker `<name>.done`, however long they have not changed. Default false. */
  readonly markerRequired?: boolean;
  /** How long the content of a file of events is known again. Default 35 days. */
  readonly rememberMs?: number;
  readonly limits?: Partial<FolderDropLimits>;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const SETTLE_MS = 10_000;
const REMEMBER_MS = 35 * DAY_MS;
/** Well within what a poller gives one reading. */
const PATIENCE_MS = 5_000;
const LIMITS: FolderDropLimits = {
  maxFileBytes: 256 * 1024 ** 2,
  maxUnpackedBytes: 4 * 1024 ** 3,
  maxFilesPerLook: 100,
  maxAgeMs: 30 * DAY_MS,
  maxIncompleteMs: DAY_MS,
};

/**
 * A folder where another system drops CSV files on its own schedule. Each is read once, when it is complete: good rows become changes of
 * its feed, bad ones are rejected with their reason and written to `reject/<name>.csv`, and the file goes to `archive/<date>`. A file that
 * cannot be read at all goes to `reject` whole, and nothing of it is given on. A file is cleared away when the next reading comes
 * with the cursor behind its last row, for that cursor says that all of it was applied: no crash loses a row. It takes no documents.
 */
export function createFolderDrop(options: FolderDropOptions): Connector {
  const { system, files, clock } = options;
  const limits = { ...LIMITS, ...options.limits };
  // The configured feeds are the keys of an object that has no others.
  const feeds = Object.keys(files) as CsvFeedName[];
  const directories = createDropDirectories(options.directory);
  const background = createBackground({ clock, patienceMs: PATIENCE_MS });
  const reader = createFolderReader({
    system,
    files,
    clock,
    directories,
    background,
    limits,
    applied: createAppliedFiles({
      directory: join(directories.archive, '.applied'),
      clock,
      rememberMs: options.rememberMs ?? REMEMBER_MS,
    }),
    incoming: createIncomingFiles({
      directory: directories.incoming,
      clock,
      settleMs: options.settleMs ?? SETTLE_MS,
      markerRequired: options.markerRequired ?? false,
      limits,
    }),
  });
  const unsupported = (what: string) =>
    new ConnectorError('refused', {
      system,
      code: CONNECTOR_CODES.unsupported,
      message: `cannot do ${what}: it is a folder of files`,
    });

  return {
    system,
    connector: 'csv',
    kind: 'FILE_DROP',
    capabilities: {
      feeds: Object.fromEntries(
        feeds.map((feed) => [feed, { changes: 'poll', order: 'sequence', overlapMs: 0, rereads: false }]),
      ),
      documents: {},
      masterData: [],
    },

    async readChanges<F extends FeedName>(
      feed: F,
      cursor: string | null,
      read: ReadChangesOptions,
    ): Promise<ChangePage<FeedRecord[F]>> {
      if (!isConfigured(feed, feeds)) throw unsupported(`a reading of ${feed}`);
      if (!Number.isInteger(read.limit) || read.limit < 1 || read.limit > 1_000)
        throw new RangeError('limit: a page has between 1 and 1,000 entries');
      try {
        return await reader.readPage(feed, cursor, read);
      } catch (error) {
        throw error instanceof ConnectorError ? error : unreadable(system, error, read.signal);
      }
    },
    async createDocument(kind) {
      throw unsupported(kind);
    },
    async findDocument(kind) {
      throw unsupported(kind);
    },
    async ping(signal) {
      await access(directories.incoming).catch((error: unknown) => {
        throw unreadable(system, error, signal);
      });
    },
    async close() {
      await background.close();
      await reader.close();
    },
  };
}

function isConfigured<F extends FeedName>(feed: F, feeds: readonly CsvFeedName[]): feed is F & CsvFeedName {
  return feeds.some((configured) => configured === feed);
}

function unreadable(system: string, cause: unknown, signal: AbortSignal): ConnectorError {
  if (signal.aborted)
    return new ConnectorError('not-sent', {
      system,
      code: CONNECTOR_CODES.aborted,
      message: 'given up',
      cause,
    });
  // A folder that is missing or locked needs a person; nothing else is known to be wrong with a disk.
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ConnectorError('refused', { system, code: 'UNREADABLE', message, cause });
}
