import { GraphError } from '../../../platform/errors.ts';

/** Where something stands in a list by time: its instant, and its id among those of the same instant. */
export function positionKey(at: Date, id: string): string {
  return `${at.toISOString()}|${id}`;
}

/** Reads a position back. Throws BAD_USER_INPUT for the cursor of another list. */
export function positionOf(key: string): { at: Date; id: string } {
  const separator = key.indexOf('|');
  const at = new Date(key.slice(0, separator));
  if (separator < 0 || Number.isNaN(at.getTime())) {
    throw new GraphError('BAD_USER_INPUT', 'argument "after" is not a cursor of this list', {
      argument: 'after',
    });
  }
  return { at, id: key.slice(separator + 1) };
}

/** What comes after a position in a list with the newest first; everything when there is none. */
export function olderThan(field: string, key: string | null): Record<string, unknown> {
  if (key === null) return {};
  const { at, id } = positionOf(key);
  return { $or: [{ [field]: { $lt: at } }, { [field]: at, _id: { $lt: id } }] };
}
