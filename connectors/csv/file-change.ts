import type { Change, FeedRecord } from '../feeds.ts';
import { parseRecord } from '../parse-record.ts';
import { CANONICAL_COLUMNS, type CsvFeedName } from './canonical-columns.ts';
import type { DroppedFile } from './drop-folder.ts';
import type { ReadRow } from './file-reading.ts';
import type { CsvOptions } from './read-csv.ts';

export interface CsvFileOptions {
  /** Canonical column to the file's own name for it. Default: the same name. */
  columns?: Record<string, string>;
  /** Values for canonical columns the file does not have at all. */
  constants?: Record<string, string>;
  /** Default `,`. */
  delimiter?: string;
  /** Default `utf8`. */
  encoding?: 'utf8' | 'latin1';
  /** Default 1 MiB. */
  maxLineBytes?: number;
}

/** What the reader has to know of a file of `feed`: columns that come from constants are not looked for. */
export function csvOptions(
  feed: CsvFeedName,
  { columns = {}, constants = {}, ...text }: CsvFileOptions,
): CsvOptions {
  const { required, optional } = CANONICAL_COLUMNS[feed];
  const inFile = (names: readonly string[]) =>
    names.filter((name) => constants[name] === undefined).map((name) => columns[name] ?? name);
  return { columns: inFile(required), optionalColumns: inFile(optional), ...text };
}

/** One row as a change of its feed; a row that is no record says in which file, line and column it went wrong. */
export function toChange<F extends CsvFeedName>(
  feed: F,
  file: DroppedFile,
  { row, fingerprint }: ReadRow,
  { columns = {}, constants = {} }: CsvFileOptions,
): Change<FeedRecord[F]> {
  const place = `${file.name} line ${row.line}`;
  const head = {
    sequence: `${file.name}:${row.line}`,
    // The content is part of the name: a replaced file's line is another event, a re-read one's is not.
    eventId: `${file.name}:${row.line}:${fingerprint}`,
    occurredAt: new Date(file.modifiedMs).toISOString(),
  };
  if (row.values === undefined) {
    const { code, message, raw } = row.error;
    const column = 'column' in row.error ? row.error.column : undefined;
    const field = column === undefined ? {} : { field: [column] };
    return { ...head, rejected: { code, message: `${place}: ${message}`, raw, ...field } };
  }
  const { values } = row;
  const { required, optional, toRecord } = CANONICAL_COLUMNS[feed];
  const canonical = Object.fromEntries(
    [...required, ...optional].map((name) => [name, constants[name] ?? values[columns[name] ?? name] ?? '']),
  );
  const read = parseRecord(feed, toRecord(canonical));
  if ('record' in read) return { ...head, record: read.record };
  const [name = ''] = read.rejected.field ?? [];
  const column = columns[name] ?? name;
  const message = `${place}, column ${column}: ${read.rejected.message}`;
  return {
    ...head,
    rejected: { ...read.rejected, message, field: [column], raw: JSON.stringify(values).slice(0, 2_000) },
  };
}
