/** More words in a question do not make it sharper, only slower. */
export const MAX_QUERY_WORDS = 8;
/** A product is found by at most this many words; a style of hundreds of variants has more titles than meanings. */
const MAX_TOKENS = 400;
const MAX_TOKEN_LENGTH = 40;

/** The words something is found by: lower case, without accents, each once. SKUs are kept whole and in their parts. */
export function searchTokens(texts: readonly string[]): string[] {
  const tokens = new Set(texts.flatMap((text) => [...wholeCodes(text), ...words(text)]));
  return [...tokens].slice(0, MAX_TOKENS);
}

/** The words of a question, each of which must begin a token of what is found. */
export function queryWords(query: string): string[] {
  const asked = fold(query)
    .split(/\s+/)
    .flatMap((part) => (isCode(part) ? [part] : words(part)));
  return [...new Set(asked.map(shorten))].filter((word) => word !== '').slice(0, MAX_QUERY_WORDS);
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const shorten = (word: string) => word.slice(0, MAX_TOKEN_LENGTH);
const words = (text: string) => (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(shorten);
/** `tee-blue-m`: something a person typed as one code, and which is one in the index. */
const isCode = (part: string) => /^[\p{L}\p{N}]+([-_./][\p{L}\p{N}]+)+$/u.test(part);
const wholeCodes = (text: string) => fold(text).split(/\s+/).filter(isCode).map(shorten);
