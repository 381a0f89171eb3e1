import type { RequiredSelection } from '../planner/plan.ts';
import type { ResponseObject } from './merge.ts';

/**
 * The keys whose values alone tell representations of a lookup apart, as with nearly every @key: leaves of one type, its name among
 * them. Undefined when a part lies deeper.
 */
export function plainParts(requires: readonly RequiredSelection[]): readonly string[] | undefined {
  const [only] = requires;
  if (requires.length !== 1 || only?.kind !== 'OnType') return undefined;
  const parts: string[] = [];
  for (const selection of only.selections) {
    if (selection.kind !== 'Field' || selection.selections.length > 0) return undefined;
    parts.push(selection.from);
  }
  return parts.includes('__typename') ? parts : undefined;
}

/** Finds what was entered for an object with equal parts, without making a text of them first. */
export interface PartsIndex<Entry extends object> {
  find(object: ResponseObject): Entry | undefined;
  /** Answers whether the object will be found; one whose parts are not all plain will not. */
  enter(object: ResponseObject, entry: Entry): boolean;
}

type Level<Entry> = Map<unknown, Level<Entry> | Entry>;

export function createPartsIndex<Entry extends object>(parts: readonly string[]): PartsIndex<Entry> {
  const root: Level<Entry> = new Map();
  const last = parts.length - 1;
  return {
    find(object) {
      let at = root;
      for (let index = 0; index < last; index += 1) {
        const next = at.get(object[parts[index] ?? '']);
        if (next === undefined) return undefined;
        at = next as Level<Entry>; // above the last part there are levels only
      }
      return at.get(object[parts[last] ?? '']) as Entry | undefined; // and below it entries only
    },
    enter(object, entry) {
      // An object as a part would be found by its identity, while equal ones are different objects.
      if (parts.some((part) => object[part] === undefined || isObject(object[part]))) return false;
      let at = root;
      for (const part of parts.slice(0, last)) {
        const next = (at.get(object[part]) as Level<Entry> | undefined) ?? new Map();
        at.set(object[part], next);
        at = next;
      }
      at.set(object[parts[last] ?? ''], entry);
      return true;
    },
  };
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
