import { once } from 'node:events';
import { createGunzip } from 'node:zlib';

/** The archive ends too early, or is none. What came before was given. */
export class GzipError extends Error {
  readonly code: 'TRUNCATED_GZIP' | 'CORRUPT_GZIP';

  constructor(code: 'TRUNCATED_GZIP' | 'CORRUPT_GZIP', cause: Error) {
    super(
      code === 'TRUNCATED_GZIP' ? 'the archive ends too early' : `the archive is damaged (${cause.message})`,
      {
        cause,
      },
    );
    this.name = 'GzipError';
    this.code = code;
  }
}

/**
 * Unpacks gzip and gives every byte that could be unpacked before it throws. A stream that is piped would throw away what it has
 * buffered when it meets the damage, which is why the unpacker is fed by hand, one chunk at a time.
 */
export async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacker = createGunzip();
  const ready: Uint8Array[] = [];
  let failure: Error | undefined;
  unpacker.on('data', (chunk: Uint8Array) => ready.push(chunk));
  unpacker.on('error', (error) => {
    failure = error;
  });
  const take = () => ready.splice(0);
  try {
    for await (const chunk of packed) {
      await fed(unpacker, chunk);
      yield* take();
      if (failure !== undefined) throw gzipError(failure);
    }
    unpacker.end();
    // The error is kept above; here it only ends the waiting.
    if (failure === undefined && !unpacker.readableEnded) await once(unpacker, 'end').catch(() => undefined);
    yield* take();
    if (failure !== undefined) throw gzipError(failure);
  } finally {
    unpacker.destroy();
  }
}

/** Resolves when a chunk is unpacked or the unpacker has failed on it. */
function fed(unpacker: ReturnType<typeof createGunzip>, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      unpacker.off('close', done);
      resolve();
    };
    // A failing unpacker does not always call back, but it always closes.
    unpacker.once('close', done);
    unpacker.write(chunk, done);
  });
}

function gzipError(error: Error): GzipError {
  const isCut = 'code' in error && error.code === 'Z_BUF_ERROR';
  return new GzipError(isCut ? 'TRUNCATED_GZIP' : 'CORRUPT_GZIP', error);
}
