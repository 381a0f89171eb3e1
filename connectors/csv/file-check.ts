import { createReadStream } from 'node:fs';
import type { FileRefusal } from './drop-cursor.ts';
import { GzipError, gunzipped } from './gunzipped.ts';
import { CsvHeaderError, type CsvOptions, readCsv } from './read-csv.ts';
import { linesOf } from './text-lines.ts';

/** More lines than one in so many that are not of the encoding: the file is not, and what looks right may be wrong. */
const LINES_PER_BROKEN_LINE = 20;

/**
 * Reads a file to its end before anything of it is given on, and says why nothing should be; null when it can be read. One pass, in
 * constant memory: a file that turns out to be cut short in its middle must not have been half applied.
 */
export async function checkFile(
  path: string,
  options: CsvOptions & { readonly maxUnpackedBytes: number },
): Promise<FileRefusal | null> {
  try {
    const text = await checkText(path, options);
    return text ?? (await checkHeader(path, options));
  } catch (error) {
    if (error instanceof GzipError) return { code: error.code, message: error.message };
    if (error instanceof TooLarge) return { code: 'FILE_TOO_LARGE', message: error.message };
    throw error;
  }
}

async function checkText(
  path: string,
  options: CsvOptions & { readonly maxUnpackedBytes: number },
): Promise<FileRefusal | null> {
  const { encoding = 'utf8', maxLineBytes = 1024 * 1024 } = options;
  const file = createReadStream(path, { signal: options.signal });
  const bytes = measured(path.endsWith('.gz') ? gunzipped(file) : file, options.maxUnpackedBytes);
  let lines = 0;
  let brokenLines = 0;
  try {
    for await (const { text, problem } of linesOf(bytes, { encoding, maxLineBytes })) {
      lines += 1;
      if (problem?.code === 'BROKEN_TEXT') brokenLines += 1;
      // Text in two or four bytes a character shows as zeros between the letters of its first line.
      if (lines === 1 && (brokenLines > 0 || text.includes('\0')))
        return wrongEncoding(encoding, 'its header');
    }
  } finally {
    file.destroy();
  }
  return brokenLines * LINES_PER_BROKEN_LINE > lines
    ? wrongEncoding(encoding, `${brokenLines} of ${lines} lines`)
    : null;
}

async function checkHeader(path: string, options: CsvOptions): Promise<FileRefusal | null> {
  const rows = readCsv(path, options);
  try {
    await rows.next();
    return null;
  } catch (error) {
    if (!(error instanceof CsvHeaderError)) throw error;
    const { expected, found } = error;
    const message = `the header must have the columns ${expected.join(', ')}; it has ${found.join(', ') || 'none'}`;
    return { code: 'WRONG_HEADER', message: message.slice(0, 1_000) };
  } finally {
    await rows.return(undefined);
  }
}

function wrongEncoding(encoding: 'utf8' | 'latin1', where: string): FileRefusal {
  const name = encoding === 'utf8' ? 'UTF-8' : 'ISO 8859-1';
  return { code: 'WRONG_ENCODING', message: `${where} cannot be read as ${name}, which the file must be in` };
}

class TooLarge extends Error {}

async function* measured(bytes: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let sum = 0;
  for await (const chunk of bytes) {
    sum += chunk.length;
    if (sum > maxBytes) throw new TooLarge(`unpacked, the file has more than ${maxBytes} bytes`);
    yield chunk;
  }
}
