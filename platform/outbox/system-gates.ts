import type { Clock } from '../clock.ts';
import { createLaneSlots, type LaneSlots } from './lane-slots.ts';
import type { Lane } from './operation.ts';
import type { RateLimit } from './rate-limit.ts';
import { createRetryQuota, type RetryQuota } from './retry-quota.ts';
import type { SystemHealth } from './system-health.ts';

/** Leave to make one call. */
export interface Ticket {
  /** Whether the call may be a repeat of one that failed. */
  readonly allowsRepeat: boolean;
  /** The call has ended, or there was none to make. */
  leave(call?: { repeat: boolean; failed: boolean }): void;
}

/** What stands between the dispatchers of one process and the systems of record. */
export interface SystemGates {
  /**
   * Leave to call `system` for a class of work; null when it must not be called now: it is paused, held back, asks for patience, or
   * others fill it. `hasWork` is asked before anything is used up that all processes share.
   */
  enter(system: string, lane: Lane, hasWork: () => Promise<boolean>): Promise<Ticket | null>;
}

/** One for all dispatchers of a process: a system's bulkhead is the process's, whoever's work it is. */
export function createSystemGates(options: {
  health: SystemHealth;
  rates: RateLimit;
  clock: Clock;
}): SystemGates {
  const { health, rates, clock } = options;
  const systems = new Map<string, { slots: LaneSlots; quota: RetryQuota }>();

  function stateOf(system: string) {
    const known = systems.get(system);
    if (known !== undefined) return known;
    const policy = health.policyOf(system);
    const made = { slots: createLaneSlots(policy.bulkhead), quota: createRetryQuota(policy.retryQuota) };
    systems.set(system, made);
    return made;
  }

  async function granted(system: string, lane: Lane, hasWork: () => Promise<boolean>): Promise<boolean> {
    const gate = health.gate(system);
    if (gate.open === false) return false;
    const { rate } = health.policyOf(system);
    if (gate.open === true && !rates.limits(system, rate)) return true;
    if (!(await hasWork())) return false;
    if (!(await rates.take(system, lane, rate))) return false;
    return gate.open === true || health.takeTurn(system);
  }

  return {
    async enter(system, lane, hasWork) {
      await health.refresh();
      const { slots, quota } = stateOf(system);
      if (!slots.take(lane)) return null;
      let left = false;
      const leave: Ticket['leave'] = (call) => {
        if (left) return;
        left = true;
        slots.giveBack(lane);
        if (call !== undefined) quota.ended(call, clock.now().getTime());
      };
      try {
        const isTry = health.gate(system).open === 'try';
        if (await granted(system, lane, hasWork))
          return { allowsRepeat: isTry || quota.allowsRepeat(clock.now().getTime()), leave };
      } catch (error) {
        leave();
        throw error;
      }
      leave();
      return null;
    },
  };
}
