import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { weightsOf } from './weighted-header.ts';

/** Below this many bytes an answer fits into a packet or two, and compressing it saves nobody anything. */
export const COMPRESSED_FROM_BYTES = 2048;

type Encoding = 'br' | 'gzip';

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

const COMPRESS: Readonly<Record<Encoding, (text: Buffer) => Promise<Buffer>>> = {
  // Brotli's default quality of 11 takes a hundred times as long as 4 and is meant for files that are compressed once.
  br: (text) =>
    toBrotli(text, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 4,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      },
    }),
  gzip: (text) => toGzip(text, { level: 4 }),
};

/** What to compress an answer of this size with, by the client's Accept-Encoding; undefined: send it as it is. */
export function encodingFor(acceptEncoding: string | undefined, bytes: number): Encoding | undefined {
  if (acceptEncoding === undefined || bytes < COMPRESSED_FROM_BYTES) return undefined;
  const weights = weightsOf(acceptEncoding);
  const weightOf = (encoding: Encoding) => weights.get(encoding) ?? weights.get('*') ?? 0;
  const [br, gz] = [weightOf('br'), weightOf('gzip')];
  if (br === 0 && gz === 0) return undefined;
  return br >= gz ? 'br' : 'gzip';
}

/** Compresses off the main thread. */
export function compress(text: Buffer, encoding: Encoding): Promise<Buffer> {
  return COMPRESS[encoding](text);
}
