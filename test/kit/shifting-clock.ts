import { type Clock, systemClock } from '../../platform/clock.ts';

/** Runs like the system's clock, and can be put forward: for what is due in days, in a shop that really runs. */
export interface ShiftingClock extends Clock {
  /** From now on it is `ms` later. Who waits a delay out waits it out in real time. */
  shift(ms: number): void;
}

export function createShiftingClock(): ShiftingClock {
  let aheadMs = 0;
  return {
    now: () => new Date(systemClock.now().getTime() + aheadMs),
    delay: systemClock.delay,
    shift(ms) {
      aheadMs += ms;
    },
  };
}
