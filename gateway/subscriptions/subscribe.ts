import type { ExecutionResult } from 'graphql';
import { codedError } from '../errors.ts';
import type { Admission, Admitted, Engine, GivenVariables, RunSubscription } from '../execution/engine.ts';
import type { ResponseObject } from '../execution/merge.ts';
import type { OperationInput } from '../execution/prepare.ts';
import type { Execution } from '../execution/step.ts';
import { maskError, maskThrown } from '../policy/error-masking.ts';
import type { RequestContext } from '../request-context.ts';
import type { EventSink, SubgraphAnswer, UpstreamSubscription } from '../transports/transport.ts';
import { EventBuffer } from './event-buffer.ts';

export interface SubscribeOptions {
  readonly engine: Engine;
  /** A context for one event: its own deadline and a fresh identity token, cancelled when the subscription ends. */
  contextFor(gone: AbortSignal): RequestContext;
  /** Events a slow client may fall behind before its subscription ends with SUBSCRIPTION_BUFFER_FULL. */
  readonly maxBufferedEvents: number;
  /** Called once, when the subscription is over for whatever reason. */
  onEnd(): void;
}

/** A running subscription: its answers, and a way to end it from the gateway's side. */
export interface LiveSubscription extends AsyncIterableIterator<ExecutionResult> {
  /** Ends it at once with an error the client is told. */
  expire(error: unknown): void;
}

/**
 * Starts a subscription at the subgraph that owns its field. For every event the rest of the plan runs, so that fields of other
 * subgraphs are as of that event; events keep their order. Answers with a result when there is nothing to subscribe to.
 */
export function subscribe(
  input: OperationInput,
  given: GivenVariables,
  options: SubscribeOptions,
): LiveSubscription | ExecutionResult {
  // Aborts when nobody reads any more; after a plain completion the events that are here are still answered.
  const gone = new AbortController();
  const opening = options.contextFor(gone.signal);
  const admission = admit(options.engine, input, given, opening);
  const subscription = 'refused' in admission ? undefined : admission.variant.subscription;
  if ('refused' in admission || subscription === undefined) {
    opening.end();
    options.onEnd();
    return 'refused' in admission ? admission.refused : { data: null, errors: admission.withheld };
  }

  let upstream: UpstreamSubscription | undefined;
  let over = false;
  const buffer = new EventBuffer<SubgraphAnswer>({
    max: options.maxBufferedEvents,
    onEnd: () => {
      over = true;
      upstream?.close();
      options.onEnd();
    },
  });
  const open = async () => {
    try {
      const call = await opening.call();
      if (over) return;
      const sink = sinkInto(buffer, subscription.subgraph, opening);
      upstream = subscription.open(admission.variables, call, sink);
      // It may have ended before there was a way to close it.
      if (over) upstream.close();
    } catch (cause) {
      buffer.fail(maskThrown(cause, opening), 'at once');
    } finally {
      opening.end();
    }
  };
  void open();

  const ended = { done: true, value: undefined } as const;
  const live: LiveSubscription = {
    async next() {
      const step = await buffer.next();
      if (step.done) return ended;
      const context = options.contextFor(gone.signal);
      try {
        const value = await answerEvent(options.engine, admission, subscription, step.value, context);
        return { done: false, value };
      } finally {
        context.end();
      }
    },
    async return() {
      gone.abort();
      await buffer.return();
      return ended;
    },
    async throw(error: unknown) {
      gone.abort();
      await buffer.throw(error);
      return ended;
    },
    [Symbol.asyncIterator]: () => live,
    expire(error) {
      gone.abort();
      buffer.fail(error, 'at once');
    },
  };
  return live;
}

/** Admission as a subscription needs it: what goes wrong while planning is an answer, for nobody above could tell the client. */
function admit(
  engine: Engine,
  input: OperationInput,
  given: GivenVariables,
  context: RequestContext,
): Admission {
  try {
    return engine.admit(input, given, context);
  } catch (cause) {
    return { refused: { data: null, errors: [maskThrown(cause, context)] } };
  }
}

function sinkInto(buffer: EventBuffer<SubgraphAnswer>, subgraph: string, context: RequestContext): EventSink {
  return {
    next(event) {
      if (buffer.push(event)) return;
      const error = codedError(
        'SUBSCRIPTION_BUFFER_FULL',
        'events arrive faster than this client reads them',
      );
      buffer.fail(maskError(error, context), 'at once');
    },
    fail(errors) {
      const [first] = errors;
      const error = { message: 'the subscription failed', ...first, subgraph };
      buffer.fail(maskError(error, context), 'in order');
    },
    complete: () => buffer.complete(),
  };
}

async function answerEvent(
  engine: Engine,
  admitted: Admitted,
  subscription: RunSubscription,
  event: SubgraphAnswer,
  context: RequestContext,
): Promise<ExecutionResult> {
  try {
    const execution: Execution = { context, variables: admitted.variables, failures: [] };
    const data: ResponseObject = {};
    await subscription.apply(execution, data, event);
    return engine.answer(admitted, data, execution);
  } catch (cause) {
    return { data: null, errors: [maskThrown(cause, context)] };
  }
}
