import type { Clock } from '../platform/clock.ts';
import { GraphError } from '../platform/errors.ts';
import type { Identity } from '../platform/identity/identity.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { SubgraphCall } from './transports/transport.ts';

/** One request, from the door to the last subgraph. */
export interface RequestContext {
  readonly identity: Identity;
  readonly correlationId: string;
  /** Carries the correlation id on every line. */
  readonly logger: Logger;
  /** Aborts at the deadline and when the client has gone. */
  readonly signal: AbortSignal;
  /** What a call to a subgraph carries; asks for the identity token once per request. */
  call(): Promise<SubgraphCall>;
  /** From now on only the deadline ends this request: a command that has begun is carried through, whether or not anybody waits. */
  carryThrough(): void;
  /** Releases the deadline. To be called when the answer is ready. */
  end(): void;
}

export interface RequestContextOptions {
  readonly identity: Identity;
  readonly correlationId: string;
  readonly logger: Logger;
  readonly clock: Clock;
  /** How long a request may take. */
  readonly timeoutMs: number;
  /** How long its client waits, when it said so. More than `timeoutMs` is `timeoutMs`. */
  readonly clientTimeoutMs?: number | undefined;
  identityToken(identity: Identity): Promise<string>;
  /** Aborts when nobody waits for the answer any more. */
  readonly gone?: AbortSignal;
}

export function createRequestContext(options: RequestContextOptions): RequestContext {
  const { identity, correlationId, clock, gone } = options;
  const timeoutMs = Math.min(options.clientTimeoutMs ?? options.timeoutMs, options.timeoutMs);
  const deadlineMs = clock.now().getTime() + timeoutMs;
  const controller = new AbortController();
  const expire = () =>
    controller.abort(new GraphError('DEADLINE_EXCEEDED', `no answer within ${timeoutMs} ms`, { timeoutMs }));
  const leave = () => controller.abort(new GraphError('UNAVAILABLE', 'the client has gone'));
  const timer = setTimeout(expire, timeoutMs);
  if (gone?.aborted) leave();
  gone?.addEventListener('abort', leave, { once: true });

  let token: Promise<string> | undefined;
  let logger: Logger | undefined;
  return {
    identity,
    correlationId,
    get logger() {
      // A child logger costs more than the rest of a context, and most requests have nothing to say.
      logger ??= options.logger.child({ correlationId });
      return logger;
    },
    signal: controller.signal,
    async call() {
      token ??= options.identityToken(identity);
      return {
        identityToken: await token,
        correlationId,
        timeoutMs: deadlineMs - clock.now().getTime(),
        impatient: timeoutMs < options.timeoutMs,
        signal: controller.signal,
      };
    },
    carryThrough: () => gone?.removeEventListener('abort', leave),
    end() {
      clearTimeout(timer);
      gone?.removeEventListener('abort', leave);
    },
  };
}
