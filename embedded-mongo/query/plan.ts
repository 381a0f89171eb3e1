import { fail } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import type { OrderedIndex } from '../store/ordered-index.ts';
import type { KeyRange } from '../store/sorted-entries.ts';
import type { StoredDocument } from '../store/stored-document.ts';
import type { View } from '../store/view.ts';
import type { Collation } from '../values/collation.ts';
import { equals } from '../values/compare.ts';
import { afterAll, indexKey } from '../values/index-key.ts';
import { type Doc, isArray, isDocument, isMissing, rank, rankOf } from '../values/kinds.ts';
import { type Bounds, boundsOf } from './bounds.ts';
import { demandsOnly } from './covered.ts';
import { keyRange } from './key-range.ts';
import { impliesPartialFilter } from './partial-filter.ts';
import type { SortField } from './sort.ts';

export type PlanRequest = {
  filter: unknown;
  sort?: SortField[] | undefined;
  /** How many documents the caller wants at most, after the sort; undefined for all. */
  limit?: number | undefined;
  collation?: Collation | undefined;
  /** An index by name or key pattern, or `{ $natural: 1 }`. */
  hint?: unknown;
};

/** Documents that hold all matches of the filter, in the wanted order if `sorted`. */
export type Plan = {
  candidates: Iterable<StoredDocument>;
  sorted: boolean;
  /** All of them match, so that the filter need not be applied. */
  matched: boolean;
  /** The index used: a name, or undefined for a scan of the collection. */
  index: string | undefined;
};

/** Longer lists of values are answered by a scan. */
const maxRanges = 10_000;

/** Chooses the way to the matching documents that reads the fewest of them. */
export function plan(view: View, collection: Collection, request: PlanRequest): Plan {
  const bounds = boundsOf(request.filter);
  const hinted = hintedIndex(collection, request.hint);
  const sort = request.sort ?? [];
  if (!hinted) {
    const ids = bounds.get('_id')?.points;
    if (ids && !request.collation && ids.length <= maxRanges) return byId(view, collection, ids, request);
  }
  const choice = cheapest(view, collection, bounds, request, hinted);
  if (choice) {
    const { index, ranges, reverse, sorted, fixed } = choice;
    const names = index.fields.slice(0, fixed).map(({ name }) => name);
    return {
      candidates: view.lookup(collection, index, ranges, reverse),
      sorted,
      matched: !index.multikey && view.indexIsExact(collection) && demandsOnly(request.filter, names),
      index: index.spec.name,
    };
  }
  const union = hinted ? undefined : alternatives(view, collection, request);
  if (union) return { candidates: union, sorted: sort.length === 0, matched: false, index: '$or' };
  const matched = isEmptyFilter(request.filter);
  return { candidates: view.scan(collection), sorted: sort.length === 0, matched, index: undefined };
}

function byId(view: View, collection: Collection, ids: unknown[], { filter, sort = [] }: PlanRequest): Plan {
  const only = ids.length === 1;
  const candidates: StoredDocument[] = [];
  for (const key of new Set(ids.map((id) => indexKey(id ?? null)))) {
    const stored = view.get(collection, key);
    if (stored) candidates.push(stored);
  }
  return {
    candidates,
    sorted: only || sort.length === 0,
    matched: demandsOnly(filter, ['_id']),
    index: '_id_',
  };
}

type Choice = {
  index: OrderedIndex;
  ranges: KeyRange[];
  /** The leading fields that have one of some values throughout. */
  fixed: number;
  reverse: boolean;
  sorted: boolean;
  cost: number;
};

function cheapest(
  view: View,
  collection: Collection,
  bounds: Map<string, Bounds>,
  request: PlanRequest,
  hinted: OrderedIndex | undefined,
): Choice | undefined {
  const sort = request.sort ?? [];
  let best: Choice | undefined;
  const exact = view.indexIsExact(collection);
  for (const index of hinted ? [hinted] : collection.indexes.values()) {
    // Keys made with a collation hold folded strings, so they fit neither plain queries nor any sort.
    if (index.collation || request.collation || index.hidden || index.places.length > 0) continue;
    if (index.partial && !impliesPartialFilter(index.spec.partialFilterExpression, bounds)) continue;
    const { ranges, fixed, bounded } = rangesFor(index, bounds);
    // A hint for a sparse index is obeyed, though the index leaves documents out.
    if (index.sparse && !hinted && !(bounded && excludesMissing(bounds.get(index.fields[0]?.name ?? ''))))
      continue;
    const direction = exact && !index.multikey ? sortDirection(index, sort, fixed, ranges.length) : undefined;
    const useful = bounded || (sort.length > 0 && direction !== undefined);
    if (!useful && !hinted) continue;
    const found = ranges.reduce((sum, range) => sum + index.entries.estimate(range), 0);
    const sorted = sort.length === 0 || direction !== undefined;
    const read = sorted && request.limit !== undefined ? Math.min(found, request.limit + found * 0.1) : found;
    const cost = sorted ? read : found * 1.5 + 1;
    if (!best || cost < best.cost) best = { index, ranges, fixed, reverse: direction === -1, sorted, cost };
  }
  return best;
}

