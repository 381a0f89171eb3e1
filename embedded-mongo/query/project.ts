import { fail } from '../errors.ts';
import { cloneDocument, getField, setField } from '../values/documents.ts';
import { bsonTypeOf, type Doc, isArray, isDocument, isNumber, isOperatorObject } from '../values/kinds.ts';
import { asFlag, asNumber } from '../values/numbers.ts';
import { compileCondition } from './match.ts';
import type { MatchContext, Matcher } from './matcher.ts';
import { type Path, splitPath, valueAt } from './paths.ts';

export type Projection = (document: Doc) => Doc;
type Tree = Map<string, Tree | true>;
type Computed = { path: Path; apply: (document: Doc, current: unknown) => unknown };
type Plan = { mode: 'include' | 'exclude' | undefined; keepId: boolean; tree: Tree; computed: Computed[] };

export type ProjectionOptions = {
  match: MatchContext;
  /** The query's filter, which decides the position of `array.$`; without it that form is refused, as in `$project`. */
  filter?: Matcher;
};

/**
 * Compiles a projection: inclusion, exclusion, `array.$`, `$slice`, `$elemMatch` and computed fields. Fails with 31253
 * or 31254 where inclusion and exclusion are mixed, and 31249 where two paths collide.
 */
export function compileProjection(spec: Doc, options: ProjectionOptions): Projection {
  const plan: Plan = { mode: undefined, keepId: true, tree: new Map(), computed: [] };
  readFields(spec, '', plan, options, Object.keys(spec).length);
  const mode = plan.mode ?? 'exclude';
  return (document) => {
    const result = mode === 'include' ? included(document, plan) : excluded(document, plan);
    let writable: Doc | undefined;
    for (const { path, apply } of plan.computed) {
      const value = apply(document, valueAt(document, path));
      writable ??= cloneDocument(result);
      assign(writable, path, value);
    }
    return writable ?? result;
  };
}

function readFields(
  spec: Doc,
  prefix: string,
  plan: Plan,
  options: ProjectionOptions,
  fieldCount: number,
): void {
  for (const name of Object.keys(spec)) {
    const value = spec[name];
    const dotted = prefix + name;
    if (isDocument(value) && !isOperatorObject(value) && bsonTypeOf(value) === undefined) {
      readFields(value, `${dotted}.`, plan, options, fieldCount);
      continue;
    }
    const computed = readComputed(dotted, value, plan, options);
    if (computed) continue;
    const include = asFlag(value);
    if (dotted === '_id') {
      plan.keepId = include;
      if (fieldCount === 1) plan.mode = include ? 'include' : 'exclude';
      continue;
    }
    const mode = include ? 'include' : 'exclude';
    if (plan.mode !== undefined && plan.mode !== mode)
      fail(
        include ? 31_253 : 31_254,
        `Cannot do ${include ? 'inclusion' : 'exclusion'} on field ${dotted} in ${include ? 'exclusion' : 'inclusion'} projection`,
      );
    plan.mode = mode;
    addPath(plan.tree, splitPath(dotted));
  }
}

function readComputed(
  dotted: string,
  value: unknown,
  plan: Plan,
  { match, filter }: ProjectionOptions,
): boolean {
  if (dotted.endsWith('.$')) {
    if (!filter) fail(31_395, 'positional projection is not allowed here');
    const path = splitPath(dotted.slice(0, -2));
    include(plan, path);
    plan.computed.push({ path, apply: (document, current) => matchedElement(document, current, filter) });
    return true;
  }
  const isPlain = typeof value === 'boolean' || isNumber(value);
  if (isPlain) return false;
  const path = splitPath(dotted);
  if (isDocument(value) && '$meta' in value)
    fail('NotImplemented', '$meta projections are not supported by this store');
  if (filter && isDocument(value) && '$elemMatch' in value) {
    const test = compileCondition(value, match);
    include(plan, path);
    plan.computed.push({
      path,
      apply: (_, current) => {
        const position: { index?: number } = {};
        const found = isArray(current) && test({ value: current }, ['value'], position);
        return found && isArray(current) && position.index !== undefined
          ? [current[position.index]]
          : undefined;
      },
    });
    return true;
  }
  if (filter && isDocument(value) && '$slice' in value && isSliceArgument(value.$slice)) {
    const [skip, limit] = sliceArguments(value.$slice);
    if (plan.mode === 'include') addPath(plan.tree, path);
    plan.computed.push({ path, apply: (_, current) => slice(current, skip, limit) });
    return true;
  }
  plan.mode ??= 'include';
  const evaluate = match.expression(value);
  plan.computed.push({ path, apply: evaluate });
  return true;
}

