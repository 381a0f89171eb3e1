import { CommandError, fail } from '../errors.ts';
import { isArrayIndex, type Path } from '../query/paths.ts';
import { getField, setField } from '../values/documents.ts';
import { type Doc, isArray, isDocument, typeName } from '../values/kinds.ts';

/** One field or array element of a document that is being changed. */
export type Place = {
  get(): unknown;
  set(value: unknown): void;
  /** Removes a field; an array element becomes null, so that the others keep their positions. */
  unset(): void;
};

const maxArrayGap = 1_500_000;

/** Finds the place for a path. With `create`, makes the documents on the way; without, undefined if there is none. */
export function locate(document: Doc, path: Path, create: boolean): Place | undefined {
  let container: Doc | unknown[] = document;
  for (const [at, part] of path.slice(0, -1).entries()) {
    const place = placeIn(container, part, create);
    if (!place) return undefined;
    let child = place.get();
    if (child === undefined) {
      if (!create) return undefined;
      child = {};
      place.set(child);
    }
    if (!isDocument(child) && !isArray(child)) {
      if (create) throw notViable(path[at + 1] ?? '', part, child);
      return undefined;
    }
    container = child;
  }
  return placeIn(container, path.at(-1) ?? '', create);
}

function placeIn(container: Doc | unknown[], part: string, create: boolean): Place | undefined {
  if (!isArray(container))
    return {
      get: () => getField(container, part),
      set: (value) => setField(container, part, value),
      unset: () => void delete container[part],
    };
  if (!isArrayIndex(part)) {
    if (create) throw notViable(part, '', container);
    return undefined;
  }
  const index = Number(part);
  return {
    get: () => container[index],
    set(value) {
      if (index - container.length > maxArrayGap)
        fail('BadValue', `can't backfill more than ${maxArrayGap} elements of an array`);
      while (container.length < index) container.push(null);
      container[index] = value;
    },
    unset() {
      if (index < container.length) container[index] = null;
    },
  };
}

const notViable = (field: string, parent: string, value: unknown) =>
  new CommandError(
    'PathNotViable',
    `Cannot create field '${field}' in element '${parent}' of type ${typeName(value)}`,
  );
