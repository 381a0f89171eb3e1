import { stageOf } from '../aggregate/pipeline.ts';
import { pipelineUpdate } from '../aggregate/pipeline-update.ts';
import type { PipelineEnvironment } from '../aggregate/stage.ts';
import { CommandError, fail } from '../errors.ts';
import { type CommandContext, matchContextOf } from '../server/command.ts';
import type { Collection } from '../store/collection.ts';
import { cloneDocument } from '../values/documents.ts';
import { type Doc, isArray, isDocument } from '../values/kinds.ts';
import { matching } from './matching.ts';
import { insertDocument } from './modify.ts';

/** What a pipeline does with its results instead of answering with them. */
export type Sink = (documents: Doc[]) => void;

export function endsInSink(pipeline: readonly unknown[]): boolean {
  const last = pipeline.at(-1);
  return isDocument(last) && ('$out' in last || '$merge' in last);
}

/** The sink a pipeline ends in, `$out` or `$merge`; undefined if it answers with its results. */
export function sinkOf(
  context: CommandContext,
  pipeline: readonly unknown[],
  environment: PipelineEnvironment,
): Sink | undefined {
  for (const [at, stage] of pipeline.entries()) {
    const [name, operand] = stageOf(stage);
    if (name !== '$out' && name !== '$merge') continue;
    if (at < pipeline.length - 1) fail(40_601, `${name} can only be the final stage in the pipeline`);
    if (context.view.transaction)
      fail('OperationNotSupportedInTransaction', `${name} cannot be used in a transaction`);
    return name === '$out' ? out(context, operand) : merge(context, operand, environment);
  }
  return undefined;
}

/** `$out`: the results become the whole collection, which keeps its indexes and options. All of it or nothing. */
function out(context: CommandContext, operand: unknown): Sink {
  const target = namespaceIn(context, operand);
  const { store } = context;
  return (documents) => {
    const before = store.collection(target);
    const made = store.create(`${target.split('.')[0]}.tmp.agg_out.${store.nowMs()}`, before?.options ?? {});
    try {
      for (const { spec } of before?.indexes.values() ?? [])
        if (spec.name !== '_id_') store.buildIndex(made, spec);
      for (const document of documents) insertDocument(context, made, document, matchContextOf(context));
    } catch (error) {
      store.drop(made);
      throw error;
    }
    if (before) store.drop(before);
    store.rename(made, target, before);
  };
}

type WhenMatched = (old: Doc, fresh: Doc, collection: Collection) => Doc | undefined;

/** `$merge`: each result meets the document with the same values of the `on` fields, if there is one. */
function merge(context: CommandContext, operand: unknown, environment: PipelineEnvironment): Sink {
  const spec: Doc = isDocument(operand) ? operand : { into: operand };
  const target = namespaceIn(context, spec.into);
  const given = spec.on ?? '_id';
  const on = (isArray(given) ? given : [given]).map(String);
  const matched = whenMatched(spec, environment);
  const whenNotMatched = spec.whenNotMatched ?? 'insert';
  if (!['insert', 'discard', 'fail'].includes(String(whenNotMatched)))
    fail(
      'BadValue',
      `Enumeration value '${String(whenNotMatched)}' for field '$merge.whenNotMatched' is not a valid value.`,
    );
  return (documents) => {
    const { store, view } = context;
    const collection = store.collection(target) ?? store.create(target);
    requireUnique(collection, on);
    const match = matchContextOf(context);
    for (const fresh of documents) {
      const filter = Object.fromEntries(on.map((name) => [name, { $eq: fresh[name] ?? null }]));
      const [found] = matching(context, collection, { filter, limit: 1 }, match);
      if (found) {
        const merged = matched(found.stored.document, fresh, collection);
        if (merged)
          view.update(collection, found.stored, { ...merged, _id: found.stored.document._id }, 'replace');
      } else if (whenNotMatched === 'insert')
        insertDocument(context, collection, cloneDocument(fresh), match);
      else if (whenNotMatched === 'fail')
        throw new CommandError(13_113, '$merge could not find a matching document in the target collection');
    }
  };
}

function whenMatched(spec: Doc, environment: PipelineEnvironment): WhenMatched {
  const mode = spec.whenMatched ?? 'merge';
  if (isArray(mode)) {
    return (old, fresh) => {
      const variables = { ...environment.variables, new: fresh };
      return pipelineUpdate(mode, { ...environment, variables })(old);
    };
  }
  switch (mode) {
    case 'replace':
      return (_, fresh) => fresh;
    case 'merge':
      return (old, fresh) => ({ ...old, ...fresh });
    case 'keepExisting':
      return () => undefined;
    case 'fail':
      return (_, fresh, collection) => {
        const index = collection.indexes.get('_id_');
        throw (
          index?.duplicate(collection.namespace, fresh) ??
          new CommandError('DuplicateKey', 'E11000 duplicate key')
        );
      };
    default:
      return fail(
        'BadValue',
        `Enumeration value '${String(mode)}' for field '$merge.whenMatched' is not a valid value.`,
      );
  }
}

function requireUnique(collection: Collection, on: string[]): void {
  const wanted = on.toSorted().join();
  const unique = [...collection.indexes.values()].some(
    (index) =>
      index.unique &&
      !index.partial &&
      index.fields
        .map(({ name }) => name)
        .toSorted()
        .join() === wanted,
  );
  if (!unique) fail(51_183, 'Cannot find index to verify that join fields will be unique');
}

function namespaceIn({ database }: CommandContext, operand: unknown): string {
  if (typeof operand === 'string') return `${database}.${operand}`;
  if (isDocument(operand) && typeof operand.coll === 'string')
    return `${String(operand.db ?? database)}.${operand.coll}`;
  return fail('FailedToParse', 'the results need a collection to go to');
}
