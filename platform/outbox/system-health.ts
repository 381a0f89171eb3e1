import type { ClientSession, Connection, Model } from 'mongoose';
import type { Clock } from '../clock.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type Breaker, CLOSED, reached, triedOut, unreached } from './breaker.ts';
import type { CallOutcome } from './operation.ts';
import type { RateLimit } from './rate-limit.ts';
import { policyOf, type SystemPolicies, type SystemPolicy } from './system-policy.ts';
import { type SystemRecord, systemModel } from './system-record.ts';

/** Whether a system may be called. `try`: only by whoever takes the turn to find out how it is. */
export type Gate =
  | { readonly open: true }
  | { readonly open: 'try' }
  | { readonly open: false; readonly retryInMs: number };

/** `paused`: by a person, who ends it when they please; else the system itself says how long. */
export type ReadGate =
  | { readonly open: true }
  | { readonly open: false; readonly retryInMs: number; readonly paused: boolean };

/** How the systems of record are doing, known to all processes through the store, and what follows from it. */
export interface SystemHealth {
  readonly model: Model<SystemRecord>;
  /** Tells everybody which systems are connected. Call once at start for each connector. Throws when its policy is unusable. */
  register(system: Pick<SystemRecord, '_id' | 'connector' | 'kind' | 'owns' | 'conformance'>): Promise<void>;
  policyOf(system: string): SystemPolicy;
  /** Learns what other processes found out and what people decided, unless that was done a moment ago. */
  refresh(): Promise<void>;
  gate(system: string): Gate;
  /**
   * Whether a system may be read by those whom nobody waits for: not while a person has all calls stopped, nor while it asks for
   * patience. A breaker does not hold them back: they slow down by themselves, and find out that a system is well again.
   */
  readGate(system: string): ReadGate;
  /** Asked right before a system is read: whether what it says of its own budget leaves a call for that. */
  admitRead(system: string): { readonly open: true } | { readonly open: false; readonly retryInMs: number };
  /** Takes the turn to try a system out; false when another process has it. */
  takeTurn(system: string): Promise<boolean>;
  /** For a call that somebody waits for: whether it may be made now. While calls are held back one is let through now and then. */
  admit(system: string): { readonly open: true } | { readonly open: false; readonly retryInMs: number };
  succeeded(system: string): void;
  failed(system: string, outcome: CallOutcome): void;
  /** Stops all calls: no process begins one more than a second later; calls under way end. False: there is no such system. */
  pause(session: ClientSession, system: string, why: { by: string; reason: string }): Promise<boolean>;
  resume(session: ClientSession, system: string): Promise<boolean>;
}

/** A system that is well is written down at most this often. */
const NOTE_SUCCESS_EVERY_MS = 5_000;
/** What another process found out, or a person decided, is known here this soon. */
const REFRESH_EVERY_MS = 500;
/** A paused system is asked about this often. */
const PAUSED_RETRY_MS = 1_000;
/** Added to a call's deadline: whoever takes the turn to try a system out and dies holds it no longer. */
const TURN_MARGIN_MS = 1_000;

interface View {
  breaker: Breaker;
  heldUntilMs: number;
  paused: boolean;
  notedAtMs: number;
  /** Changes on their way to the store: what is read meanwhile is older than what is known. */
  writing: number;
}