/** The key ranges that hold all matches; `fixed` are the leading fields that have one value throughout. */
function rangesFor(
  index: OrderedIndex,
  bounds: Map<string, Bounds>,
): { ranges: KeyRange[]; fixed: number; bounded: boolean } {
  let prefixes = [''];
  let fixed = 0;
  for (const [position, field] of index.fields.entries()) {
    const bound = bounds.get(field.name);
    if (!bound) break;
    const { points } = bound;
    if (points && points.length * prefixes.length <= maxRanges) {
      const keys = [...new Set(points.map((point) => index.fieldKey(position, point)))];
      prefixes = prefixes.flatMap((prefix) => keys.map((key) => prefix + key));
      fixed = position + 1;
      continue;
    }
    const range = keyRange(index, position, bound);
    if (!range) break;
    return {
      ranges: prefixes.map((prefix) => ({ from: prefix + range.from, to: prefix + range.to })),
      fixed,
      bounded: true,
    };
  }
  // In order, so that a scan over several of them reads the index from one end to the other.
  prefixes.sort();
  return {
    ranges: prefixes.map((prefix) => ({ from: prefix, to: prefix + afterAll })),
    fixed,
    bounded: fixed > 0,
  };
}

/** The direction in which the index must be read to give the wanted order; undefined if it cannot. */
function sortDirection(
  index: OrderedIndex,
  sort: SortField[],
  fixed: number,
  ranges: number,
): 1 | -1 | undefined {
  if (sort.length === 0 || ranges > 1) return sort.length === 0 ? 1 : undefined;
  let direction: 1 | -1 | undefined;
  let position = 0;
  for (const { name, direction: wanted } of sort) {
    const constant = index.fields.slice(0, fixed).some((field) => field.name === name);
    if (constant) continue;
    position = Math.max(position, fixed);
    const field = index.fields[position++];
    if (field?.name !== name) return undefined;
    const needed = (field.descending ? -1 : 1) === wanted ? 1 : -1;
    if (direction !== undefined && direction !== needed) return undefined;
    direction = needed;
  }
  return direction ?? 1;
}

function excludesMissing(bound: Bounds | undefined): boolean {
  if (!bound) return false;
  return bound.points ? !bound.points.some(isMissing) : true;
}

/** For a top-level `$or` of which every branch has an index: the branches' documents, each once. */
function alternatives(
  view: View,
  collection: Collection,
  request: PlanRequest,
): StoredDocument[] | undefined {
  const branches = isDocument(request.filter) ? request.filter.$or : undefined;
  if (!isArray(branches) || request.collation) return undefined;
  const found = new Map<string, StoredDocument>();
  for (const filter of branches) {
    const branch = plan(view, collection, { filter });
    if (branch.index === undefined) return undefined;
    for (const stored of branch.candidates) found.set(stored.idKey, stored);
  }
  return [...found.values()];
}

function hintedIndex(collection: Collection, hint: unknown): OrderedIndex | undefined {
  if (isMissing(hint)) return undefined;
  if (isDocument(hint) && ('$natural' in hint || Object.keys(hint).length === 0)) return undefined;
  for (const index of collection.indexes.values())
    if (
      !index.hidden &&
      (index.spec.name === hint || (rankOf(hint) === rank.object && equals(index.spec.key, hint)))
    )
      return index;
  return fail(
    'BadValue',
    'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
  );
}

/** An empty filter matches everything, which `count` can answer without reading. */
export const isEmptyFilter = (filter: unknown): boolean =>
  isMissing(filter) || (isDocument(filter) && Object.keys(filter satisfies Doc).length === 0);
