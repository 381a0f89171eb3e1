import { Binary, UUID } from 'bson';
import { documentStage } from '../aggregate/document-stages.ts';
import { compilePipeline, stageOf } from '../aggregate/pipeline.ts';
import type { PipelineEnvironment } from '../aggregate/stage.ts';
import { type EventPipeline, openChangeStream } from '../changes/change-stream.ts';
import { fail } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import {
  type Command,
  type CommandContext,
  collationOf,
  matchContext,
  matchContextOf,
  refuseLate,
  variablesOf,
} from '../server/command.ts';
import { listSource } from '../server/cursors.ts';
import { type Doc, isArray, isDocument } from '../values/kinds.ts';
import { asFlag, asNumber } from '../values/numbers.ts';
import { statisticsOf } from './administration.ts';
import { explained } from './explain.ts';
import { matching } from './matching.ts';
import { batchSizeOf } from './read.ts';
import { endsInSink, sinkOf } from './results-into.ts';

export const aggregateCommands: Record<string, Command> = {
  aggregate: { run: aggregate, transactional: true, snapshots: true },
};

async function aggregate(context: CommandContext): Promise<Doc> {
  const { command, database, server, store } = context;
  const { pipeline } = command;
  if (!isArray(pipeline)) fail('TypeMismatch', "'pipeline' option must be specified as an array");
  if (asFlag(command.explain)) return explained(context, command, 'queryPlanner');
  if (!isDocument(command.cursor)) fail('FailedToParse', "The 'cursor' option is required");
  const collection = typeof command.aggregate === 'string' ? command.aggregate : undefined;
  const namespace = `${database}.${collection ?? '$cmd.aggregate'}`;
  const options = { batchSize: batchSizeOf(command.cursor.batchSize), sessionKey: context.session?.key };
  const [first, ...rest] = pipeline;
  if (isDocument(first) && '$changeStream' in first) {
    if (context.view.transaction)
      fail('OperationNotSupportedInTransaction', '$changeStream cannot run within a transaction');
    const scope = { database, collection };
    const source = openChangeStream(store, first.$changeStream, scope, eventPipeline(context, rest));
    const cursor = server.cursors.open(namespace, source, options);
    await source.tail?.settled();
    return { cursor };
  }
  if (isDocument(command.readConcern) && command.readConcern.level === 'linearizable' && endsInSink(pipeline))
    fail('InvalidOptions', "$out and $merge cannot be used with a 'linearizable' read concern level");
  const sink = sinkOf(context, pipeline, environmentOf(context));
  const documents = run(context, collection, sink ? pipeline.slice(0, -1) : pipeline);
  if (sink) {
    sink(documents);
    await store.journal.durable();
    documents.length = 0;
  }
  return { cursor: server.cursors.open(namespace, listSource(documents, sink !== undefined), options) };
}

/** Leading `$match`, `$sort` and `$limit` are answered from the collection's indexes; the rest runs over the result. */
function run(context: CommandContext, collection: string | undefined, pipeline: unknown[]): Doc[] {
  const environment = environmentOf(context);
  if (collection === undefined) {
    const [name, operand] = stageOf(pipeline[0]);
    return compilePipeline(
      pipeline.slice(1),
      environment,
    )(documentsWithoutCollection(context, name, operand));
  }
  if (nameAt(pipeline, 0) === '$collStats') {
    const statistics = collectionStatistics(context, collection, stageOf(pipeline[0])[1]);
    return compilePipeline(pipeline.slice(1), environment)([statistics]);
  }
  let at = 0;
  let filter: unknown = {};
  let sort: unknown;
  let limit: number | undefined;
  if (nameAt(pipeline, at) === '$match') filter = stageOf(pipeline[at++])[1];
  if (nameAt(pipeline, at) === '$sort') sort = stageOf(pipeline[at++])[1];
  if (nameAt(pipeline, at) === '$limit') {
    limit = asNumber(stageOf(pipeline[at++])[1], 0);
    if (limit <= 0) fail(15_958, 'the limit must be positive');
  }
  const rest = compilePipeline(pipeline.slice(at), environment);
  const source = context.store.collection(`${context.database}.${collection}`, context.view.transaction);
  const found = matching(
    context,
    source,
    { filter, sort, limit, hint: context.command.hint },
    matchContextOf(context),
  );
  return rest(found.map(({ stored }) => stored.document));
}

