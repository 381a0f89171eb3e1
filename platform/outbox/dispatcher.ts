import type { ClientSession } from 'mongoose';
import type { Clock } from '../clock.ts';
import { deriveKey, newId } from '../ids.ts';
import { renewing } from '../renewing.ts';
import type { Store } from '../store/store.ts';
import type { Running } from '../subgraph.ts';
import type { Logger } from '../telemetry/logger.ts';
import { failedSystem, outcomeOf } from './call-error.ts';
import { createWorkFinder } from './find-work.ts';
import { createIdleLoops } from './idle-loops.ts';
import { type Leased, markSent, renewLease } from './lease.ts';
import { afterFailure, type OperationRecord, type OperationStepRecord, type StepMove } from './operation.ts';
import type { Operations } from './operations.ts';
import { recordMove, STILL_SETTLING } from './record-move.ts';
import type { SystemGates, Ticket } from './system-gates.ts';
import type { SystemHealth } from './system-health.ts';

/** What one call is told beside the operation itself. */
export interface StepCall {
  /** The same for every attempt of this step of this intent. */
  readonly key: string;
  readonly correlationId: string;
  readonly attempt: number;
  /** When the effect last went out before this call: the end of the call that left doubt, its start if its process died. Null: never. */
  readonly lastSentAt: Date | null;
  /** Aborts at the deadline of the call. */
  readonly signal: AbortSignal;
}

export interface StepHandler {
  /** Sends the step's effect. Throws an error with an `outcome` (see `call-error.ts`) when it did not succeed. */
  send(operation: OperationRecord, call: StepCall): Promise<{ externalId: string }>;
  /**
   * Asks whether the effect happened. Null: certainly not, and it is sent. `askAgainInMs`: the system is well, but what is not there
   * now may still appear until then.
   */
  ask(operation: OperationRecord, call: StepCall): Promise<StepAnswer | null>;
}

export type StepAnswer = { readonly externalId: string } | { readonly askAgainInMs: number };

export interface OperationHandler {
  readonly kind: string;
  /** By step name. */
  readonly steps: Readonly<Record<string, StepHandler>>;
  /** Runs in the transaction that records what became of a step, so that the owner's state and the operation never disagree. */
  onStep?(session: ClientSession, operation: OperationRecord, step: OperationStepRecord): Promise<void>;
}

export interface DispatcherOptions {
  readonly owner: string;
  /** The systems its operations call. A step for any other is left to whoever names it here. */
  readonly systems: readonly string[];
  readonly handlers: readonly OperationHandler[];
  readonly operations: Operations;
  readonly health: SystemHealth;
  readonly gates: SystemGates;
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Operations under way at once in this process. More than a system's bulkhead, so that a hung one leaves hands for the others. Default 16. */
  readonly concurrency?: number;
  readonly random?: () => number;
  /** How soon the work of a dispatcher that died is taken on by another; a living one renews its lease three times as often. Default 12,000. */
  readonly leaseMs?: number;
}

/** How often an idle dispatcher looks for work another process wrote. What it knows itself to come due sooner, it does sooner. */
const LOOK_EVERY_MS = 500;

