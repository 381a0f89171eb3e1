import { CommandError, fail } from '../errors.ts';
import type { MatchContext } from '../query/matcher.ts';
import { type Path, splitPath } from '../query/paths.ts';
import { equals } from '../values/compare.ts';
import { cloneDocument, setField } from '../values/documents.ts';
import { type Doc, isArray, isDocument, isRegex, typeName } from '../values/kinds.ts';
import { type ArrayFilters, compileArrayFilters, expandPath, filterNamesIn } from './array-paths.ts';
import { locate } from './locate.ts';
import { needsExisting, type UpdateEnvironment, updateOperators } from './operators.ts';

/** Makes the new document from the old. `position` is what `$` stands for. The old document is left as it was. */
export type Update = {
  kind: 'replace' | 'modify';
  apply(document: Doc, position: number | undefined, inserting: boolean): Doc;
};

export type UpdateOptions = {
  match: MatchContext;
  nowMs: number;
  arrayFilters?: unknown;
  multi?: boolean;
  /** Compiles an update pipeline, a small aggregation over the one document. */
  pipeline: (stages: unknown[]) => (document: Doc) => Doc;
};

type Change = { operator: string; path: Path; dotted: string; operand: unknown };

/** Compiles an update: operators, a replacement or a pipeline. Refuses what it does not know (FailedToParse). */
export function compileUpdate(update: unknown, options: UpdateOptions): Update {
  if (isArray(update)) {
    if (options.arrayFilters !== undefined)
      fail('FailedToParse', 'arrayFilters may not be specified for pipeline-style updates');
    const run = options.pipeline(update);
    return { kind: 'modify', apply: (document) => withSameId(document, run(document)) };
  }
  if (!isDocument(update))
    fail('FailedToParse', `Update argument must be an object or an array, not ${typeName(update)}`);
  if (!Object.keys(update)[0]?.startsWith('$')) return replacement(update, options.multi ?? false);
  const filters = compileArrayFilters(options.arrayFilters, options.match);
  const changes = readChanges(update, filters);
  return {
    kind: 'modify',
    apply(document, position, inserting) {
      const changed = cloneDocument(document);
      for (const change of changes) {
        if (change.operator === '$setOnInsert' && !inserting) continue;
        applyChange(changed, change, filters, position, options);
      }
      if ('_id' in document && !equals(document._id, changed._id ?? null)) throw immutableId();
      return changed;
    },
  };
}

function replacement(update: Doc, multi: boolean): Update {
  if (multi) fail('FailedToParse', 'multi update is not supported for replacement-style update');
  for (const name of Object.keys(update))
    if (name.startsWith('$'))
      fail(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${name}' is not allowed in a replacement document`,
      );
  return { kind: 'replace', apply: (document) => withSameId(document, update) };
}

function withSameId(old: Doc, changed: Doc): Doc {
  if (!('_id' in old)) return { ...changed };
  if ('_id' in changed && !equals(changed._id, old._id)) throw immutableId();
  const { _id, ...fields } = changed;
  return { _id: old._id, ...fields };
}

export const immutableId = () =>
  new CommandError(
    'ImmutableField',
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );

function readChanges(update: Doc, filters: ArrayFilters): Change[] {
  const changes: Change[] = [];
  const touched: string[] = [];
  for (const operator of Object.keys(update)) {
    const fields = update[operator];
    if (operator !== '$rename' && !Object.hasOwn(updateOperators, operator))
      fail(
        'FailedToParse',
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    if (!isDocument(fields))
      fail(
        'FailedToParse',
        `Modifiers operate on fields but we found type ${typeName(fields)} instead for ${operator}`,
      );
    for (const dotted of Object.keys(fields)) {
      const operand = fields[dotted];
      claim(dotted, touched);
      if (operator === '$rename') {
        if (typeof operand !== 'string')
          fail('BadValue', `The 'to' field for $rename must be a string: ${dotted}`);
        claim(operand, touched);
      }
      changes.push({ operator, dotted, path: splitPath(dotted), operand });
    }
  }
  const used = new Set(changes.flatMap(({ path }) => filterNamesIn(path)));
  for (const name of filters.keys())
    if (!used.has(name))
      fail('FailedToParse', `The array filter for identifier '${name}' was not used in the update`);
  return changes;
}

/** Two changes may not touch the same path, nor one a part of the other's. */
function claim(dotted: string, touched: string[]): void {
  if (splitPath(dotted).includes(''))
    fail('EmptyFieldName', `The update path '${dotted}' contains an empty field name`);
  const rival = touched.find(
    (other) => other === dotted || other.startsWith(`${dotted}.`) || dotted.startsWith(`${other}.`),
  );
  if (rival !== undefined)
    fail('ConflictingUpdateOperators', `Updating the path '${dotted}' would create a conflict at '${rival}'`);
  touched.push(dotted);
}

function applyChange(
  document: Doc,
  change: Change,
  filters: ArrayFilters,
  position: number | undefined,
  environment: UpdateEnvironment,
): void {
  const { operator, path, dotted, operand } = change;
  if (operator === '$rename') {
    const source = locate(document, path, false);
    const value = source?.get();
    if (value === undefined) return;
    source?.unset();
    locate(document, splitPath(String(operand)), true)?.set(value);
    return;
  }
  const places = dotted.includes('$') ? expandPath(document, path, filters, position) : [path];
  for (const exactPath of places) {
    const place = locate(document, exactPath, !needsExisting.has(operator));
    if (place) updateOperators[operator]?.(place, operand, dotted, environment);
  }
}

/** The document an upsert starts from: the filter's equalities. */
export function upsertSeed(filter: Doc, seed: Doc = {}): Doc {
  for (const name of Object.keys(filter)) {
    const condition = filter[name];
    if (name === '$and' || (name === '$or' && isArray(condition) && condition.length === 1)) {
      if (isArray(condition)) for (const part of condition) if (isDocument(part)) upsertSeed(part, seed);
    } else if (!name.startsWith('$')) {
      const wanted = isRegex(condition) ? undefined : equalityIn(condition);
      if (wanted !== undefined) locate(seed, splitPath(name), true)?.set(wanted);
    }
  }
  return seed;
}

function equalityIn(condition: unknown): unknown {
  if (!isDocument(condition) || !Object.keys(condition)[0]?.startsWith('$')) return condition;
  if ('$eq' in condition) return condition.$eq;
  for (const operator of ['$in', '$all']) {
    const values = condition[operator];
    if (isArray(values) && values.length === 1) return values[0];
  }
  return undefined;
}

/** The document with its `_id` in the first place, made by `newId` when it has none. */
export function withIdFirst(document: Doc, newId: () => unknown): Doc {
  if (Object.keys(document)[0] === '_id') return document;
  const ordered: Doc = { _id: '_id' in document ? document._id : newId() };
  for (const name of Object.keys(document)) if (name !== '_id') setField(ordered, name, document[name]);
  return ordered;
}
