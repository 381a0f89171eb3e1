import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  parse,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { GraphError } from '../../platform/errors.ts';
import { subscribeWithCursors } from '../../platform/graphql/subscribe.ts';
import type { Caller } from '../../platform/identity/identity.ts';
import { createSourceCache } from '../source-cache.ts';
import { streamExtensionsOf } from './stream-extensions.ts';
import {
  type EventSink,
  headersOf,
  type SubgraphAnswer,
  type SubgraphError,
  type SubgraphRequest,
  type SubgraphTransport,
  variablesOf,
} from './transport.ts';

export interface InProcessTransportOptions {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** Makes the context of one call from the headers an HTTP call would carry. What it throws is the call's error. */
  contextFor(
    headers: Readonly<Record<string, string>>,
    subscription?: Pick<Caller, 'resume'>,
  ): Promise<object>;
  /** Compiled operations kept; the least recently used goes first. Default 1,000. */
  readonly maxOperations?: number;
}

interface Operation {
  readonly document: DocumentNode;
  run(context: object, variables: Record<string, unknown>): ExecutionResult | Promise<ExecutionResult>;
}

/** A subgraph that lives in this process: its schema is called, nothing is serialised. */
export function createInProcessTransport(options: InProcessTransportOptions): SubgraphTransport {
  const { name, schema } = options;
  const operations = createSourceCache<Operation>({ max: options.maxOperations ?? 1000 });

  const operationOf = (request: SubgraphRequest): Operation => {
    const known = operations.get(request.operation);
    if (known !== undefined) return known;
    const operation = prepare(schema, request);
    operations.set(request.operation, operation);
    return operation;
  };

  return {
    name,

    async fetch(request, call) {
      const { signal } = call;
      signal.throwIfAborted();
      const operation = operationOf(request);
      let context: object;
      try {
        context = await options.contextFor(headersOf(call));
      } catch (cause) {
        return { errors: [failureOf(cause)] };
      }
      const answer = operation.run(context, variablesOf(request));
      return answerOf(answer instanceof Promise ? await orAbort(answer, signal) : answer);
    },

    subscribe(request, call, sink) {
      let closed = false;
      let iterator: AsyncIterator<ExecutionResult> | undefined;
      const pump = async () => {
        const { resumeFrom } = request;
        const resume = resumeFrom === undefined ? {} : { resume: { from: resumeFrom } };
        const source = await subscribeWithCursors({
          schema,
          document: operationOf(request).document,
          contextValue: await options.contextFor(headersOf(call), resume),
          variableValues: variablesOf(request),
        });
        if (!(Symbol.asyncIterator in source)) return closed ? undefined : sink.fail(errorsOf(source.errors));
        iterator = source[Symbol.asyncIterator]();
        if (closed) return void iterator.return?.();
        await forward(iterator, sink, () => closed);
      };
      pump().catch((cause: unknown) => {
        if (!closed) sink.fail([failureOf(cause)]);
      });
      return {
        close() {
          closed = true;
          // Not awaited: a source may only notice at its next event. Its own failure to end is no news for the client, who has gone.
          iterator?.return?.()?.catch(() => undefined);
        },
      };
    },

    check: async () => undefined,
    stop: async () => undefined,
  };
}

async function forward(iterator: AsyncIterator<ExecutionResult>, sink: EventSink, closed: () => boolean) {
  for (;;) {
    const step = await iterator.next();
    if (closed()) return;
    if (step.done) return sink.complete();
    sink.next({ ...answerOf(step.value), ...streamExtensionsOf(step.value.extensions) });
  }
}

/** Compiles an operation, or interprets it where the compiler refuses. */
function prepare(schema: GraphQLSchema, request: SubgraphRequest): Operation {
  const document = parse(request.operation, { noLocation: true });
  const interpreted: Operation = {
    document,
    run: (contextValue, variableValues) => execute({ schema, document, contextValue, variableValues }),
  };
  if (request.operationKind === 'subscription') return interpreted;
  const compiled = compileQuery(schema, document, request.operationName ?? '', {
    // The default keeps one condition for a field wherever its fragment is spread.
    useExperimentalPathBasedSkipInclude: true,
  });
  if (!isCompiledQuery(compiled)) return interpreted;
  return { document, run: (context, variables) => compiled.query({}, context, variables) };
}

/** The answer, or a rejection as soon as nobody waits for it any more; the subgraph itself is told by its deadline header. */
function orAbort<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    // It may have aborted while the context was made.
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    answer.then(
      (value) => {
        signal.removeEventListener('abort', abort);
        resolve(value);
      },
      (cause: unknown) => {
        signal.removeEventListener('abort', abort);
        reject(cause);
      },
    );
  });
}

function answerOf(result: ExecutionResult): SubgraphAnswer {
  const data = result.data === undefined ? {} : { data: result.data };
  return result.errors === undefined ? data : { ...data, errors: errorsOf(result.errors) };
}

function errorsOf(errors: readonly GraphQLError[] | undefined): SubgraphError[] {
  return (errors ?? []).map((error) => ({
    ...failureOf(error.originalError ?? error),
    message: error.message,
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(Object.keys(error.extensions ?? {}).length > 0 ? { extensions: error.extensions } : {}),
  }));
}

function failureOf(cause: unknown): SubgraphError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return cause instanceof GraphError ? { message, extensions: cause.extensions, cause } : { message, cause };
}
