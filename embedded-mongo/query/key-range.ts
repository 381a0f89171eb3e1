import type { OrderedIndex } from '../store/ordered-index.ts';
import type { KeyRange } from '../store/sorted-entries.ts';
import { afterAll, invertKey, typePrefix } from '../values/index-key.ts';
import { rank, rankOf } from '../values/kinds.ts';
import type { Bounds } from './bounds.ts';

/** The keys of one index field that lie within the bounds; undefined if the bounds say nothing an index can use. */
export function keyRange(index: OrderedIndex, position: number, bounds: Bounds): KeyRange | undefined {
  const descending = index.fields[position]?.descending ?? false;
  if (bounds.prefix !== undefined) {
    const start = typePrefix(rank.string) + bounds.prefix;
    return around(descending ? invertKey(start) : start);
  }
  let { from, to } = bounds;
  if (!from && !to) return undefined;
  // Over an array the two limits may be met by different elements: only one of them may narrow the search.
  if (index.multikey && from && to) to = undefined;
  const kind = rankOf((from ?? to)?.value);
  // Limits of different types cannot both hold for one value; the filter will see to that.
  if (from && to && rankOf(to.value) !== kind) to = undefined;
  const type = typePrefix(kind);
  const all = around(descending ? invertKey(type) : type);
  const low = from && index.fieldKey(position, from.value);
  const high = to && index.fieldKey(position, to.value);
  const [first, firstInclusive, last, lastInclusive] = descending
    ? [high, to?.inclusive, low, from?.inclusive]
    : [low, from?.inclusive, high, to?.inclusive];
  return {
    from: first === undefined ? all.from : firstInclusive ? first : first + afterAll,
    to: last === undefined ? all.to : lastInclusive ? last + afterAll : last,
  };
}

const around = (prefix: string): KeyRange => ({ from: prefix, to: prefix + afterAll });
