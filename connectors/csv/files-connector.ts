import { access } from 'node:fs/promises';
import { CONNECTOR_CODES, ConnectorError } from '../connector-error.ts';
import type { ChangePage, FeedName, FeedRecord } from '../feeds.ts';
import type { Connector, ReadChangesOptions } from '../port.ts';
import type { CsvFeedName } from './canonical-columns.ts';

/**
 * What every folder of files is as a connector: feeds that are polled and nothing else. What goes wrong with the disk becomes a
 * ConnectorError; every document is refused.
 */
export function createFilesConnector(options: {
  readonly system: string;
  readonly feeds: readonly CsvFeedName[];
  /** The folder that must be there. */
  readonly directory: string;
  /** Whether a page can be read again by a former cursor. Default true. */
  readonly rereads?: boolean;
  /** A page of a feed that is one of `feeds`. */
  readPage<F extends CsvFeedName>(
    feed: F,
    cursor: string | null,
    read: ReadChangesOptions,
  ): Promise<ChangePage<FeedRecord[F]>>;
  close(): Promise<void>;
}): Connector {
  const { system, feeds, directory, rereads } = options;
  const capability = {
    changes: 'poll',
    order: 'sequence',
    overlapMs: 0,
    ...(rereads === undefined ? {} : { rereads }),
  } as const;
  const isOurs = <F extends FeedName>(feed: F): feed is F & CsvFeedName => feeds.some((one) => one === feed);
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
      feeds: Object.fromEntries(feeds.map((feed) => [feed, capability])),
      documents: {},
      masterData: [],
    },

    async readChanges<F extends FeedName>(
      feed: F,
      cursor: string | null,
      read: ReadChangesOptions,
    ): Promise<ChangePage<FeedRecord[F]>> {
      if (!isOurs(feed)) throw unsupported(`a reading of ${feed}`);
      if (!Number.isInteger(read.limit) || read.limit < 1 || read.limit > 1_000)
        throw new RangeError('limit: a page has between 1 and 1,000 entries');
      try {
        return await options.readPage(feed, cursor, read);
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
      await access(directory).catch((error: unknown) => {
        throw unreadable(system, error, signal);
      });
    },
    close: () => options.close(),
  };
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
