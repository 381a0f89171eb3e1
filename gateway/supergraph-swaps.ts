import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GraphQLError } from 'graphql';
import type { Clock } from '../platform/clock.ts';
import type { Readiness } from '../platform/subgraph.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import { codedError } from './errors.ts';
import type { Engine } from './execution/engine.ts';
import { type Served, type ServedSupergraph, servedBy } from './served-supergraph.ts';
import type { RunningSubscription } from './subscriptions/running-operations.ts';
import type { Documents } from './supergraph/documents.ts';
import type { ValidatedDocuments } from './validated-documents.ts';

/** An operation that clients are known to send, from their builds; it is ready before the first of them does. */
export interface KnownOperation {
  readonly source: string;
  readonly operationName?: string;
}

export interface SwapOptions {
  readonly served: ServedSupergraph;
  /** Where documents are put that requests over HTTP will ask for. */
  readonly documents: ValidatedDocuments;
  /** Builds what answers operations. Throws SUPERGRAPH_REFUSED when the supergraph cannot be served. */
  engineFor(supergraphSdl: string): Promise<Engine>;
  /** Told after each attempt which supergraph is served, the same as before or another. */
  settle(serving: Engine): void;
  /** What is subscribed to now. */
  runningSubscriptions(): readonly RunningSubscription[];
  /** Made ready at the start and before each swap, whether or not anybody asked them yet. */
  readonly knownOperations: readonly KnownOperation[];
  /** Operations asked lately that are made ready before a swap. */
  readonly maxWarmedOperations: number;
  readonly maxTokens: number;
  readonly logger: Logger;
  readonly clock: Clock;
}

export interface SupergraphSwaps {
  /** Makes the known operations ready on the supergraph that is served first. One that is not valid on it is told in the log. */
  warmFirst(): Promise<void>;
  /**
   * Serves another supergraph, once what clients ask is ready on it. Throws SUPERGRAPH_REFUSED, and changes nothing, when it cannot be
   * served or would break a subscription that runs. Swaps asked for meanwhile wait their turn; the supergraph that is served already
   * is no swap.
   */
  swap(supergraphSdl: string): Promise<void>;
  /** Refuses what is asked from now on, and resolves when the swap under way has ended. */
  stop(): Promise<void>;
  /** Which supergraph is served, and why a later one was refused. It is ready all the same: the one it has is good. */
  readiness(): Readiness['parts'][number];
}

