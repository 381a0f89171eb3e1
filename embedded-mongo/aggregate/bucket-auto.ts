import { fail } from '../errors.ts';
import { compare } from '../values/compare.ts';
import { type Doc, isDocument } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';
import { compileExpression, type ExpressionEnvironment } from './expression.ts';
import { accumulation } from './group.ts';

/** `$bucketAuto`: documents in order of an expression, cut into so many groups of about the same size. */
export function bucketAuto(spec: unknown, environment: ExpressionEnvironment): (documents: Doc[]) => Doc[] {
  if (!isDocument(spec) || spec.groupBy === undefined) fail(40_246, '$bucketAuto needs groupBy and buckets');
  if (spec.granularity !== undefined)
    fail('NotImplemented', "$bucketAuto's granularity is not supported by this store");
  const wanted = asNumber(spec.buckets, 0);
  if (wanted < 1 || !Number.isInteger(wanted))
    fail(40_243, "$bucketAuto 'buckets' must be a positive integer");
  const evaluate = compileExpression(spec.groupBy, environment);
  const output = isDocument(spec.output) ? spec.output : { count: { $sum: 1 } };
  const fields = Object.keys(output).map((name) => ({
    name,
    accumulate: accumulation(name, output[name], environment),
  }));
  return (documents) => {
    const sorted = documents
      .map((document) => ({ value: evaluate(document) ?? null, document }))
      .sort((a, b) => compare(a.value, b.value));
    const size = Math.max(1, Math.round(sorted.length / wanted));
    const buckets: { value: unknown; document: Doc }[][] = [];
    for (let from = 0; from < sorted.length; ) {
      let to = buckets.length === wanted - 1 ? sorted.length : Math.min(from + size, sorted.length);
      // Equal values stay together.
      while (to < sorted.length && compare(sorted[to]?.value, sorted[to - 1]?.value) === 0) to++;
      buckets.push(sorted.slice(from, to));
      from = to;
    }
    return buckets.map((members, at) => ({
      // A bucket ends where the next begins; the last one ends with its greatest value.
      _id: { min: members[0]?.value, max: (buckets[at + 1]?.[0] ?? members.at(-1))?.value },
      ...Object.fromEntries(
        fields.map(({ name, accumulate }) => [name, accumulate(members.map(({ document }) => document))]),
      ),
    }));
  };
}
