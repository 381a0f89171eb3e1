import { GraphError } from '../errors.ts';

/** The largest page any list of the graph gives. */
export const MAX_PAGE = 100;
const DEFAULT_PAGE = 20;

export interface PageRequest {
  readonly first: number;
  /** The sort key of the last item the client has, or null from the start. */
  readonly after: string | null;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

export interface Page<T> {
  readonly edges: Edge<T>[];
  readonly nodes: T[];
  readonly pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/** Reads `first` (default 20, at most 100) and `after`. Throws PAGE_TOO_LARGE or BAD_USER_INPUT naming the argument. */
export function pageRequest(args: {
  first?: number | null | undefined;
  after?: string | null | undefined;
}): PageRequest {
  const first = args.first ?? DEFAULT_PAGE;
  if (first > MAX_PAGE)
    throw new GraphError('PAGE_TOO_LARGE', `argument "first" is at most ${MAX_PAGE}, not ${first}`, {
      argument: 'first',
      maximum: MAX_PAGE,
    });
  if (first < 0)
    throw new GraphError('BAD_USER_INPUT', `argument "first" is 0 to ${MAX_PAGE}, not ${first}`, {
      argument: 'first',
    });
  return { first, after: args.after == null ? null : decodeCursor(args.after) };
}

/** Makes a page of rows that were read with `limit: first + 1`, oldest key first; the extra row only tells that there is more. */
export function pageOf<T>(rows: readonly T[], request: PageRequest, keyOf: (row: T) => string): Page<T> {
  const shown = rows.slice(0, request.first);
  const edges = shown.map((node) => ({ cursor: encodeCursor(keyOf(node)), node }));
  return {
    edges,
    nodes: shown,
    pageInfo: {
      hasNextPage: rows.length > request.first,
      hasPreviousPage: request.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

export function encodeCursor(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}

function decodeCursor(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (key === '' || encodeCursor(key) !== cursor) {
    throw new GraphError(
      'BAD_USER_INPUT',
      'argument "after" is not a cursor of this list; use pageInfo.endCursor of the page before',
      { argument: 'after' },
    );
  }
  return key;
}
