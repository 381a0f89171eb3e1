/** One line of a text file, without its end. */
export interface Line {
  /** Counted from 1. */
  line: number;
  text: string;
  problem?: { code: 'BROKEN_TEXT' | 'LINE_TOO_LONG'; message: string } | undefined;
}

export interface LinesOptions {
  encoding: 'utf8' | 'latin1';
  maxLineBytes: number;
}

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Splits bytes into lines at LF or CRLF and leaves out a byte order mark. Of a line that is too long the beginning is kept and
 * the rest is passed over. When the bytes end in an error, the line that was cut short is not given: nobody knows how it went on.
 */
export async function* linesOf(
  bytes: AsyncIterable<Uint8Array>,
  options: LinesOptions,
): AsyncGenerator<Line> {
  const { encoding, maxLineBytes } = options;
  let held: Buffer[] = [];
  let heldBytes = 0;
  let tooLong = false;
  let count = 0;

  function hold(part: Buffer): void {
    if (heldBytes + part.length > maxLineBytes) {
      tooLong = true;
      part = part.subarray(0, maxLineBytes - heldBytes);
    }
    held.push(part);
    heldBytes += part.length;
  }

  function take(): Line {
    let line = held.length === 1 && held[0] !== undefined ? held[0] : Buffer.concat(held);
    if (line.at(-1) === CARRIAGE_RETURN) line = line.subarray(0, -1);
    let text = line.toString(encoding);
    count += 1;
    if (count === 1 && text.startsWith('\uFEFF')) text = text.slice(1);
    const problem = problemOf(text);
    held = [];
    heldBytes = 0;
    tooLong = false;
    return problem === undefined ? { line: count, text } : { line: count, text, problem };
  }

  function problemOf(text: string): Line['problem'] {
    if (tooLong) return { code: 'LINE_TOO_LONG', message: `the line has more than ${maxLineBytes} bytes` };
    // The decoder puts U+FFFD where the bytes are not of the encoding.
    if (encoding === 'utf8' && text.includes('\uFFFD')) {
      return { code: 'BROKEN_TEXT', message: 'the line has bytes that are not UTF-8' };
    }
    return undefined;
  }

  for await (const chunk of bytes) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = buffer.indexOf(NEWLINE); end >= 0; end = buffer.indexOf(NEWLINE, start)) {
      hold(buffer.subarray(start, end));
      yield take();
      start = end + 1;
    }
    if (start < buffer.length) hold(buffer.subarray(start));
  }
  if (heldBytes > 0 || tooLong) yield take();
}
