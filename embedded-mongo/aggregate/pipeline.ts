import { CommandError, fail, searchNotEnabled } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import { splitPath, valueAt } from '../query/paths.ts';
import { assign } from '../query/project.ts';
import { sortBy, sortFields } from '../query/sort.ts';
import { cloneDocument } from '../values/documents.ts';
import { type Doc, isArray, isDocument } from '../values/kinds.ts';
import { asFlag, asNumber } from '../values/numbers.ts';
import { bucket } from './bucket.ts';
import { bucketAuto } from './bucket-auto.ts';
import { documentStage } from './document-stages.ts';
import { group } from './group.ts';
import { graphLookup, lookup } from './lookup.ts';
import type { PipelineEnvironment, Stage } from './stage.ts';

const maxStages = 1000;

/** Compiles a pipeline. Stages it does not know are refused with 40324; stages it cannot offer with NotImplemented. */
export function compilePipeline(stages: readonly unknown[], environment: PipelineEnvironment): Stage {
  if (stages.length > maxStages) fail('FailedToParse', `a pipeline may have at most ${maxStages} stages`);
  const compiled = stages.map((stage) => compileStage(...stageOf(stage), environment));
  return (documents) =>
    compiled.reduce((current, stage) => {
      environment.refuseLate();
      return stage(current);
    }, documents);
}

/** The name and operand of a stage. */
export function stageOf(stage: unknown): [name: string, operand: unknown] {
  const names = isDocument(stage) ? Object.keys(stage) : [];
  const [name] = names;
  if (!isDocument(stage) || name === undefined || names.length !== 1)
    fail(40_323, 'A pipeline stage specification object must contain exactly one field.');
  return [name, stage[name]];
}

const notOffered = new Set(
  `$geoNear $text $setWindowFields $densify $fill $redact $collStats $indexStats
  $currentOp $listSessions $listLocalSessions $planCacheStats $changeStreamSplitLargeEvent`.split(/\s+/),
);

const ofAtlas = new Set(['$listSearchIndexes', '$search', '$searchMeta', '$vectorSearch']);

function compileStage(name: string, operand: unknown, environment: PipelineEnvironment): Stage {
  const single = documentStage(name, operand, environment);
  if (single) return (documents) => documents.map(single);
  switch (name) {
    case '$match': {
      const matches = compileFilter(operand, environment.matchWith(environment.variables));
      return (documents) => documents.filter((document) => matches(document));
    }
    case '$sort': {
      const fields = sortFields(operand);
      const { collation } = environment.matchWith({});
      return (documents) => sortBy(documents, fields, (document) => document, collation);
    }
    case '$limit': {
      const limit = asNumber(operand, 0);
      if (limit <= 0) fail(15_958, 'the limit must be positive');
      return (documents) => documents.slice(0, limit);
    }
    case '$skip': {
      const skip = asNumber(operand, -1);
      if (skip < 0) fail(15_956, 'Argument to $skip cannot be negative');
      return (documents) => documents.slice(skip);
    }
    case '$count':
      if (typeof operand !== 'string' || operand === '')
        fail(40_156, 'the count field must be a non-empty string');
      return (documents) => (documents.length > 0 ? [{ [operand]: documents.length }] : []);
    case '$group':
      return group(operand, environment);
    case '$sortByCount': {
      const counted = group({ _id: operand, count: { $sum: 1 } }, environment);
      return (documents) => sortBy(counted(documents), sortFields({ count: -1 }), (document) => document);
    }
    case '$bucket':
      return bucket(operand, environment);
    case '$bucketAuto':
      return bucketAuto(operand, environment);
    case '$unwind':
      return unwind(operand);
    case '$lookup':
      return lookup(operand, environment, compilePipeline);
    case '$graphLookup':
      return graphLookup(operand, environment);
    case '$facet':
      return facet(operand, environment);
    case '$unionWith':
      return unionWith(operand, environment);
    case '$sample': {
      const size = isDocument(operand) ? asNumber(operand.size, -1) : -1;
      if (size < 0) fail(28_747, 'size argument to $sample must be a positive integer');
      return (documents) => sample(documents, size);
    }
    case '$out':
    case '$merge':
      return fail(40_601, `${name} can only be the final stage in the pipeline`);
    default:
      if (ofAtlas.has(name)) throw searchNotEnabled();
      if (notOffered.has(name))
        fail('NotImplemented', `pipeline stage ${name} is not supported by this store`);
      throw new CommandError(40_324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

function unwind(operand: unknown): Stage {
  const options = isDocument(operand) ? operand : { path: operand };
  const given = options.path;
  if (typeof given !== 'string' || !given.startsWith('$'))
    fail(28_818, 'path option to $unwind must be prefixed with a $');
  const path = splitPath(given.slice(1));
  const keepsEmpty = asFlag(options.preserveNullAndEmptyArrays);
  const indexField = options.includeArrayIndex;
  const withValue = (document: Doc, value: unknown, index: number | null): Doc => {
    const result = cloneDocument(document);
    assign(result, path, value);
    if (typeof indexField === 'string') assign(result, splitPath(indexField), index);
    return result;
  };
  return (documents) =>
    documents.flatMap((document) => {
      const value = valueAt(document, path);
      if (isArray(value) && value.length > 0)
        return value.map((element, index) => withValue(document, element, index));
      if (isArray(value) || value === null || value === undefined)
        return keepsEmpty ? [withValue(document, isArray(value) ? undefined : value, null)] : [];
      return [withValue(document, value, null)];
    });
}

function facet(operand: unknown, environment: PipelineEnvironment): Stage {
  if (!isDocument(operand) || Object.keys(operand).length === 0)
    fail(40_169, 'the $facet specification must be a non-empty object');
  const facets = Object.keys(operand).map((name) => {
    const stages = operand[name];
    if (!isArray(stages)) fail(40_170, `arguments to $facet must be arrays, ${name} is not`);
    return { name, run: compilePipeline(stages, environment) };
  });
  return (documents) => [Object.fromEntries(facets.map(({ name, run }) => [name, run(documents)]))];
}

function unionWith(operand: unknown, environment: PipelineEnvironment): Stage {
  const name = isDocument(operand) ? operand.coll : operand;
  if (typeof name !== 'string') fail('FailedToParse', '$unionWith needs the name of a collection');
  const stages = isDocument(operand) && isArray(operand.pipeline) ? operand.pipeline : [];
  const run = compilePipeline(stages, environment);
  return (documents) => [...documents, ...run(environment.documentsOf(name))];
}

function sample(documents: Doc[], size: number): Doc[] {
  const pool = [...documents];
  const taken: Doc[] = [];
  while (taken.length < size && pool.length > 0)
    taken.push(...pool.splice(Math.floor(Math.random() * pool.length), 1));
  return taken;
}
