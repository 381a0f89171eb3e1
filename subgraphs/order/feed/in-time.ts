import type { Caller } from '../../../platform/identity/identity.ts';
import type { Room } from '../room.ts';

/** Turns taken at the same time: enough to hide the way to a sibling, little enough to leave others theirs. */
const AT_ONCE = 4;
/** Kept of the caller's time for reading back what was done, and answering. */
const MARGIN_MS = 1_000;

/**
 * Takes turns until the caller's time is nearly up. What is under way then goes on unheard, what was not begun is left out: whoever asks
 * again finds what was done. Rejects with the first surprise, when the others have ended.
 */
export async function inTime<T>(
  { clock, logger }: Pick<Room, 'clock' | 'logger'>,
  { deadlineMs, correlationId }: Caller,
  turns: Iterable<T>,
  take: (turn: T) => Promise<void>,
): Promise<void> {
  const waiting = [...turns];
  const leftMs = () => deadlineMs - MARGIN_MS - clock.now().getTime();
  const work = async () => {
    for (let turn = waiting.shift(); turn !== undefined && leftMs() > 0; turn = waiting.shift())
      await take(turn);
  };
  const all = Promise.allSettled(Array.from({ length: AT_ONCE }, work)).then(
    (workers) => workers.find((worker) => worker.status === 'rejected') ?? 'done',
  );
  const answered = new AbortController();
  const ended = await Promise.race([all, clock.delay(Math.max(0, leftMs()), answered.signal)]);
  answered.abort();
  if (ended === undefined)
    void all.then((unheard) => {
      if (unheard !== 'done')
        logger.error(
          { err: unheard.reason, correlationId },
          'something failed after its caller was answered',
        );
    });
  else if (ended !== 'done') throw ended.reason;
}
