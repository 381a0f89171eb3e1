import { createReadStream } from 'node:fs';
import { type Options, parse } from 'csv-parse/sync';
import { GzipError, gunzipped } from './gunzipped.ts';
import { endsInsideQuotes } from './quoted-field.ts';
import { type Line, linesOf } from './text-lines.ts';

export interface CsvOptions {
  /** Columns the file must have, in any order. */
  columns: readonly string[];
  /** Columns it may have. Any others are left out of the values. */
  optionalColumns?: readonly string[];
  /** Default `,`. */
  delimiter?: string;
  /** Default `utf8`. */
  encoding?: 'utf8' | 'latin1';
  /** The longest line, and the longest record of several lines. Default 1 MiB. */
  maxLineBytes?: number;
  signal?: AbortSignal;
}

/** A record, or why there is none; `line` is where it begins, counted from 1 with the header. */
export type CsvRow =
  | { line: number; values: Record<string, string>; error?: undefined }
  | { line: number; values?: undefined; error: CsvRowError };

export interface CsvRowError {
  /**
   * `BROKEN_LINE`: quotes that do not match. `WRONG_COLUMN`: more or fewer fields than the header. `BROKEN_TEXT`: bytes that
   * are not of the encoding. `LINE_TOO_LONG`. `TRUNCATED_GZIP`, `CORRUPT_GZIP`: the rest of the file cannot be read.
   */
  code: 'BROKEN_LINE' | 'WRONG_COLUMN' | 'BROKEN_TEXT' | 'LINE_TOO_LONG' | 'TRUNCATED_GZIP' | 'CORRUPT_GZIP';
  message: string;
  column?: string | undefined;
  /** The line as it stands in the file, at most 2,000 characters. */
  raw: string;
}

/** The file is not what it was said to be; nothing of it was given. */
export class CsvHeaderError extends Error {
  readonly expected: readonly string[];
  readonly found: readonly string[];

  constructor(path: string, expected: readonly string[], found: readonly string[]) {
    super(
      `${path}: the header must have the columns ${expected.join(', ')}; it has ${found.join(', ') || 'none'}`,
    );
    this.name = 'CsvHeaderError';
    this.expected = expected;
    this.found = found;
  }
}

/** Lines parsed at one go: one call of the parser costs as much as some hundred lines in it. */
const BATCH_LINES = 400;
/** A quote that never closes must not swallow the file: after so many lines it is the line's fault that opened it. */
const MAX_RECORD_LINES = 200;

/**
 * Reads a CSV file (or `.gz` of one) record by record, in constant memory. What is wrong with a line is an entry of its own and
 * never hides the lines after it. Throws `CsvHeaderError` for a wrong header and the file system's error for an unreadable file.
 */
