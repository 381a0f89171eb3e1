/**
 * What there is now, then what changes. `changes` must be listening already, so that nothing falls between the two. Not a generator:
 * one that waits for its next event would only notice at that event that its reader has gone.
 */
export function presentThenChanges<T>(
  changes: AsyncIterableIterator<T>,
  present: () => Promise<readonly T[]>,
): AsyncIterableIterator<T> {
  let first: T[] | null = null;
  return {
    ...changes,
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      first ??= [...(await present())];
      const value = first.shift();
      return value === undefined ? changes.next() : { done: false, value };
    },
  };
}
