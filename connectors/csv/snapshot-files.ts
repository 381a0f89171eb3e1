import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { type StockCount, stockCountSchema } from '../canonical/stock-count.ts';
import type { Rejection } from '../feeds.ts';
import { rawText } from '../parse-record.ts';
import { CsvHeaderError, readCsv } from './read-csv.ts';

/** A row of a snapshot with the line it stands in, or why it cannot be read. */
export type SnapshotRow =
  | { readonly line: number; readonly count: StockCount; readonly rejected?: undefined }
  | { readonly line: number; readonly count?: undefined; readonly rejected: Rejection };

/** Where stock snapshots are read from. */
export interface SnapshotFiles {
  /** What an address must begin with to be read at all; empty: none is. */
  readonly allowed: readonly string[];
  /** Whether an address may be read: what a caller names must not become a way into the house's own network or disk. */
  allows(url: string): boolean;
  /**
   * The rows, in constant memory. Throws `SnapshotUnreadable` when the address is not allowed, does not answer, has more than
   * `maxBytes` or is no such file.
   */
  rows(url: string, signal: AbortSignal): AsyncGenerator<SnapshotRow>;
}

export interface SnapshotFilesOptions {
  /** Beginnings of addresses, `https://wms.example.org/exports/` or `file:///var/drop/`, each with its last slash. Default: none. */
  readonly allowed?: readonly string[];
  /** The largest file, packed. Default 256 MiB. */
  readonly maxBytes?: number;
}

/** There are no rows to be had from there. */
export class SnapshotUnreadable extends Error {
  /** Whether asking again later may help. */
  readonly retryable: boolean;

  constructor(message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'SnapshotUnreadable';
    this.retryable = options.retryable;
  }
}

const MAX_BYTES = 256 * 1024 * 1024;
const COLUMNS = { columns: ['sku', 'quantity'], optionalColumns: ['unit'] };

/** Reads snapshots as CSV files (`.gz` of one too) with the columns sku, quantity and, if need be, unit; over HTTP or from disk. */
export function createSnapshotFiles(options: SnapshotFilesOptions = {}): SnapshotFiles {
  const allowed = options.allowed ?? [];
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  // What `URL` makes of it has no dots and no tricks left in its path.
  const allows = (url: string) =>
    URL.canParse(url) && allowed.some((beginning) => new URL(url).href.startsWith(beginning));

  return {
    allowed,
    allows,
    async *rows(url, signal) {
      if (!allows(url)) throw new SnapshotUnreadable('this address may not be read', { retryable: false });
      const source = new URL(url);
      if (source.protocol === 'file:') {
        yield* rowsOf(fileURLToPath(source), signal);
        return;
      }
      const directory = await mkdtemp(join(tmpdir(), 'snapshot-'));
      try {
        const path = join(directory, source.pathname.endsWith('.gz') ? 'rows.csv.gz' : 'rows.csv');
        await download(source, path, maxBytes, signal);
        yield* rowsOf(path, signal);
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
  };
}

/** To disk first, so that a slow sender does not hold up the work on the rows, nor that work the sender. */
async function download(source: URL, path: string, maxBytes: number, signal: AbortSignal): Promise<void> {
  try {
    // A redirect could lead out of what is allowed.
    const response = await fetch(source, { redirect: 'error', signal });
    if (!response.ok || response.body === null) throw new Error(`it answered with status ${response.status}`);
    let bytes = 0;
    const measured = new Transform({
      transform(chunk: Buffer, _, done) {
        bytes += chunk.length;
        done(bytes > maxBytes ? new Error(`it has more than ${maxBytes} bytes`) : null, chunk);
      },
    });
    await pipeline(response.body, measured, createWriteStream(path));
  } catch (error) {
    throw unreadable(error, true);
  }
}

async function* rowsOf(path: string, signal: AbortSignal): AsyncGenerator<SnapshotRow> {
  try {
    for await (const row of readCsv(path, { ...COLUMNS, signal })) {
      if (row.error !== undefined) {
        const { code, message, raw } = row.error;
        yield { line: row.line, rejected: { code, message, raw } };
        continue;
      }
      const filled = Object.fromEntries(Object.entries(row.values).filter(([, value]) => value !== ''));
      const { data, error } = stockCountSchema.safeParse(filled);
      if (error === undefined) yield { line: row.line, count: data };
      else yield { line: row.line, rejected: rejection(filled, error.issues[0]) };
    }
  } catch (error) {
    throw unreadable(error, !(error instanceof CsvHeaderError));
  }
}

function rejection(
  values: Readonly<Record<string, string>>,
  issue: { message: string; path: PropertyKey[] } | undefined,
): Rejection {
  const field = (issue?.path ?? []).map(String);
  const isMissing = field[0] !== undefined && values[field[0]] === undefined;
  return {
    code: isMissing ? 'MISSING_VALUE' : 'INVALID_VALUE',
    message: isMissing ? `${field[0]} is missing` : `${field.join('.')}: ${issue?.message ?? 'not valid'}`,
    field,
    raw: rawText(values),
  };
}

function unreadable(error: unknown, retryable: boolean): SnapshotUnreadable {
  if (error instanceof SnapshotUnreadable) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new SnapshotUnreadable(`the snapshot cannot be read: ${message}`, { retryable, cause: error });
}
