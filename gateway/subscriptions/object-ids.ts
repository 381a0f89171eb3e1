const ids = new WeakMap<object, number>();
let last = 0;

/** A number for an object, the same as long as it lives: for keys of things that are equal only when they are the same. */
export function idOf(object: object): number {
  const known = ids.get(object);
  if (known !== undefined) return known;
  last += 1;
  ids.set(object, last);
  return last;
}
