import type { Location } from './location.ts';

export type Connectivity = 'ONLINE' | 'DEGRADED' | 'OFFLINE';

/** After this long without a sign of life, what a place tells is taken with care. Signs are expected every half minute. */
const DEGRADED_AFTER_MS = 2 * 60_000;
/** After this long a place is taken to sell on its own, unseen. */
const OFFLINE_AFTER_MS = 10 * 60_000;

/** Whether a place can be reached. A place that has never given a sign of life is not expected to: it counts as online. */
export function connectivityOf({ lastSeenAt }: Pick<Location, 'lastSeenAt'>, now: Date): Connectivity {
  if (lastSeenAt === null) return 'ONLINE';
  const silentMs = now.getTime() - lastSeenAt.getTime();
  if (silentMs >= OFFLINE_AFTER_MS) return 'OFFLINE';
  return silentMs >= DEGRADED_AFTER_MS ? 'DEGRADED' : 'ONLINE';
}
