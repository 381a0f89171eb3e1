import { fail } from '../errors.ts';
import { sortBy, sortFields } from '../query/sort.ts';
import { compare, equals } from '../values/compare.ts';
import { indexKey } from '../values/index-key.ts';
import { type Doc, isDocument } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';
import { average, extreme, sum } from './accumulate.ts';
import { compileExpression, type Expression, type ExpressionEnvironment } from './expression.ts';

type Accumulator = (values: unknown[]) => unknown;

const accumulators: Record<string, Accumulator> = {
  $sum: sum,
  $avg: average,
  $min: (values) => extreme(values, -1),
  $max: (values) => extreme(values, 1),
  $first: (values) => values[0] ?? null,
  $last: (values) => values.at(-1) ?? null,
  $push: (values) => values.filter((value) => value !== undefined),
  $addToSet: distinct,
  $mergeObjects: (values) => Object.assign({}, ...values.filter(isDocument)),
  $count: (values) => values.length,
};
/** Accumulators with options of their own: how many, in which order. */
const ranked = new Set(['$top', '$bottom', '$topN', '$bottomN', '$firstN', '$lastN', '$minN', '$maxN']);

/** `$group`: documents with equal `_id` expressions become one, with accumulated fields. */
export function group(spec: unknown, environment: ExpressionEnvironment): (documents: Doc[]) => Doc[] {
  if (!isDocument(spec)) fail(15_947, "a group's fields must be specified in an object");
  if (!('_id' in spec)) fail(15_955, 'a group specification must include an _id');
  const idOf = compileExpression(spec._id, environment);
  const fields = Object.keys(spec)
    .filter((name) => name !== '_id')
    .map((name) => ({ name, accumulate: accumulation(name, spec[name], environment) }));
  return (documents) => {
    const groups = new Map<string, { id: unknown; members: Doc[] }>();
    for (const document of documents) {
      const id = idOf(document) ?? null;
      const key = indexKey(id);
      const known = groups.get(key);
      if (known) known.members.push(document);
      else groups.set(key, { id, members: [document] });
    }
    return [...groups.values()].map(({ id, members }) => ({
      _id: id,
      ...Object.fromEntries(fields.map(({ name, accumulate }) => [name, accumulate(members)])),
    }));
  };
}

/** Compiles one accumulated field, `{ $sum: '$quantity' }`. */
export function accumulation(
  field: string,
  spec: unknown,
  environment: ExpressionEnvironment,
): (members: Doc[]) => unknown {
  const names = isDocument(spec) ? Object.keys(spec) : [];
  const name = names[0];
  if (!isDocument(spec) || name === undefined || names.length !== 1)
    fail(40_234, `The field '${field}' must be an accumulator object`);
  if (ranked.has(name)) return rankedAccumulation(name, spec[name], environment);
  const accumulate = accumulators[name];
  if (!accumulate) fail(15_952, `unknown group operator '${name}'`);
  const evaluate: Expression = name === '$count' ? () => 1 : compileExpression(spec[name], environment);
  return (members) => accumulate(members.map(evaluate));
}

function rankedAccumulation(
  name: string,
  spec: unknown,
  environment: ExpressionEnvironment,
): (members: Doc[]) => unknown {
  if (!isDocument(spec)) fail('FailedToParse', `${name} needs an object`);
  const single = !name.endsWith('N');
  const count = single ? 1 : asNumber(compileExpression(spec.n, environment)({}), 0);
  if (count < 1) fail(5_787_908, `${name} needs a positive 'n'`);
  const evaluate = compileExpression(
    single || spec.output !== undefined ? spec.output : spec.input,
    environment,
  );
  const order = spec.sortBy === undefined ? undefined : sortFields(spec.sortBy);
  return (members) => {
    const sorted = order ? sortBy(members, order, (member) => member) : members;
    let values = sorted.map((member) => evaluate(member) ?? null);
    if (name === '$minN' || name === '$maxN') {
      const direction = name === '$minN' ? 1 : -1;
      values = values.filter((value) => value !== null).sort((a, b) => direction * compare(a, b));
    }
    const fromEnd = name.startsWith('$bottom') || name.startsWith('$last');
    const taken = fromEnd ? values.slice(-count) : values.slice(0, count);
    return single ? (taken[0] ?? null) : taken;
  };
}

function distinct(values: unknown[]): unknown[] {
  const found = new Map<string, unknown>();
  for (const value of values) {
    if (value === undefined) continue;
    const key = indexKey(value);
    const known = found.get(key);
    if (known === undefined || !equals(known, value)) found.set(key, value);
  }
  return [...found.values()];
}