export async function* readCsv(path: string, options: CsvOptions): AsyncGenerator<CsvRow> {
  const maxLineBytes = options.maxLineBytes ?? 1024 * 1024;
  const parser = createLineParser(options.delimiter ?? ',');
  const file = createReadStream(path, { highWaterMark: 64 * 1024, signal: options.signal });
  const bytes = path.endsWith('.gz') ? gunzipped(file) : file;
  const lines = linesOf(bytes, { encoding: options.encoding ?? 'utf8', maxLineBytes });
  let columns: Columns | undefined;
  let batch: Line[] = [];
  let record: Line[] = [];
  let lastLine = 0;

  /** What the lines waiting in the batch hold. */
  function* drain(): Generator<CsvRow> {
    if (columns === undefined) return;
    const whole = parser.tryAll(batch);
    for (const [index, line] of batch.entries())
      yield toRow(line, whole?.[index] ?? parser.one(line), columns);
    batch = [];
  }

  /** Ends a record of several lines; if it makes no sense as one, only its first line is at fault. */
  function* endRecord(complete: boolean): Generator<CsvRow> {
    const [first, ...rest] = record;
    record = [];
    if (first === undefined || columns === undefined) return;
    const joined = { ...first, text: [first, ...rest].map(({ text }) => text).join('\n') };
    const fields = complete ? parser.one(joined) : 'BROKEN_LINE';
    if (Array.isArray(fields) && fields.length === columns.count) {
      yield toRow(joined, fields, columns);
      return;
    }
    yield* drain();
    yield toRow(first, 'BROKEN_LINE', columns);
    for (const line of rest) yield* accept(line);
  }

  function* accept(line: Line): Generator<CsvRow> {
    if (record.length > 0) {
      record.push(line);
      const bytesSoFar = record.reduce((sum, { text }) => sum + text.length, 0);
      if (!endsInsideQuotes(line.text, parser.delimiter, true)) yield* endRecord(true);
      else if (record.length >= MAX_RECORD_LINES || bytesSoFar > maxLineBytes) yield* endRecord(false);
    } else if (line.problem === undefined && endsInsideQuotes(line.text, parser.delimiter, false)) {
      yield* drain();
      record = [line];
    } else {
      batch.push(line);
      if (batch.length >= BATCH_LINES) yield* drain();
    }
  }

  try {
    for await (const line of lines) {
      lastLine = line.line;
      if (columns === undefined) columns = readHeader(path, parser.one(line), options);
      else if (line.text !== '' || line.problem !== undefined) yield* accept(line);
    }
    if (columns === undefined) throw new CsvHeaderError(path, options.columns, []);
    while (record.length > 0) yield* endRecord(false);
    yield* drain();
  } catch (error) {
    if (!(error instanceof GzipError)) throw error;
    if (columns !== undefined) {
      while (record.length > 0) yield* endRecord(false);
      yield* drain();
    }
    yield { line: lastLine + 1, error: { code: error.code, message: `${path}: ${error.message}`, raw: '' } };
  } finally {
    file.destroy();
  }
}

interface Columns {
  /** Fields a line must have. */
  count: number;
  wanted: { name: string; index: number }[];
}

function readHeader(path: string, fields: string[] | 'BROKEN_LINE', options: CsvOptions): Columns {
  const found = fields === 'BROKEN_LINE' ? [] : fields.map((name) => name.trim());
  const wanted = [...options.columns, ...(options.optionalColumns ?? [])];
  const isWrong = options.columns.some((name) => !found.includes(name));
  const isAmbiguous = wanted.some((name) => found.indexOf(name) !== found.lastIndexOf(name));
  if (isWrong || isAmbiguous) throw new CsvHeaderError(path, options.columns, found);
  return {
    count: found.length,
    wanted: wanted.map((name) => ({ name, index: found.indexOf(name) })).filter(({ index }) => index >= 0),
  };
}

function toRow(
  { line, text, problem }: Line,
  fields: string[] | 'BROKEN_LINE',
  { count, wanted }: Columns,
): CsvRow {
  const fail = (code: CsvRowError['code'], message: string, column?: string): CsvRow => ({
    line,
    error: { code, message, column, raw: text.slice(0, 2_000) },
  });
  if (problem !== undefined) return fail(problem.code, problem.message);
  if (fields === 'BROKEN_LINE') return fail('BROKEN_LINE', 'the quotes of the line do not match');
  if (fields.length !== count) {
    const firstMissing = wanted.find(({ index }) => index >= fields.length)?.name;
    return fail('WRONG_COLUMN', `the line has ${fields.length} fields, the header ${count}`, firstMissing);
  }
  const values: Record<string, string> = {};
  for (const { name, index } of wanted) values[name] = fields[index] ?? '';
  return { line, values };
}

/** Splits lines into fields. A line whose quotes do not match is `BROKEN_LINE`. */
function createLineParser(delimiter: string) {
  const settings: Options = { delimiter, relax_column_count: true, skip_empty_lines: false };

  function one({ text }: Line): string[] | 'BROKEN_LINE' {
    try {
      const [fields] = parse(text, settings);
      return fields ?? [''];
    } catch {
      return 'BROKEN_LINE';
    }
  }

  return {
    delimiter,
    one,
    /** All lines in one call; null when any of them needs to be looked at by itself. */
    tryAll(lines: readonly Line[]): string[][] | null {
      if (lines.some(({ problem }) => problem !== undefined)) return null;
      try {
        const records = parse(lines.map(({ text }) => text).join('\n'), settings);
        return records.length === lines.length ? records : null;
      } catch {
        return null;
      }
    },
  };
}