export function createSystemHealth(options: {
  connection: Connection;
  clock: Clock;
  logger: Logger;
  policies?: SystemPolicies;
  /** What systems say of their own budgets. Default: nothing. */
  rates?: Pick<RateLimit, 'admitPoll'>;
}): SystemHealth {
  const { clock, logger } = options;
  const model = systemModel(options.connection);
  const policies = options.policies ?? {};
  const known = new Map<string, SystemPolicy>();
  const views = new Map<string, View>();
  let refreshedAtMs = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<void> | null = null;

  function policy(system: string): SystemPolicy {
    const found = known.get(system) ?? policyOf(policies, system);
    known.set(system, found);
    return found;
  }

  function viewOf(system: string): View {
    const found = views.get(system);
    if (found !== undefined) return found;
    const made: View = { breaker: CLOSED, heldUntilMs: 0, paused: false, notedAtMs: 0, writing: 0 };
    views.set(system, made);
    return made;
  }

  function write(system: string, change: Record<string, unknown>): void {
    const view = viewOf(system);
    view.writing += 1;
    model
      .updateOne({ _id: system }, change)
      .catch((error: unknown) =>
        logger.warn({ err: error, system }, 'could not write down how a system is doing'),
      )
      .finally(() => {
        view.writing -= 1;
      });
  }

  async function read(): Promise<void> {
    // What begins to be written while we read is newer than what we read.
    const before = new Map(
      [...views].map(([system, { breaker, writing }]) => [system, { breaker, writing }]),
    );
    for (const record of await model.find().lean<SystemRecord[]>()) {
      const view = viewOf(record._id);
      view.paused = record.paused != null;
      view.heldUntilMs = record.heldUntil?.getTime() ?? 0;
      const then = before.get(record._id);
      const moved =
        then !== undefined &&
        (then.breaker.state !== view.breaker.state || then.breaker.openUntilMs !== view.breaker.openUntilMs);
      if (moved || (then?.writing ?? 0) > 0 || view.writing > 0) continue;
      if (record.breaker === 'CLOSED') {
        if (view.breaker.state !== 'CLOSED') view.breaker = CLOSED;
      } else {
        const openUntilMs = record.openUntil?.getTime() ?? 0;
        view.breaker = { ...view.breaker, state: record.breaker, openUntilMs, openMs: record.openMs ?? 0 };
      }
    }
  }

  function noteBreaker(system: string, breaker: Breaker, more: Partial<SystemRecord>): void {
    const { state, openMs } = breaker;
    const openUntil = state === 'CLOSED' ? null : new Date(breaker.openUntilMs);
    write(system, { $set: { breaker: state, openUntil, openMs, ...more } });
  }

  const turnMs = (system: string) =>
    Math.max(...Object.values(policy(system).callTimeoutMs)) + TURN_MARGIN_MS;

  function readGate(system: string): ReadGate {
    const { paused, heldUntilMs } = viewOf(system);
    const nowMs = clock.now().getTime();
    if (paused) return { open: false, retryInMs: PAUSED_RETRY_MS, paused };
    if (nowMs < heldUntilMs) return { open: false, retryInMs: heldUntilMs - nowMs, paused };
    return { open: true };
  }

  return {
    model,
    policyOf: policy,
    async register({ _id, ...facts }) {
      policy(_id);
      await model.updateOne(
        { _id },
        {
          $set: facts,
          $setOnInsert: {
            breaker: 'CLOSED',
            openUntil: null,
            openMs: 0,
            heldUntil: null,
            paused: null,
            lastSuccessAt: null,
            lastErrorAt: null,
            lastErrorCode: null,
          },
        },
        { upsert: true },
      );
    },

    async refresh() {
      const nowMs = clock.now().getTime();
      if (nowMs - refreshedAtMs < REFRESH_EVERY_MS) return;
      if (refreshing === null) {
        refreshedAtMs = nowMs;
        refreshing = read().finally(() => {
          refreshing = null;
        });
      }
      await refreshing;
    },

    readGate,
    admitRead: (system) => options.rates?.admitPoll(system) ?? { open: true },

    gate(system) {
      const { breaker } = viewOf(system);
      const nowMs = clock.now().getTime();
      const quiet = readGate(system);
      if (!quiet.open) return { open: false, retryInMs: quiet.retryInMs };
      if (breaker.state === 'CLOSED') return { open: true };
      if (nowMs < breaker.openUntilMs) return { open: false, retryInMs: breaker.openUntilMs - nowMs };
      return { open: 'try' };
    },

    async takeTurn(system) {
      const view = viewOf(system);
      const nowMs = clock.now().getTime();
      const seen = view.breaker;
      if (seen.state === 'CLOSED' || nowMs < seen.openUntilMs) return false;
      const trying = triedOut(seen, turnMs(system), nowMs);
      // Before we wait for the store: the other loops of this process must not take it as well.
      view.breaker = trying;
      const { matchedCount, modifiedCount } = await model.updateOne(
        { _id: system, breaker: { $ne: 'CLOSED' }, openUntil: new Date(seen.openUntilMs) },
        { $set: { breaker: 'HALF_OPEN', openUntil: new Date(trying.openUntilMs) } },
      );
      if (matchedCount > 0) return modifiedCount > 0;
      // Somebody else's turn, or it is well again: we shall read it. A system nobody registered is ours alone to try.
      refreshedAtMs = Number.NEGATIVE_INFINITY;
      return (await model.exists({ _id: system })) === null;
    },

    admit(system) {
      const gate = this.gate(system);
      if (gate.open === false) return gate;
      if (gate.open === 'try') {
        const view = viewOf(system);
        view.breaker = triedOut(view.breaker, turnMs(system), clock.now().getTime());
        noteBreaker(system, view.breaker, {});
      }
      return { open: true };
    },

    succeeded(system) {
      const view = viewOf(system);
      const now = clock.now();
      const changed = view.breaker.state !== 'CLOSED';
      view.breaker = reached(view.breaker, policy(system).breaker);
      if (!changed && now.getTime() - view.notedAtMs < NOTE_SUCCESS_EVERY_MS) return;
      view.notedAtMs = now.getTime();
      noteBreaker(system, view.breaker, { lastSuccessAt: now });
    },

    failed(system, outcome) {
      const view = viewOf(system);
      const now = clock.now();
      const error = { lastErrorAt: now, lastErrorCode: outcome.code };
      const before = view.breaker;
      if (outcome.kind === 'unexpected') {
        // Ours, not the system's: it may never have been called.
        write(system, { $set: error });
        return;
      }
      if (outcome.kind === 'not-done' && outcome.retryAfterMs !== undefined) {
        const heldUntilMs = now.getTime() + outcome.retryAfterMs;
        view.heldUntilMs = Math.max(view.heldUntilMs, heldUntilMs);
        view.breaker = reached(before, policy(system).breaker);
        write(system, { $max: { heldUntil: new Date(heldUntilMs) } });
      } else if (outcome.kind === 'refused') {
        // A system that says no is alive.
        view.breaker = reached(before, policy(system).breaker);
      } else view.breaker = unreached(before, policy(system).breaker, now.getTime());
      if (view.breaker.state === before.state && view.breaker.openUntilMs === before.openUntilMs)
        write(system, { $set: error });
      else noteBreaker(system, view.breaker, error);
    },

    async pause(session, system, { by, reason }) {
      const paused = { by, reason, at: clock.now() };
      const { matchedCount } = await model.updateOne({ _id: system }, { $set: { paused } }, { session });
      refreshedAtMs = Number.NEGATIVE_INFINITY;
      return matchedCount > 0;
    },

    async resume(session, system) {
      // Whoever resumes a system wants to know at once how it is, not when its breaker would have looked.
      const { matchedCount } = await model.updateOne(
        { _id: system },
        { $set: { paused: null, heldUntil: null, breaker: 'CLOSED', openUntil: null, openMs: 0 } },
        { session },
      );
      refreshedAtMs = Number.NEGATIVE_INFINITY;
      return matchedCount > 0;
    },
  };
}
