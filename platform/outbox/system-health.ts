import { type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { CallOutcome } from './operation.ts';

export type BreakerState = 'CLOSED' | 'HALF_OPEN' | 'OPEN';

/** A system of record as the dispatchers and feeds of all processes last saw it. */
export interface SystemRecord {
  _id: string;
  connector: string;
  kind: string;
  owns: string[];
  breaker: BreakerState;
  lastSuccessAt: Date | null;
  lastErrorAt: Date | null;
  lastErrorCode: string | null;
  conformance: string;
}

export interface SystemHealth {
  readonly model: Model<SystemRecord>;
  /** Tells everybody which systems are connected. Call once at start for each connector. */
  register(system: Pick<SystemRecord, '_id' | 'connector' | 'kind' | 'owns' | 'conformance'>): Promise<void>;
  /** Whether a call may be tried now. While the breaker is open one call is let through each `openMs` to find out. */
  admit(system: string): { readonly open: true } | { readonly open: false; readonly retryInMs: number };
  succeeded(system: string): void;
  failed(system: string, outcome: CallOutcome): void;
}

/** Consecutive failures to reach a system after which calls are held back. */
const FAILURES_TO_OPEN = 5;
/** How long calls are held back before one is let through again. */
const OPEN_MS = 2_000;
/** A system that is well is written down at most this often. */
const NOTE_SUCCESS_EVERY_MS = 5_000;

interface Breaker {
  failures: number;
  openUntilMs: number;
  state: BreakerState;
  notedAtMs: number;
}

export function createSystemHealth(options: {
  connection: Connection;
  clock: Clock;
  logger: Logger;
}): SystemHealth {
  const { connection, clock } = options;
  const model: Model<SystemRecord> =
    connection.models['System'] ?? connection.model<SystemRecord>('System', systemSchema());
  const breakers = new Map<string, Breaker>();

  function breakerOf(system: string): Breaker {
    const known = breakers.get(system);
    if (known !== undefined) return known;
    const made: Breaker = { failures: 0, openUntilMs: 0, state: 'CLOSED', notedAtMs: 0 };
    breakers.set(system, made);
    return made;
  }

  function note(system: string, change: Partial<SystemRecord>): void {
    model.updateOne({ _id: system }, { $set: change }).catch((error: unknown) => {
      options.logger.warn({ err: error, system }, 'could not write down how a system is doing');
    });
  }

  return {
    model,
    async register(system) {
      const { _id, ...facts } = system;
      await model.updateOne(
        { _id },
        {
          $set: facts,
          $setOnInsert: { breaker: 'CLOSED', lastSuccessAt: null, lastErrorAt: null, lastErrorCode: null },
        },
        { upsert: true },
      );
    },
    admit(system) {
      const breaker = breakerOf(system);
      if (breaker.state === 'CLOSED') return { open: true };
      const nowMs = clock.now().getTime();
      if (nowMs < breaker.openUntilMs) return { open: false, retryInMs: breaker.openUntilMs - nowMs };
      breaker.state = 'HALF_OPEN';
      breaker.openUntilMs = nowMs + OPEN_MS;
      return { open: true };
    },
    succeeded(system) {
      const breaker = breakerOf(system);
      const now = clock.now();
      const changed = breaker.state !== 'CLOSED';
      breaker.failures = 0;
      breaker.state = 'CLOSED';
      if (!changed && now.getTime() - breaker.notedAtMs < NOTE_SUCCESS_EVERY_MS) return;
      breaker.notedAtMs = now.getTime();
      note(system, { breaker: 'CLOSED', lastSuccessAt: now });
    },
    failed(system, outcome) {
      const breaker = breakerOf(system);
      const now = clock.now();
      // A system that says no is alive.
      if (outcome.kind === 'refused') {
        breaker.failures = 0;
        breaker.state = 'CLOSED';
      } else {
        breaker.failures += 1;
        if (breaker.failures >= FAILURES_TO_OPEN) {
          breaker.state = 'OPEN';
          breaker.openUntilMs = now.getTime() + OPEN_MS;
        }
      }
      note(system, { breaker: breaker.state, lastErrorAt: now, lastErrorCode: outcome.code });
    },
  };
}

function systemSchema(): Schema<SystemRecord> {
  return new Schema<SystemRecord>(
    {
      _id: String,
      connector: String,
      kind: String,
      owns: [String],
      breaker: { type: String, default: 'CLOSED' },
      lastSuccessAt: { type: Date, default: null },
      lastErrorAt: { type: Date, default: null },
      lastErrorCode: { type: String, default: null },
      conformance: String,
    },
    { versionKey: false, collection: 'systems' },
  );
}
