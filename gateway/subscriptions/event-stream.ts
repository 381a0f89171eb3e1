import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Clock } from '../../platform/clock.ts';
import { resumeOf } from '../../platform/graphql/subscribe.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import { codedError } from '../errors.ts';
import { sendError } from '../http/answers.ts';
import { weightsOf } from '../http/weighted-header.ts';
import type { Served } from '../served-supergraph.ts';
import type { StreamedOperations } from './streamed-operations.ts';
import type { LiveSubscription } from './subscribe.ts';

/** A client that takes nothing of what was written for this long has gone, whatever its connection says. */
const STUCK_AFTER_MS = 30_000;
const STOPPING = 'this server is stopping, subscribe again';

export interface EventStreamOptions {
  current(): Served;
  readonly operations: StreamedOperations;
  readonly clock: Clock;
  /** Between comments that keep a silent stream open in proxies. */
  readonly keepAliveMs: number;
  /** Streams at once; one more is answered with 503 and TOO_MANY_REQUESTS. */
  readonly maxStreams: number;
}

export interface EventStreams {
  /** True when a request asks for its answers as events. */
  wants(request: IncomingMessage): boolean;
  /** Answers an operation with server-sent events; resolves when the stream has ended. */
  serve(
    request: IncomingMessage,
    response: ServerResponse,
    body: unknown,
    caller: { readonly identity: Identity; readonly correlationId: string },
    /** Called when a subscription is open: from then on the request is no longer one of those worked on at once. */
    leaveCount: () => void,
  ): Promise<void>;
  /** Ends every subscription with UNAVAILABLE, so that its client subscribes again elsewhere. */
  drain(): void;
}

/**
 * GraphQL over server-sent events, one stream for each operation (the protocol's "distinct connections" mode): `next` for each answer,
 * errors included, then `complete`. A stream that ends without `complete` was cut off.
 */
export function createEventStreams(options: EventStreamOptions): EventStreams {
  const { operations, clock, keepAliveMs, maxStreams } = options;
  const live = new Set<LiveSubscription>();
  let streams = 0;
  let draining = false;

  const answersOf = async (
    request: StreamedRequest,
    caller: { readonly identity: Identity; readonly correlationId: string },
    gone: AbortSignal,
  ): Promise<LiveSubscription | ExecutionResult> => {
    const served = options.current();
    const input = served.documents.read(request.query, request.operationName);
    if (!('operation' in input)) return { errors: input };
    const operation = { served, input, ...caller };
    return input.operation.operation === 'subscription'
      ? operations.open(operation, request.variables, {
          // Where the stream begins is told as the event's id alone, which a client that does not ask for it never sees.
          resume: { from: request.resumeFrom, wantsOpening: true },
        })
      : operations.execute(operation, request.variables, gone);
  };

  const send = async (response: ServerResponse, subscription: LiveSubscription, gone: AbortSignal) => {
    try {
      for (;;) {
        const step = await subscription.next();
        if (step.done) return;
        if (!response.write(eventOf(step.value))) await drained(response, clock, gone);
      }
    } catch (cause) {
      if (gone.aborted) return;
      // What ends a subscription has been masked already; anything else stays here.
      const error =
        cause instanceof GraphQLError
          ? cause
          : codedError('INTERNAL_SERVER_ERROR', 'something went wrong on our side');
      response.write(eventOf({ errors: [error] }));
    }
  };

  return {
    wants: (request) => request.method === 'POST' && prefersEvents(request.headers.accept ?? ''),

    async serve({ headers }, response, body, caller, leaveCount) {
      const request = readRequest(body, headers['last-event-id']);
      const { correlationId } = caller;
      if (request === undefined) {
        const message = 'send {"query": "...", "variables": {...}, "operationName": "..."}';
        return sendError(response, 400, 'BAD_REQUEST', message, { correlationId });
      }
      if (draining) return sendError(response, 503, 'UNAVAILABLE', STOPPING, { correlationId });
      // Its `close` event has passed, and nobody would ever count it out.
      if (response.destroyed) return;
      if (streams >= maxStreams) {
        response.setHeader('retry-after', '1');
        return sendError(response, 503, 'TOO_MANY_REQUESTS', 'the server is at its limit', { correlationId });
      }
      streams += 1;
      const gone = new AbortController();
      let subscription: LiveSubscription | undefined;
      response.once('close', () => {
        streams -= 1;
        gone.abort();
        void subscription?.return?.();
      });
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      });
      response.flushHeaders();
      const silence = new AbortController();
      void keepAlive(response, clock, keepAliveMs, AbortSignal.any([gone.signal, silence.signal]));

      try {
        const opened = await answersOf(request, caller, gone.signal);
        if ('expire' in opened) {
          subscription = opened;
          leaveCount();
          live.add(subscription);
          // The client may have gone before there was a way to end it.
          if (gone.signal.aborted) await subscription.return?.();
          await send(response, subscription, gone.signal);
        } else {
          response.write(eventOf(opened));
        }
        response.end('event: complete\ndata:\n\n');
      } catch (cause) {
        response.destroy();
        throw cause;
      } finally {
        silence.abort();
        if (subscription !== undefined) live.delete(subscription);
      }
    },

    drain() {
      draining = true;
      for (const subscription of live) subscription.expire(codedError('UNAVAILABLE', STOPPING));
    },
  };
}

