import { FEED_SCHEMAS, type FeedName, type FeedRecord, type Rejection, recordKey } from './feeds.ts';

/** The most of a bad record that is kept for the person who has to look at it. */
const MAX_RAW_CHARACTERS = 2_000;

/** Reads what a system sent as a record of `feed`, or says what is wrong with it. Never throws. */
export function parseRecord<F extends FeedName>(
  feed: F,
  raw: unknown,
): { record: FeedRecord[F] } | { rejected: Rejection } {
  const { data, error } = FEED_SCHEMAS[feed].safeParse(raw);
  if (!error) return { record: data };
  const issue = error.issues[0];
  const field = issue?.path.map(String) ?? [];
  const missing = valueAt(raw, field) === undefined;
  const key = recordKey(feed, raw);
  const what = field.length === 0 ? `the record` : field.join('.');
  return {
    rejected: {
      code: missing ? 'MISSING_VALUE' : 'INVALID_VALUE',
      message: missing ? `${what} is missing` : `${what}: ${issue?.message ?? 'not valid'}`,
      field,
      ...(key === null ? {} : { key }),
      raw: rawText(raw),
    },
  };
}

/** What arrived, as text short enough to keep. */
export function rawText(raw: unknown): string {
  const text = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? '');
  return text.slice(0, MAX_RAW_CHARACTERS);
}

function valueAt(raw: unknown, path: readonly string[]): unknown {
  let value = raw;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}
