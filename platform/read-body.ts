import type { IncomingMessage } from 'node:http';

/** All bytes of a request, or undefined as soon as they are more than `maxBytes`; rejects when the client breaks off. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    // Told by events, which cost a fraction of what iterating a stream does.
    const settle = () => {
      request.off('data', add).off('end', end).off('error', fail).off('close', breakOff);
    };
    const add = (chunk: Buffer) => {
      length += chunk.byteLength;
      chunks.push(chunk);
      if (length <= maxBytes) return;
      // The connection stays: the client is to read why.
      settle();
      request.pause();
      resolve(undefined);
    };
    const end = () => {
      settle();
      const [only] = chunks;
      resolve(chunks.length === 1 ? only : Buffer.concat(chunks, length));
    };
    const fail = (cause: Error) => {
      settle();
      reject(cause);
    };
    const breakOff = () => fail(new Error('the client broke off its request'));
    if (request.destroyed) return breakOff();
    request.on('data', add).on('end', end).on('error', fail).on('close', breakOff);
  });
}