/** Clients that take either list both; what they list first, or give more weight, is what they would rather have. */
function prefersEvents(accept: string): boolean {
  const weights = weightsOf(accept);
  const events = weights.get('text/event-stream') ?? 0;
  const names = [...weights.keys()];
  const isBefore = (name: string) => names.indexOf('text/event-stream') < names.indexOf(name);
  return (
    events > 0 &&
    ['application/json', 'application/graphql-response+json'].every((name) => {
      const weight = weights.get(name) ?? 0;
      return events > weight || (events === weight && isBefore(name));
    })
  );
}

interface StreamedRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly resumeFrom: string | null;
}

/** The cursor comes as every event source sends it, or beside the query as over a WebSocket. */
function readRequest(body: unknown, lastEventId: string | string[] | undefined): StreamedRequest | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const {
    query,
    operationName,
    variables,
    extensions,
  }: { query?: unknown; operationName?: unknown; variables?: unknown; extensions?: unknown } = body;
  if (typeof query !== 'string') return undefined;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    return undefined;
  if (variables !== undefined && (typeof variables !== 'object' || Array.isArray(variables)))
    return undefined;
  return {
    query,
    operationName: operationName ?? undefined,
    variables: variables === null || variables === undefined ? undefined : { ...variables },
    resumeFrom:
      typeof lastEventId === 'string' && lastEventId !== ''
        ? lastEventId
        : (resumeOf(extensions).resume?.from ?? null),
  };
}

/** What was written of an answer: an event's is the same object for all who are told it. */
const written = new WeakMap<ExecutionResult, string>();

/** JSON has no line break of its own, so that one `data` line is enough. The cursor is the event's id; alone, it says where the stream begins. */
function eventOf(result: ExecutionResult): string {
  const known = written.get(result);
  if (known !== undefined) return known;
  const { cursor, opening } = result.extensions ?? {};
  const id = typeof cursor === 'string' ? `id: ${cursor}\n` : '';
  const empty = id === '' ? ':\n\n' : `${id}\n`;
  const text = opening === undefined ? `${id}event: next\ndata: ${JSON.stringify(result)}\n\n` : empty;
  written.set(result, text);
  return text;
}

async function keepAlive(response: ServerResponse, clock: Clock, everyMs: number, ended: AbortSignal) {
  for (;;) {
    await clock.delay(everyMs, ended);
    if (ended.aborted) return;
    // A stream that is full is not silent.
    if (!response.writableNeedDrain) response.write(':\n\n');
  }
}

/** Waits until the client has taken what was written; the next events wait in the subscription's buffer meanwhile. */
async function drained(response: ServerResponse, clock: Clock, gone: AbortSignal): Promise<void> {
  const settled = new AbortController();
  const signal = AbortSignal.any([gone, settled.signal]);
  const taken = once(response, 'drain', { signal }).then(
    () => true,
    () => true,
  );
  const stuck = clock.delay(STUCK_AFTER_MS, signal).then(() => signal.aborted);
  if (!(await Promise.race([taken, stuck]))) response.destroy();
  settled.abort();
}
