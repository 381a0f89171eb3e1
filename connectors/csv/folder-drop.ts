import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Connector } from '../port.ts';
import { createAppliedFiles } from './applied-files.ts';
import type { CsvFeedName } from './canonical-columns.ts';
import { createDropDirectories } from './drop-directories.ts';
import type { CsvFileOptions } from './file-change.ts';
import { createFilesConnector } from './files-connector.ts';
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

  return createFilesConnector({
    system,
    feeds,
    directory: directories.incoming,
    // A file that was archived is read no more.
    rereads: false,
    readPage: reader.readPage,
    async close() {
      await background.close();
      await reader.close();
    },
  });
}
