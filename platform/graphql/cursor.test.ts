import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { createCursorCodec } from './cursor.ts';

const stream = { field: 'orderUpdated', args: { id: 'o1' } };
const codec = createCursorCodec(stream, systemClock);
const place = { position: '82665f0000000000010000000101', told: 0, isWithinPresent: false, memory: null };
const invalid = { extensions: { code: 'BAD_USER_INPUT', reason: 'CURSOR_INVALID' } };

describe('a cursor', () => {
  it('is read as it was written, whatever it has to remember', () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), json, (told, isWithinPresent, memory) => {
        const cursor = { ...place, told, isWithinPresent, memory };
        // What JSON makes of it: no negative zero.
        expect(codec.read(codec.write(cursor))).toMatchObject(JSON.parse(JSON.stringify(cursor)));
      }),
    );
  });

  it('of another field, or of other arguments, is refused', () => {
    for (const other of [
      { ...stream, field: 'returnUpdated' },
      { ...stream, args: { id: 'o2' } },
    ]) {
      const cursor = createCursorCodec(other, systemClock).write(place);
      expect(() => codec.read(cursor)).toThrow(expect.objectContaining(invalid));
    }
  });

  it('of a time that has not come is refused, for it would hide what happens until then', () => {
    const cursor = codec.write({ ...place, position: '82ffffffff00000001' });
    expect(() => codec.read(cursor)).toThrow(expect.objectContaining(invalid));
  });

  it('that is anything else is refused and never harms', () => {
    const parts = fc.array(fc.jsonValue(), { maxLength: 6 }).map((value) => JSON.stringify(value));
    const texts = fc.oneof(fc.string(), parts).map((text) => Buffer.from(text).toString('base64url'));
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 10_000 }), texts), (text) => {
        expect(() => codec.read(text)).toThrow(expect.objectContaining(invalid));
      }),
    );
  });
});