function include(plan: Plan, path: Path): void {
  plan.mode ??= 'include';
  if (plan.mode === 'include') addPath(plan.tree, path);
}

function addPath(tree: Tree, path: Path): void {
  let level = tree;
  for (const [at, part] of path.entries()) {
    const existing = level.get(part);
    const last = at === path.length - 1;
    if (existing === true || (existing && last)) fail(31_249, `Path collision at ${path.join('.')}`);
    if (last) level.set(part, true);
    else {
      const next: Tree = existing ?? new Map();
      level.set(part, next);
      level = next;
    }
  }
}

function included(document: Doc, plan: Plan): Doc {
  const result: Doc = {};
  for (const name of Object.keys(document)) {
    if (name === '_id' ? !plan.keepId : !plan.tree.has(name)) continue;
    const below = plan.tree.get(name) ?? true;
    const value = below === true ? document[name] : includeBelow(document[name], below);
    if (value !== undefined) setField(result, name, value);
  }
  return result;
}

function includeBelow(value: unknown, tree: Tree): unknown {
  if (isArray(value))
    return value
      .filter((element) => isDocument(element) || isArray(element))
      .map((element) => includeBelow(element, tree));
  if (!isDocument(value)) return undefined;
  const result: Doc = {};
  for (const name of Object.keys(value)) {
    const below = tree.get(name);
    const kept = below === true ? value[name] : below && includeBelow(value[name], below);
    if (kept !== undefined) setField(result, name, kept);
  }
  return result;
}

function excluded(document: Doc, plan: Plan): Doc {
  const result = excludeBelow(document, plan.tree);
  if (plan.keepId || !isDocument(result)) return isDocument(result) ? result : document;
  const { _id, ...rest } = result;
  return rest;
}

function excludeBelow(value: unknown, tree: Tree): unknown {
  if (isArray(value)) return value.map((element) => excludeBelow(element, tree));
  if (!isDocument(value) || tree.size === 0) return value;
  const result: Doc = {};
  for (const name of Object.keys(value)) {
    const below = tree.get(name);
    if (below !== true) setField(result, name, below ? excludeBelow(value[name], below) : value[name]);
  }
  return result;
}

/** Sets a computed value, through every element of arrays on the way; undefined removes the field. */
export function assign(target: Doc, path: Path, value: unknown): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    if (value === undefined) delete target[first];
    else setField(target, first, value);
    return;
  }
  const child = getField(target, first);
  if (isArray(child)) {
    for (const element of child) if (isDocument(element)) assign(element, rest, value);
  } else if (isDocument(child)) assign(child, rest, value);
  else if (value !== undefined) {
    const created: Doc = {};
    setField(target, first, created);
    assign(created, rest, value);
  }
}

function matchedElement(document: Doc, current: unknown, filter: Matcher): unknown {
  if (!isArray(current)) return current;
  const position: { index?: number } = {};
  filter(document, position);
  return position.index === undefined ? current : [current[position.index]];
}

const isSliceArgument = (value: unknown): boolean =>
  isNumber(value) || (isArray(value) && value.every(isNumber));

function sliceArguments(value: unknown): [skip: number, limit: number] {
  if (isArray(value)) return [asNumber(value[0], 0), asNumber(value[1], 0)];
  const count = asNumber(value, 0);
  return count < 0 ? [count, -count] : [0, count];
}

function slice(value: unknown, skip: number, limit: number): unknown {
  if (!isArray(value)) return value;
  const from = skip < 0 ? Math.max(0, value.length + skip) : skip;
  return value.slice(from, from + limit);
}
