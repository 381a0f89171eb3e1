import type { CsvFeedName } from './canonical-columns.ts';
import type { DroppedFile } from './drop-folder.ts';
import { type CsvFileOptions, csvOptions, toChange } from './file-change.ts';
import { openReading } from './file-reading.ts';

/** What a file's rejects are called: those of `prices-1.csv.gz` are in `prices-1.csv`. */
export function rejectName(name: string): string {
  return name.replace(/\.gz$/, '');
}

/**
 * The bad rows of a file as a CSV file of their own: the line each begins at, code, field, reason, and the row as it came (at most
 * 2,000 characters). The same file gives the same text, so that a crash in the middle of writing it costs nothing.
 */
export async function* rejectRows(
  feed: CsvFeedName,
  file: DroppedFile,
  options: CsvFileOptions,
): AsyncGenerator<string> {
  yield 'line,code,field,reason,row\r\n';
  const reading = openReading(file, csvOptions(feed, options));
  try {
    for (let read = await reading.take(); read !== undefined; read = await reading.take()) {
      const { rejected } = toChange(feed, file, read, options);
      if (rejected === undefined) continue;
      const { code, message, field = [], raw } = rejected;
      yield `${[String(read.row.line), code, field.join('.'), message, raw].map(quoted).join(',')}\r\n`;
    }
  } finally {
    await reading.close();
  }
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
