import { describe, expect, it } from 'vitest';
import { deriveKey, idFromKey } from './ids.ts';

describe('ids', () => {
  it('from a natural key are the same everywhere, and have the form of a UUID version 8', () => {
    expect(idFromKey('variant', 'HP101-NAVY-S')).toBe(idFromKey('variant', 'HP101-NAVY-S'));
    expect(idFromKey('variant', 'HP101-NAVY-S')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('do not confuse kinds, nor where one part of a key ends', () => {
    expect(idFromKey('variant', 'A')).not.toBe(idFromKey('product', 'A'));
    expect(idFromKey('order', 'ab', 'c')).not.toBe(idFromKey('order', 'a', 'bc'));
  });
});

describe('a derived key', () => {
  it('is the same for the same step of the same intent only', () => {
    expect(deriveKey('k', 'capture')).toBe(deriveKey('k', 'capture'));
    expect(deriveKey('k', 'capture')).not.toBe(deriveKey('k', 'refund'));
    expect(deriveKey('k', 'capture')).not.toBe(deriveKey('kc', 'apture'));
  });
});
