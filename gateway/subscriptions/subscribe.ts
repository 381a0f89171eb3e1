import type { ExecutionResult } from 'graphql';
import type { StreamExtensions } from '../../platform/graphql/follow.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import { codedError } from '../errors.ts';
import type { Admission, Engine, GivenVariables } from '../execution/engine.ts';
import type { OperationInput } from '../execution/prepare.ts';
import { maskError, maskThrown } from '../policy/error-masking.ts';
import type { RequestContext } from '../request-context.ts';
import { answerOnce } from './answer-event.ts';
import { EventBuffer } from './event-buffer.ts';
import { idOf } from './object-ids.ts';
import type { SharedStreams } from './shared-streams.ts';
import type { StreamEvent } from './stream-event.ts';

export interface SubscribeOptions {
  readonly engine: Engine;
  readonly identity: Identity;
  readonly streams: SharedStreams;
  /** A context for what is asked of subgraphs on this subscription's behalf: its own deadline, and a fresh identity token. */
  contextFor(): RequestContext;
  /** Events a slow client may fall behind before of each thing only the latest state is kept, and if that is not enough, it is ended. */
  readonly maxBufferedEvents: number;
  readonly resume: ResumeWish;
  /** Called once, when the subscription is over for whatever reason. */
  onEnd(): void;
  /** Called when the client is too far behind, before the subscription ends with SUBSCRIPTION_BUFFER_FULL. */
  onTooSlow?(): void;
}

/** What a client says of cursors when it subscribes. */
export interface ResumeWish {
  /** The cursor it goes on from, or null. */
  readonly from: string | null;
  /** Whether it wants to be told, before the first event, where the stream begins. */
  readonly wantsOpening: boolean;
}

/** A running subscription: its answers, and a way to end it from the gateway's side. */
export interface LiveSubscription extends AsyncIterableIterator<ExecutionResult> {
  /** Ends it at once with an error the client is told. */
  expire(error: unknown): void;
}

type Item = StreamEvent | { readonly opening: StreamExtensions };

/**
 * Starts a subscription at the subgraph that owns its field, or joins one whose events are the same. For every event the rest of the plan
 * runs, once for all equal subscriptions, so that fields of other subgraphs are as of that event; events keep their order. Answers with a
 * result when there is nothing to subscribe to.
 */
export function subscribe(
  input: OperationInput,
  given: GivenVariables,
  options: SubscribeOptions,
): LiveSubscription | ExecutionResult {
  const { engine, identity } = options;
  const opening = options.contextFor();
  const admission = admit(engine, input, given, opening);
  opening.end();
  const subscription = 'refused' in admission ? undefined : admission.variant.subscription;
  if ('refused' in admission || subscription === undefined) {
    options.onEnd();
    return 'refused' in admission ? admission.refused : { data: null, errors: admission.withheld };
  }

  let leave: (() => void) | undefined;
  const buffer = new EventBuffer<Item>({
    max: options.maxBufferedEvents,
    keyOf: (item) => ('opening' in item ? undefined : item.extensions.entity),
    onEnd: () => {
      leave?.();
      options.onEnd();
    },
  });
  const push = (item: Item) => {
    if (buffer.push(item)) return;
    options.onTooSlow?.();
    const error = codedError('SUBSCRIPTION_BUFFER_FULL', 'events arrive faster than this client reads them');
    // What is here is told first: whoever comes back with the last cursor has got that far at least, however much was missed.
    buffer.fail(maskError(error, opening), 'in order');
  };
  const request = subscription.request(admission.variables);
  const caller = JSON.stringify({ ...identity, expiresAt: undefined });
  leave = options.streams.join(
    {
      key: [
        idOf(engine),
        subscription.subgraph,
        request.operation,
        JSON.stringify(request.variables),
        caller,
      ].join('\n'),
      resumeFrom: options.resume.from,
      async open(resumeFrom, sink) {
        const context = options.contextFor();
        try {
          return subscription.open({ ...request, resumeFrom }, await context.call(), sink);
        } finally {
          context.end();
        }
      },
    },
    {
      opened(extensions) {
        if (options.resume.wantsOpening) push({ opening: extensions });
      },
      next: push,
      fail(errors) {
        const [first] = errors;
        const error = { message: 'the subscription failed', ...first, subgraph: subscription.subgraph };
        buffer.fail(maskError(error, opening), 'in order');
      },
      complete: () => buffer.complete(),
    },
  );

  const planKey = `${idOf(admission.variant)}\n${JSON.stringify(admission.variables)}`;
  const answer = (event: StreamEvent) =>
    answerOnce(event, planKey, {
      engine,
      input,
      given,
      admitted: admission,
      subscription,
      contextFor: options.contextFor,
    });
  return createLive(buffer, answer);
}

function createLive(
  buffer: EventBuffer<Item>,
  answer: (event: StreamEvent) => Promise<ExecutionResult>,
): LiveSubscription {
  const ended = { done: true, value: undefined } as const;
  const live: LiveSubscription = {
    async next() {
      const step = await buffer.next();
      if (step.done) return ended;
      const item = step.value;
      if ('opening' in item) return { done: false, value: { data: null, extensions: { ...item.opening } } };
      try {
        return { done: false, value: await answer(item) };
      } catch (cause) {
        await buffer.return();
        throw cause;
      }
    },
    async return() {
      await buffer.return();
      return ended;
    },
    async throw(error: unknown) {
      await buffer.throw(error);
      return ended;
    },
    [Symbol.asyncIterator]: () => live,
    expire: (error) => buffer.fail(error, 'at once'),
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