/** Carries out the operations of one owner: in order per aggregate, once per intent, until they end or are parked. */
export function createDispatcher(options: DispatcherOptions): Running {
  const { owner, operations, clock, logger, health } = options;
  const { model } = operations;
  const random = options.random ?? Math.random;
  const concurrency = options.concurrency ?? 16;
  const idle = createIdleLoops({ clock, lookEveryMs: LOOK_EVERY_MS, loops: concurrency });
  const handlers = new Map(options.handlers.map((handler) => [handler.kind, handler]));
  const worker = `${owner}/${newId()}`;
  const leaseMs = options.leaseMs ?? 12_000;
  const lease = { model, clock, worker, leaseMs };
  const findWork = createWorkFinder({ owner, systems: options.systems, gates: options.gates, lease });
  let stopping = new AbortController();
  let loops: Promise<void>[] = [];

  async function attempt(leased: Leased): Promise<StepMove> {
    const { operation } = leased;
    const step = operation.steps[leased.stepIndex];
    const handler = step === undefined ? undefined : handlers.get(operation.kind)?.steps[step.name];
    if (step === undefined || handler === undefined) {
      return {
        step: 'FAILED',
        code: 'NO_HANDLER',
        message: `no handler for ${operation.kind}/${step?.name ?? 'end'}`,
      };
    }
    const call: StepCall = {
      key: deriveKey(operation.idempotencyKey, `${operation.kind}/${step.name}`),
      correlationId: operation.correlationId,
      attempt: step.attempts,
      lastSentAt: leased.lastSentAt,
      signal: AbortSignal.timeout(health.policyOf(step.system).callTimeoutMs[operation.lane]),
    };
    if (leased.wasInFlight) {
      const answered = await settled(operation, step, async () => {
        const answer = await handler.ask(operation, call);
        return answer === null ? null : moveAfter(answer, step.system);
      });
      // A question that did not get through leaves the doubt as it was: forgetting it would send a second time.
      if (answered?.step === 'PENDING') return { ...answered, step: 'IN_DOUBT' };
      if (answered !== null) return answered;
      step.lastSentAt = await markSent(leased, lease);
    }
    const sent = await settled(operation, step, async () =>
      moveAfter(await handler.send(operation, call), step.system),
    );
    if (sent.step === 'IN_DOUBT') step.lastSentAt = clock.now();
    return sent;
  }

  /** What `work` answers, or the move that follows from its failure; the system's health hears of both. */
  async function settled<M extends StepMove | null>(
    operation: OperationRecord,
    step: OperationStepRecord,
    work: () => Promise<M>,
  ): Promise<M | StepMove> {
    try {
      const move = await work();
      health.succeeded(step.system);
      return move;
    } catch (error) {
      const outcome = outcomeOf(error);
      // A sibling that could not be asked says nothing about the system that was not called.
      if (failedSystem(error) === null || failedSystem(error) === step.system)
        health.failed(step.system, outcome);
      if (outcome.kind === 'unexpected') step.surprises += 1;
      logger.warn(
        {
          operation: operation._id,
          kind: operation.kind,
          step: step.name,
          system: step.system,
          attempt: step.attempts,
          outcome: outcome.kind,
          code: outcome.code,
          correlationId: operation.correlationId,
          err: error,
        },
        'call to a system of record failed',
      );
      return afterFailure(outcome, step, health.policyOf(step.system).retry, random());
    }
  }

  async function carryOut(leased: Leased, ticket: Ticket): Promise<StepMove> {
    const repeat = leased.operation.repeat;
    let failed = true;
    try {
      const renew = () => renewLease(leased, lease);
      const move = await renewing({ everyMs: leaseMs / 3, clock, logger, renew }, () => attempt(leased));
      failed = 'retryInMs' in move && move.code !== STILL_SETTLING;
      return move;
    } finally {
      ticket.leave({ repeat, failed });
    }
  }

  async function loop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const found = await findWork();
        if (found === null) {
          await idle.rest(signal);
          continue;
        }
        // There may be more where this came from.
        idle.wake();
        const { leased, ticket } = found;
        const move = await carryOut(leased, ticket);
        await recordMove(leased, move, {
          store: options.store,
          model,
          clock,
          worker,
          onStep: handlers.get(leased.operation.kind)?.onStep,
        });
        if ('retryInMs' in move) idle.wakeIn(move.retryInMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        logger.error(
          { err: error, owner },
          'dispatcher could not record an outcome; the lease will run out and the step be asked about',
        );
        await clock.delay(LOOK_EVERY_MS, signal);
      }
    }
  }

  let unlisten = () => {};
  return {
    name: `dispatcher ${owner}`,
    async start() {
      stopping = new AbortController();
      unlisten = operations.onWake(owner, idle.wake);
      loops = Array.from({ length: concurrency }, () => loop(stopping.signal));
    },
    async stop() {
      stopping.abort();
      unlisten();
      await Promise.all(loops);
    },
    health: () => ({ ready: !stopping.signal.aborted }),
  };
}

function moveAfter(answer: StepAnswer, system: string): StepMove {
  if ('externalId' in answer) return { step: 'SUCCEEDED', externalId: answer.externalId };
  return {
    step: 'IN_DOUBT',
    retryInMs: answer.askAgainInMs,
    code: STILL_SETTLING,
    message: `${system} does not show it, but may still be committing it`,
  };
}
