import { fail } from '../errors.ts';
import { splitPath, walk } from '../query/paths.ts';
import { assign } from '../query/project.ts';
import { cloneDocument } from '../values/documents.ts';
import { indexKey } from '../values/index-key.ts';
import { type Doc, isArray, isDocument } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';
import { compileExpression } from './expression.ts';
import type { CompilePipeline, PipelineEnvironment, Stage } from './stage.ts';

/** `$lookup` in its three forms: by equal fields, by a pipeline with variables, and both together. */
export function lookup(
  spec: unknown,
  environment: PipelineEnvironment,
  compilePipeline: CompilePipeline,
): Stage {
  if (!isDocument(spec) || typeof spec.from !== 'string' || typeof spec.as !== 'string')
    fail('FailedToParse', "$lookup needs 'from' and 'as'");
  const { from, localField, foreignField } = spec;
  const as = splitPath(spec.as);
  const byField = typeof localField === 'string' && typeof foreignField === 'string';
  if (!byField && !isArray(spec.pipeline))
    fail('FailedToParse', '$lookup needs localField and foreignField, or a pipeline');
  const pipeline = isArray(spec.pipeline) ? spec.pipeline : [];
  const variables = isDocument(spec.let) ? spec.let : {};
  const given = Object.keys(variables).map((name) => ({
    name,
    evaluate: compileExpression(variables[name], environment),
  }));
  return (documents) =>
    documents.map((document) => {
      const wanted = byField ? valuesAt(document, localField) : [];
      const foreign = byField
        ? environment.documentsOf(from, { [foreignField]: { $in: wanted } })
        : environment.documentsOf(from);
      // Variables differ from document to document, so the pipeline is compiled for each.
      const local = {
        ...environment.variables,
        ...Object.fromEntries(given.map(({ name, evaluate }) => [name, evaluate(document)])),
      };
      const joined =
        pipeline.length > 0
          ? compilePipeline(pipeline, { ...environment, variables: local })(foreign)
          : foreign;
      const result = cloneDocument(document);
      assign(result, as, joined);
      return result;
    });
}

const maxGraphDocuments = 100_000;

/** `$graphLookup`: follows references from document to document within one collection. */
export function graphLookup(spec: unknown, environment: PipelineEnvironment): Stage {
  if (!isDocument(spec)) fail('FailedToParse', '$graphLookup needs an object');
  const { from, as, connectFromField, connectToField, depthField } = spec;
  if (
    typeof from !== 'string' ||
    typeof as !== 'string' ||
    typeof connectFromField !== 'string' ||
    typeof connectToField !== 'string'
  )
    fail(40_105, '$graphLookup needs from, as, connectFromField and connectToField');
  const startWith = compileExpression(spec.startWith, environment);
  const maxDepth = asNumber(spec.maxDepth, Number.POSITIVE_INFINITY);
  const restriction = isDocument(spec.restrictSearchWithMatch) ? [spec.restrictSearchWithMatch] : [];
  return (documents) =>
    documents.map((document) => {
      const found = new Map<string, Doc>();
      const start = startWith(document);
      let frontier = isArray(start) ? start : [start];
      for (let depth = 0; frontier.length > 0 && depth <= maxDepth; depth++) {
        const step = { $and: [{ [connectToField]: { $in: frontier } }, ...restriction] };
        const reached = environment.documentsOf(from, step).filter((one) => !found.has(indexKey(one._id)));
        for (const one of reached)
          found.set(
            indexKey(one._id),
            typeof depthField === 'string' ? { ...one, [depthField]: depth } : one,
          );
        if (found.size > maxGraphDocuments)
          fail('BadValue', `$graphLookup reached more than ${maxGraphDocuments} documents`);
        frontier = reached.flatMap((one) => valuesAt(one, connectFromField));
      }
      return { ...document, [as]: [...found.values()] };
    });
}

function valuesAt(document: Doc, field: string): unknown[] {
  const values: unknown[] = [];
  walk(document, splitPath(field), (value) => {
    if (isArray(value)) values.push(...value);
    else values.push(value ?? null);
    return false;
  });
  return values;
}
