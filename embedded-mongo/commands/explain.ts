import { stageOf } from '../aggregate/pipeline.ts';
import { fail } from '../errors.ts';
import { type Command, type CommandContext, matchContextOf } from '../server/command.ts';
import { type Doc, isArray, isDocument } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';
import { version } from './handshake.ts';
import { type MatchRequest, matching, type Reading, wayTo } from './matching.ts';

export const explainCommands: Record<string, Command> = { explain: { run: explain } };

const verbosities = new Set(['queryPlanner', 'executionStats', 'allPlansExecution']);

/** What of a command decides the way to its documents. */
const requests: Record<string, (command: Doc) => MatchRequest> = {
  find: ({ filter, sort, skip, limit, hint }) => ({
    filter,
    sort,
    skip: asNumber(skip, 0),
    limit: Math.abs(asNumber(limit, 0)) || undefined,
    hint,
  }),
  count: ({ query, hint }) => ({ filter: query, hint }),
  distinct: ({ query, hint }) => ({ filter: query, hint }),
  findAndModify: ({ query, sort, hint }) => ({ filter: query, sort, hint, limit: 1 }),
  aggregate: ({ pipeline, hint }) => ({ ...leading(pipeline), hint }),
  update: ({ updates }) => ofFirst(updates),
  delete: ({ deletes }) => ofFirst(deletes),
};

/** Shows how a command would find its documents. Changes nothing, whatever the command. */
function explain(context: CommandContext): Doc {
  const { explain: command, verbosity = 'allPlansExecution' } = context.command;
  if (typeof verbosity !== 'string' || !verbosities.has(verbosity))
    fail(
      'BadValue',
      `Enumeration value '${String(verbosity)}' for field 'explain.verbosity' is not a valid value.`,
    );
  if (!isDocument(command)) fail('TypeMismatch', 'explain needs the command to explain as an object');
  return explained(context, command, verbosity);
}

/** The explanation of a command at a verbosity. */
export function explained(context: CommandContext, command: Doc, verbosity: string): Doc {
  const [name = ''] = Object.keys(command);
  if (command.writeConcern !== undefined || context.command.writeConcern !== undefined)
    fail('InvalidOptions', 'Command explain does not support writeConcern');
  const requestOf = requests[name];
  const collection = command[name];
  if (!requestOf) fail('CommandNotFound', `Explain failed due to unknown command: ${name}`);
  if (typeof collection !== 'string')
    fail('InvalidNamespace', `explain of ${name} needs the name of a collection`);
  const inner: CommandContext = { ...context, command, name };
  const namespace = `${context.database}.${collection}`;
  const target = context.store.collection(namespace);
  const request = requestOf(command);
  const match = matchContextOf(inner);
  const way = wayTo(inner, target, request, match);
  const reading: Reading = { examined: 0 };
  const returned = verbosity === 'queryPlanner' ? 0 : matching(inner, target, request, match, reading).length;
  const explanation = {
    queryPlanner: {
      namespace,
      parsedQuery: request.filter ?? {},
      indexFilterSet: false,
      winningPlan: way,
      rejectedPlans: [],
    },
    ...(verbosity === 'queryPlanner'
      ? {}
      : {
          executionStats: {
            executionSuccess: true,
            nReturned: returned,
            executionTimeMillis: 0,
            totalKeysExamined: usesIndex(way) ? reading.examined : 0,
            totalDocsExamined: reading.examined,
            executionStages: { ...way, nReturned: returned },
            ...(verbosity === 'allPlansExecution' ? { allPlansExecution: [] } : {}),
          },
        }),
  };
  return {
    explainVersion: '1',
    ...asStages(command, explanation),
    command: { ...command, $db: context.database },
    serverInfo: { host: context.server.address, version },
  };
}

/** A pipeline's later stages follow on what the collection gives; where there are none, it is explained as a query. */
function asStages({ pipeline }: Doc, explanation: Doc): Doc {
  const stages = isArray(pipeline) ? pipeline : [];
  const rest = stages.filter((stage) => !['$match', '$sort', '$limit'].includes(stageOf(stage)[0]));
  return rest.length === 0 ? explanation : { stages: [{ $cursor: explanation }, ...rest] };
}

const usesIndex = (stage: Doc): boolean =>
  stage.stage === 'IXSCAN' || (isDocument(stage.inputStage) && usesIndex(stage.inputStage));

/** The `$match`, `$sort` and `$limit` that a pipeline begins with. */
function leading(pipeline: unknown): MatchRequest {
  const request: { filter: unknown; sort?: unknown; limit?: number } = { filter: {} };
  const stages = isArray(pipeline) ? pipeline.map(stageOf) : [];
  let at = 0;
  if (stages[at]?.[0] === '$match') request.filter = stages[at++]?.[1];
  if (stages[at]?.[0] === '$sort') request.sort = stages[at++]?.[1];
  if (stages[at]?.[0] === '$limit') request.limit = asNumber(stages[at]?.[1], 0);
  return request;
}

function ofFirst(statements: unknown): MatchRequest {
  const first = isArray(statements) ? statements[0] : undefined;
  if (!isDocument(first)) fail('BadValue', 'there is no statement to explain');
  return { filter: first.q, sort: first.sort, hint: first.hint };
}
