import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_QUERY_WORDS, queryWords, searchTokens } from './search.ts';

/** As the store does it: each word begins a token. */
function finds(query: string, ...texts: string[]): boolean {
  const tokens = searchTokens(texts);
  return queryWords(query).every((word) => tokens.some((token) => token.startsWith(word)));
}

describe('search', () => {
  it('finds a title by its words, whatever their case, accents and order', () => {
    expect(finds('CREME brulee', 'Crème Brûlée dish, 12 cm')).toBe(true);
    expect(finds('dish crè', 'Crème Brûlée dish, 12 cm')).toBe(true);
    expect(finds('rulee', 'Crème Brûlée dish, 12 cm')).toBe(false);
  });

  it('finds a SKU as a whole, by its beginning and by its parts', () => {
    for (const query of ['TEE-BLUE-M', 'tee-bl', 'blue', 'tee m'])
      expect(finds(query, 'TEE-BLUE-M')).toBe(true);
    expect(finds('tee-red', 'TEE-BLUE-M', 'Tee, red')).toBe(false);
  });

  it('gives an empty question for text without words', () => {
    expect(queryWords(' ./*[ ')).toEqual([]);
  });

  it('finds every text by itself, and asks a bounded number of plain words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
        const words = queryWords(text);
        expect(words.length).toBeLessThanOrEqual(MAX_QUERY_WORDS);
        expect(finds(text, text)).toBe(true);
      }),
    );
  });
});
