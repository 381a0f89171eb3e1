import type { SystemRecord } from '../../../platform/outbox/system-record.ts';

export type SystemState = 'UP' | 'DEGRADED' | 'DOWN' | 'PAUSED';

/** What waits for a system. */
export interface Backlog {
  readonly count: number;
  /** When the oldest of what waits for the system alone, and not behind other work, was accepted; null when there is none. */
  readonly oldestAt: Date | null;
}

/** Work that waits longer than this is not just passing through. */
const WAITS_TOO_LONG_MS = 60_000;

/** How a system is doing, from what the last calls found and what waits for it. */
export function systemState(system: SystemRecord, backlog: Backlog, now: Date): SystemState {
  if (system.paused != null) return 'PAUSED';
  if (system.breaker === 'OPEN') return 'DOWN';
  if (system.breaker === 'HALF_OPEN') return 'DEGRADED';
  if (backlog.oldestAt !== null && now.getTime() - backlog.oldestAt.getTime() > WAITS_TOO_LONG_MS)
    return 'DEGRADED';
  const { lastErrorAt, lastSuccessAt } = system;
  return lastErrorAt !== null && (lastSuccessAt === null || lastErrorAt > lastSuccessAt) ? 'DEGRADED' : 'UP';
}
