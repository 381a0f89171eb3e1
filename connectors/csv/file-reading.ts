import { createHash } from 'node:crypto';
import type { DroppedFile } from './drop-folder.ts';
import { CsvHeaderError, type CsvOptions, type CsvRow, readCsv } from './read-csv.ts';

/** A row and the fingerprint of the file up to and including it. */
export interface ReadRow {
  row:
    | CsvRow
    | { line: number; values?: undefined; error: { code: 'WRONG_HEADER'; message: string; raw: string } };
  fingerprint: string;
}

/** A file that is being read, one row ahead, so that it is known whether there is more. */
export interface FileReading {
  readonly file: DroppedFile;
  peek(): Promise<ReadRow | undefined>;
  take(): Promise<ReadRow | undefined>;
  close(): Promise<void>;
}

/** Begins to read a file. A header that is wrong is one row that says so, and the only one. */
export function openReading(file: DroppedFile, options: CsvOptions): FileReading {
  const rows = fingerprinted(file, options);
  let ahead: Promise<ReadRow | undefined> | undefined;
  const next = async () => {
    const { done, value } = await rows.next();
    return done ? undefined : value;
  };
  return {
    file,
    peek() {
      ahead ??= next();
      return ahead;
    },
    take() {
      const taken = ahead ?? next();
      ahead = undefined;
      return taken;
    },
    async close() {
      await rows.return(undefined);
    },
  };
}

async function* fingerprinted(file: DroppedFile, options: CsvOptions): AsyncGenerator<ReadRow, undefined> {
  let fingerprint = '';
  try {
    for await (const row of readCsv(file.path, options)) {
      const content = row.values === undefined ? row.error.raw : JSON.stringify(row.values);
      fingerprint = createHash('sha1').update(`${fingerprint}\n${row.line}\n${content}`).digest('base64url');
      yield { row, fingerprint };
    }
  } catch (error) {
    if (!(error instanceof CsvHeaderError)) throw error;
    const raw = error.found.join(',').slice(0, 2_000);
    const row = { line: 1, error: { code: 'WRONG_HEADER' as const, message: error.message, raw } };
    yield { row, fingerprint: createHash('sha1').update(raw).digest('base64url') };
  }
  return undefined;
}
