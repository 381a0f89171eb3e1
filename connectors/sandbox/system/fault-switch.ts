import { z } from 'zod';
import type { Answer } from './answer.ts';

export const SANDBOX_SYSTEMS = ['erp', 'payments', 'wms', 'carrier', 'tax'] as const;
export type SandboxSystem = (typeof SANDBOX_SYSTEMS)[number];

/**
 * - `none`: works.
 * - `down`: its port is closed and its connections are cut.
 * - `slow`: every answer takes `latencyMs` longer (default 3,000).
 * - `throttled`: 429 with Retry-After of `latencyMs`, rounded up to seconds (default one). With `perSecond` it takes so many calls a second,
 *   says in RateLimit headers how many are left, and refuses only those beyond.
 * - `lossy-ack`: writes are committed, then the connection is cut without an answer.
 * - `duplicating`: change feeds repeat entries, those of the page and the ones before it.
 * - `reordering`: change feeds give each page's entries out of order.
 * - `wrong`: by turns a 500, a body that is no JSON, and an answer without its fields; nothing is done.
 */
export const FAULT_MODES = [
  'none',
  'down',
  'slow',
  'throttled',
  'lossy-ack',
  'duplicating',
  'reordering',
  'wrong',
] as const;
export type FaultMode = (typeof FAULT_MODES)[number];

export interface Fault {
  mode: FaultMode;
  /** The share of requests it strikes, 0 to 1. A system that is `down` is down for all. */
  rate: number;
  latencyMs?: number | undefined;
  /** The calls a second that a `throttled` system still takes; none when left out. */
  perSecond?: number | undefined;
}

export const faultSchema = z.object({
  system: z.enum(SANDBOX_SYSTEMS),
  mode: z.enum(FAULT_MODES),
  rate: z.number().min(0).max(1).default(1),
  latencyMs: z.number().int().min(0).max(120_000).optional(),
  perSecond: z.number().int().min(1).max(10_000).optional(),
});

/** What is wrong with each system at the moment. Kept in memory: a restart begins healthy. */
export interface FaultSwitch {
  set(system: SandboxSystem, fault: Fault): void;
  all(): Record<SandboxSystem, Fault>;
  /** The fault that strikes this one request. */
  strike(system: SandboxSystem): Fault;
  /** The next of the wrong answers. */
  wrongAnswer(): Answer | 'no-json';
}

const HEALTHY: Fault = { mode: 'none', rate: 1 };

/** `random` gives [0, 1); a test passes its own to make a `rate` repeatable. */
export function createFaultSwitch(random: () => number): FaultSwitch {
  const faults: Record<SandboxSystem, Fault> = {
    erp: HEALTHY,
    payments: HEALTHY,
    wms: HEALTHY,
    carrier: HEALTHY,
    tax: HEALTHY,
  };
  let wrongAnswers = 0;
  return {
    set(system, fault) {
      faults[system] = fault;
    },
    all: () => ({ ...faults }),
    strike(system) {
      const fault = faults[system];
      const strikes = fault.mode === 'down' || random() < fault.rate;
      return strikes ? fault : HEALTHY;
    },
    wrongAnswer() {
      wrongAnswers += 1;
      if (wrongAnswers % 3 === 1)
        return { status: 500, body: { error: { code: 'INTERNAL', message: 'internal error' } } };
      return wrongAnswers % 3 === 2 ? 'no-json' : { status: 200, body: {} };
    },
  };
}

/** A change page as a duplicating or reordering feed would give it. `before` are entries that were given earlier. */
export function disturbPage<T>(mode: FaultMode, page: readonly T[], before: readonly T[]): T[] {
  if (mode === 'duplicating') return [...before, ...page.flatMap((entry) => [entry, entry])];
  if (mode === 'reordering') return [...page].reverse();
  return [...page];
}