/** `$collStats`: what shells and dashboards show of a collection. */
function collectionStatistics(
  { store, server, database, view }: CommandContext,
  name: string,
  operand: unknown,
): Doc {
  const wanted = isDocument(operand) ? operand : {};
  for (const part of Object.keys(wanted))
    if (part !== 'storageStats' && part !== 'count')
      fail('NotImplemented', `$collStats.${part} is not supported by this store`);
  const namespace = `${database}.${name}`;
  const collection = store.collection(namespace);
  if (!collection) fail('NamespaceNotFound', `Unable to retrieve statistics: ${namespace} does not exist`);
  view.reads(collection);
  const { ns, ...storage } = statisticsOf(
    collection,
    namespace,
    isDocument(wanted.storageStats) ? asNumber(wanted.storageStats.scale, 1) : 1,
  );
  return {
    ns,
    host: server.address,
    localTime: new Date(store.nowMs()),
    ...('storageStats' in wanted ? { storageStats: storage } : {}),
    ...('count' in wanted ? { count: collection.count } : {}),
  };
}

/** What a pipeline on a whole database begins with. */
function documentsWithoutCollection(context: CommandContext, name: string, operand: unknown): Doc[] {
  const { server, command, connectionId } = context;
  switch (name) {
    case '$documents':
      if (isArray(operand)) return operand.filter(isDocument);
      break;
    case '$listLocalSessions':
      return server.sessions.list().map(({ id, lastUsedMs }) => ({
        _id: { id: new UUID(id), uid: new Binary(Buffer.alloc(32)) },
        lastUse: new Date(lastUsedMs),
      }));
    case '$currentOp':
      // Commands run one at a time, and those that wait for something are not counted as running.
      return [
        { type: 'op', op: 'command', active: true, connectionId, ns: `${context.database}.$cmd`, command },
      ];
  }
  return fail('InvalidNamespace', `{aggregate: 1} is not valid for '${name}'; a collection is required.`);
}

const nameAt = (pipeline: unknown[], at: number): string | undefined =>
  at < pipeline.length ? stageOf(pipeline[at])[0] : undefined;

function environmentOf(context: CommandContext): PipelineEnvironment {
  const { store, database } = context;
  const collation = collationOf(context);
  return {
    variables: variablesOf(context),
    nowMs: store.nowMs(),
    matchWith: (variables) => matchContext(store, collation, variables),
    documentsOf: (name, filter) =>
      matching(
        context,
        store.collection(`${database}.${name}`, context.view.transaction),
        { filter },
        matchContextOf(context),
      ).map(({ stored }) => stored.document),
    refuseLate: () => refuseLate(context),
  };
}

const eventStages = new Set([
  '$match',
  '$project',
  '$addFields',
  '$set',
  '$unset',
  '$replaceRoot',
  '$replaceWith',
]);

function eventPipeline(context: CommandContext, stages: unknown[]): EventPipeline {
  const environment = environmentOf(context);
  const steps = stages.map((stage): EventPipeline => {
    const [name, operand] = stageOf(stage);
    if (!eventStages.has(name)) {
      // Says 40324 for a stage that does not exist at all.
      compilePipeline([stage], environment);
      fail('IllegalOperation', `${name} is not permitted in a $changeStream pipeline`);
    }
    if (name === '$match') {
      const matches = compileFilter(operand, environment.matchWith(environment.variables));
      return (event) => (matches(event) ? event : undefined);
    }
    return (
      documentStage(name, operand, environment) ?? fail(40_324, `Unrecognized pipeline stage name: '${name}'`)
    );
  });
  return (event) => steps.reduce<Doc | undefined>((current, step) => current && step(current), event);
}
