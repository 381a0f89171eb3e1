import type { Clock } from '../../platform/clock.ts';
import { GraphError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/telemetry/logger.ts';
import { type CallOutcome, Circuit, type CircuitOptions, DEFAULT_CIRCUIT } from './circuit.ts';
import type { SubgraphCall, SubgraphTransport } from './transport.ts';

export interface Containment {
  /** Calls to one subgraph at once; more wait for their turn. Default 256. */
  readonly maxCalls: number;
  /** Calls that wait; one more is refused with reason OVERLOADED. Default 2,000. */
  readonly maxWaitingCalls: number;
  /** A call that runs into its deadline counts as the subgraph's failure when it had at least this long. Default 1,000. */
  readonly minPatienceMs: number;
  readonly circuit: CircuitOptions;
}

export const DEFAULT_CONTAINMENT: Containment = {
  maxCalls: 256,
  maxWaitingCalls: 2000,
  minPatienceMs: 1000,
  circuit: DEFAULT_CIRCUIT,
};

/** Why a call was refused without asking: it is `extensions.reason` beside the code SUBGRAPH_UNAVAILABLE. */
export type RefusalReason = 'CIRCUIT_OPEN' | 'OVERLOADED';

export interface ContainmentObserver {
  refused(subgraph: string, reason: RefusalReason): void;
  circuit(subgraph: string, state: 'open' | 'closed'): void;
}

/**
 * The same transport, kept from harming the rest: a subgraph that fails is left alone for a while, and one that is slow holds only so
 * many calls. Subscriptions pass: each has a connection of its own, and its end is told to its client.
 */
export function contain(
  transport: SubgraphTransport,
  options: { containment: Containment; observer: ContainmentObserver; logger: Logger; clock: Clock },
): SubgraphTransport {
  const { name } = transport;
  const { containment, observer, logger, clock } = options;
  const circuit = new Circuit(containment.circuit);
  const turns = createTurns(containment.maxCalls);
  observer.circuit(name, 'closed');

  const nowMs = () => clock.now().getTime();
  const refuse = (reason: RefusalReason, message: string, facts: Record<string, unknown> = {}) => {
    observer.refused(name, reason);
    return new GraphError('SUBGRAPH_UNAVAILABLE', message, { reason, ...facts });
  };
  const checkCircuit = () => {
    const retryAfterMs = circuit.refusedForMs(nowMs());
    if (retryAfterMs === undefined) return;
    throw refuse('CIRCUIT_OPEN', `subgraph ${name} has failed and is not asked for a while`, {
      retryAfterMs,
    });
  };
  const record = (permit: ReturnType<Circuit['enter']>, outcome: CallOutcome) => {
    const wasClosed = circuit.isClosed;
    circuit.record(permit, outcome, nowMs());
    if (circuit.isClosed === wasClosed) return;
    observer.circuit(name, wasClosed ? 'open' : 'closed');
    if (wasClosed) logger.warn({ subgraph: name }, 'a subgraph fails and is not asked for a while');
    else logger.info({ subgraph: name }, 'a subgraph answers again');
  };

  return {
    name,
    subscribe: (request, call, sink) => transport.subscribe(request, call, sink),
    check: (signal) => transport.check(signal),
    stop: () => transport.stop(),
    async fetch(request, call) {
      checkCircuit();
      if (!turns.take()) {
        if (turns.waiting >= containment.maxWaitingCalls) {
          throw refuse('OVERLOADED', `too many calls wait for subgraph ${name}`);
        }
        await turns.wait(call.signal);
      }
      try {
        // It may have opened while this call waited.
        checkCircuit();
        const permit = circuit.enter();
        try {
          const answer = await transport.fetch(request, call);
          record(permit, 'answered');
          return answer;
        } catch (cause) {
          record(permit, outcomeOf(cause, call, containment.minPatienceMs));
          throw cause;
        }
      } finally {
        turns.giveBack();
      }
    },
  };
}

/** A client that has gone, and a deadline that was near from the start or set by the client, say nothing of the subgraph. */
function outcomeOf(cause: unknown, call: SubgraphCall, minPatienceMs: number): CallOutcome {
  if (!(cause instanceof GraphError)) return 'failed';
  if (cause.code === 'UNAVAILABLE') return 'unknown';
  const hasty = call.impatient === true || call.timeoutMs < minPatienceMs;
  return cause.code === 'DEADLINE_EXCEEDED' && hasty ? 'unknown' : 'failed';
}

/** So many at once; the others wait in the order they came. */
function createTurns(max: number) {
  const queue = new Set<() => void>();
  let taken = 0;
  return {
    get waiting() {
      return queue.size;
    },
    take(): boolean {
      if (taken >= max) return false;
      taken += 1;
      return true;
    },
    /** Resolves with a turn taken, rejects with the signal's reason. */
    wait: (signal: AbortSignal): Promise<void> =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const leave = () => {
          queue.delete(enter);
          reject(signal.reason);
        };
        const enter = () => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        signal.addEventListener('abort', leave, { once: true });
        queue.add(enter);
      }),
    giveBack(): void {
      const [next] = queue;
      if (next === undefined) {
        taken -= 1;
        return;
      }
      // The turn goes straight to whoever waits longest; nobody can take it in between.
      queue.delete(next);
      next();
    },
  };
}
