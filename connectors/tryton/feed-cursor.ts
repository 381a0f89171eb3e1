import { z } from 'zod';
import { MOMENT } from './wire.ts';

/**
 * Where a feed that is polled by write time stands. A change becomes visible when its transaction ends but is dated when it began, so a
 * place in time is only final after the overlap; what was given since is kept by name.
 */
export interface FeedCursor {
  /** Everything up to here was given and nothing can turn up before it any more. Null: the beginning. */
  readonly settled: TouchPlace | null;
  /** What was given after `settled`, oldest first. */
  readonly seen: readonly TouchPlace[];
  /** A touch of which a page's end left some entries over. */
  readonly cut: { readonly touch: TouchPlace; readonly given: number } | null;
  /** What else the feed's entries follow from; a feed whose scope has changed begins anew. */
  readonly scope: string;
}

/** One row of one of the feed's sources as it was written at one moment: the order all changes of a feed are given in. */
export interface TouchPlace {
  /** A moment of `wire.ts`. */
  readonly at: string;
  readonly source: number;
  readonly row: number;
}

/** Touches a cursor remembers. In a mass load the overlap shrinks to as many: a cursor is written with every page. */
const MAX_SEEN = 5_000;

const placeSchema = z.tuple([z.string().regex(MOMENT), z.number().int(), z.number().int()]);
const cursorSchema = z.object({
  v: z.literal(1),
  settled: placeSchema.nullable(),
  seen: z.array(placeSchema),
  cut: z.tuple([placeSchema, z.number().int().positive()]).nullable(),
  scope: z.string(),
});

export function startOf(scope: string): FeedCursor {
  return { settled: null, seen: [], cut: null, scope };
}

/** Null when the text is no cursor. */
export function parseFeedCursor(text: string): FeedCursor | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const { data } = cursorSchema.safeParse(json);
  if (data === undefined) return null;
  const { settled, seen, cut, scope } = data;
  return {
    settled: settled && placeOf(settled),
    seen: seen.map(placeOf),
    cut: cut && { touch: placeOf(cut[0]), given: cut[1] },
    scope,
  };
}

export function formatFeedCursor({ settled, seen, cut, scope }: FeedCursor): string {
  const tuple = ({ at, source, row }: TouchPlace) => [at, source, row];
  return JSON.stringify({
    v: 1,
    settled: settled && tuple(settled),
    seen: seen.map(tuple),
    cut: cut && [tuple(cut.touch), cut.given],
    scope,
  });
}

export interface PageEnd {
  /** The oldest that is known of and was not given in full; null when there is none. */
  readonly left: TouchPlace | null;
  readonly cut: FeedCursor['cut'];
  /** Nothing dated before this moment can turn up any more. */
  readonly finalBefore: string;
}

/** The cursor after these touches were given in full. */
export function advance(
  cursor: FeedCursor,
  given: readonly TouchPlace[],
  { left, cut, finalBefore }: PageEnd,
): FeedCursor {
  const all = [...cursor.seen, ...given].sort(comparePlaces);
  const countUntil = (end: (place: TouchPlace) => boolean) => {
    const at = all.findIndex(end);
    return at < 0 ? all.length : at;
  };
  const final = countUntil((place) => place.at >= finalBefore);
  // What was given out of turn may be newer than what is left: the place stays before that.
  const beforeLeft = countUntil((place) => left !== null && comparePlaces(place, left) > 0);
  const settledCount = Math.min(beforeLeft, Math.max(final, all.length - MAX_SEEN));
  return {
    settled: all[settledCount - 1] ?? cursor.settled,
    seen: all.slice(settledCount),
    cut,
    scope: cursor.scope,
  };
}

export function comparePlaces(a: TouchPlace, b: TouchPlace): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.source - b.source || a.row - b.row;
}

export function placeKey({ at, source, row }: TouchPlace): string {
  return `${at}/${source}/${row}`;
}

function placeOf([at, source, row]: z.infer<typeof placeSchema>): TouchPlace {
  return { at, source, row };
}
