import { fail } from '../errors.ts';
import { compare } from '../values/compare.ts';
import { type Doc, isArray, isDocument } from '../values/kinds.ts';
import { compileExpression, type ExpressionEnvironment } from './expression.ts';
import { accumulation } from './group.ts';

/** `$bucket`: documents grouped by which of the given intervals an expression falls into. */
export function bucket(spec: unknown, environment: ExpressionEnvironment): (documents: Doc[]) => Doc[] {
  if (!isDocument(spec) || !isArray(spec.boundaries) || spec.boundaries.length < 2)
    fail(40_191, '$bucket needs groupBy and at least two boundaries');
  const { boundaries } = spec;
  const evaluate = compileExpression(spec.groupBy, environment);
  const output = isDocument(spec.output) ? spec.output : { count: { $sum: 1 } };
  const fields = Object.keys(output).map((name) => ({
    name,
    accumulate: accumulation(name, output[name], environment),
  }));
  const bucketOf = (value: unknown): unknown => {
    for (let at = 0; at + 1 < boundaries.length; at++)
      if (compare(value, boundaries[at]) >= 0 && compare(value, boundaries[at + 1]) < 0)
        return boundaries[at];
    if ('default' in spec) return spec.default;
    return fail(40_066, '$bucket could not find a matching branch and no default was specified');
  };
  return (documents) => {
    const buckets = new Map<unknown, Doc[]>();
    for (const document of documents) {
      const id = bucketOf(evaluate(document) ?? null);
      const members = buckets.get(id);
      if (members) members.push(document);
      else buckets.set(id, [document]);
    }
    return [...buckets]
      .sort(([a], [b]) => compare(a, b))
      .map(([id, members]) => ({
        _id: id,
        ...Object.fromEntries(fields.map(({ name, accumulate }) => [name, accumulate(members)])),
      }));
  };
}
