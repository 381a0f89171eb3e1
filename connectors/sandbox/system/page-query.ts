import { type Answer, badRequest } from './answer.ts';

/** `after` (default 0) and `limit` (default 100, at most 1,000) of a list's address; or the answer that says what is wrong. */
export function readPageQuery(
  query: URLSearchParams,
): { after: number; limit: number } | { refused: Answer } {
  const after = wholeNumber(query.get('after') ?? '0', Number.MAX_SAFE_INTEGER);
  const limit = wholeNumber(query.get('limit') ?? '100', 1_000);
  if (after !== null && limit !== null && limit > 0) return { after, limit };
  return {
    refused: badRequest('INVALID_PAGE', 'after must be a whole number, limit between 1 and 1000'),
  };
}

/** A whole number from 0 to `most`, or null. */
export function wholeNumber(text: string, most: number): number | null {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return value <= most ? value : null;
}
