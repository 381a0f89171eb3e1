import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8 } from './utf8.ts';

test('a text of any characters becomes the bytes that Node makes of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(encodeUtf8(text).equals(Buffer.from(text, 'utf8'))).toBe(true);
    }),
  );
});

test.each([
  '',
  'a',
  'é',
  'aé',
  'éa',
  '€',
  'a€',
  '😀',
  'a😀',
  '😀a',
  'aaaa😀',
  '\ud83d',
  'a\ud83d',
  '\udc00a',
])('%j', (text) => {
  expect(encodeUtf8(text).toString('hex')).toBe(Buffer.from(text, 'utf8').toString('hex'));
});
