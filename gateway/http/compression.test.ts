import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { COMPRESSED_FROM_BYTES, compress, encodingFor } from './compression.ts';

describe('how an answer is compressed', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['deflate', undefined],
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['GZIP', 'gzip'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
    ['br;q=0, gzip;q=0', undefined],
    ['br;q=nonsense', undefined],
    ['*', 'br'],
    ['*, br;q=0', 'gzip'],
  ])('by Accept-Encoding %j is %j', (header, expected) => {
    expect(encodingFor(header, COMPRESSED_FROM_BYTES)).toBe(expected);
  });

  it('is not at all below the size where it pays', () => {
    expect(encodingFor('br, gzip', COMPRESSED_FROM_BYTES - 1)).toBeUndefined();
  });

  it('gives the same text back', async () => {
    const text = '{"name":"Größe"}'.repeat(500);
    const [br, gz] = [await compress(Buffer.from(text), 'br'), await compress(Buffer.from(text), 'gzip')];
    expect(brotliDecompressSync(br).toString()).toBe(text);
    expect(gunzipSync(gz).toString()).toBe(text);
    expect(Math.max(br.byteLength, gz.byteLength)).toBeLessThan(text.length / 10);
  });
});