export function createSupergraphSwaps(options: SwapOptions): SupergraphSwaps {
  const { served, logger, clock } = options;
  let since = clock.now();
  let refused: { readonly version: string; readonly at: Date; readonly reason: string } | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let stopping = false;

  const carryOut = async (sdl: string): Promise<void> => {
    const old = served.current();
    const version = versionOf(sdl);
    if (old.engine.supergraph.sdl === sdl) {
      // What was refused has been taken back: the file is again what is served.
      refused = undefined;
      return;
    }
    const startedMs = clock.now().getTime();
    try {
      const engine = await options.engineFor(sdl);
      const next = servedBy(engine, { maxTokens: options.maxTokens });
      try {
        checkSubscriptions(next, options.runningSubscriptions());
        const warmed = await warm(next, old);
        // Some may have begun while plans were made.
        checkSubscriptions(next, options.runningSubscriptions());
        served.replace(next);
        since = clock.now();
        refused = undefined;
        logger.info(
          { version, ...warmed, tookMs: since.getTime() - startedMs },
          'another supergraph is served',
        );
      } catch (cause) {
        await stopQuietly(engine);
        throw cause;
      }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      refused = { version, at: clock.now(), reason };
      logger.error(
        { version, serving: versionOf(old.engine.supergraph.sdl), reason },
        'a supergraph was refused',
      );
      throw cause;
    } finally {
      options.settle(served.current().engine);
    }
    await stopQuietly(old.engine);
  };

  const stopQuietly = async (engine: Engine) => {
    try {
      await engine.stop();
    } catch (cause) {
      logger.error({ err: cause }, 'what ran a supergraph that is no longer served did not stop');
    }
  };

  /** Plans what clients ask, a piece at a time, so that requests are answered in between. */
  const warm = async (next: Served, old: Served): Promise<{ warmed: number; invalid: number }> => {
    let warmed = 0;
    let invalid = 0;
    // The operations asked least lately come first, so that the order in which they will be forgotten stays the same.
    for (const { input, callers } of old.engine.recent(options.maxWarmedOperations).reverse()) {
      const problem = tryWarm(next, input.source, input.operation.name?.value, (read) => {
        next.engine.warm(read, callers.length === 0 ? undefined : callers);
        remember(next, read);
      });
      if (problem === undefined) warmed += 1;
      else invalid += 1;
      await nextTurn();
    }
    const known = await warmKnown(next);
    return { warmed: warmed + known.warmed, invalid: invalid + known.invalid };
  };

  const remember = ({ engine }: Served, { source, document }: Read) =>
    options.documents.remember(engine.supergraph.apiSchema, source, document);

  const warmKnown = async (target: Served): Promise<{ warmed: number; invalid: number }> => {
    let warmed = 0;
    let invalid = 0;
    for (const { source, operationName } of options.knownOperations) {
      const problem = tryWarm(target, source, operationName, (read) => {
        target.engine.warm(read);
        remember(target, read);
      });
      if (problem === undefined) warmed += 1;
      else {
        invalid += 1;
        logger.warn({ operationName, reason: problem }, 'a known operation cannot be answered');
      }
      await nextTurn();
    }
    return { warmed, invalid };
  };

  return {
    async warmFirst() {
      if (options.knownOperations.length === 0) return;
      logger.info(await warmKnown(served.current()), 'known operations are ready');
    },
    swap(sdl) {
      const done = queue.then(() => {
        if (stopping) throw codedError('SUPERGRAPH_REFUSED', 'the gateway is stopping');
        return carryOut(sdl);
      });
      queue = done.catch(() => undefined);
      return done;
    },
    async stop() {
      stopping = true;
      await queue;
    },
    readiness() {
      const serving = `serving ${versionOf(served.current().engine.supergraph.sdl)} since ${since.toISOString()}`;
      const detail =
        refused === undefined
          ? serving
          : `${serving}; refused ${refused.version} at ${refused.at.toISOString()}: ${refused.reason}`;
      return { name: 'supergraph', ready: true, detail };
    },
  };
}

type Read = Exclude<ReturnType<Documents['read']>, readonly GraphQLError[]>;

/** Undefined when the operation is ready, else why it is not. */
function tryWarm(
  target: Served,
  source: string,
  operationName: string | undefined,
  make: (input: Read) => void,
): string | undefined {
  const input = target.documents.read(source, operationName);
  if (!('operation' in input)) return input.map(({ message }) => message).join('; ');
  try {
    make(input);
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

function checkSubscriptions(next: Served, running: readonly RunningSubscription[]): void {
  const broken = running.flatMap(({ source, operationName, subscribers }) => {
    const reason = tryWarm(next, source, operationName, (input) => next.engine.warm(input));
    return reason === undefined ? [] : [{ operationName: operationName ?? 'unnamed', subscribers, reason }];
  });
  if (broken.length === 0) return;
  const each = broken.map(
    ({ operationName, subscribers, reason }) => `${operationName} (${subscribers} subscribed): ${reason}`,
  );
  throw codedError('SUPERGRAPH_REFUSED', `it would break subscriptions that run: ${each.join('; ')}`, {
    broken,
  });
}

/** Twelve digits of the text's hash: enough to tell which file a gateway serves. */
function versionOf(supergraphSdl: string): string {
  return createHash('sha256').update(supergraphSdl).digest('hex').slice(0, 12);
}
