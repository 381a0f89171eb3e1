import { CommandError, fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Transaction } from '../store/transaction.ts';
import { timestampBits } from '../values/compare.ts';
import { isDocument, isTimestamp } from '../values/kinds.ts';

/** A state of the store at one time, which later reads may name by that time. */
export type Snapshot = { time: bigint; transaction: Transaction };

export type Snapshots = {
  /** The snapshot a read concern names by `atClusterTime`; a new one of now when it names none. */
  at(readConcern: unknown): Promise<Snapshot>;
  expire(): void;
  releaseAll(): void;
};

const lifetimeMs = 5 * 60_000;
const maxSnapshots = 1000;

/**
 * Keeps the states that snapshot reads outside transactions were given, for five minutes after their last use. Times
 * that were never given out cannot be read (SnapshotTooOld).
 */
export function createSnapshots(store: Store): Snapshots {
  const held = new Map<bigint, { snapshot: Snapshot; lastUsedMs: number }>();

  function release(time: bigint): void {
    const found = held.get(time);
    if (found) store.end(found.snapshot.transaction);
    held.delete(time);
  }

  return {
    async at(readConcern) {
      const wanted = isDocument(readConcern) ? readConcern.atClusterTime : undefined;
      if (wanted !== undefined && !isTimestamp(wanted))
        fail('TypeMismatch', 'atClusterTime must be a timestamp');
      // Only what is on disk may be shown under a time that others can come back to.
      if (wanted === undefined) await store.journal.durable();
      const time = wanted === undefined ? store.oplog.durableTime() : timestampBits(wanted);
      let found = held.get(time);
      if (!found) {
        if (wanted !== undefined)
          throw new CommandError(
            'SnapshotTooOld',
            'Read timestamp is older than the oldest available timestamp.',
          );
        if (held.size >= maxSnapshots)
          fail('SnapshotTooOld', `more than ${maxSnapshots} snapshots are in use`);
        found = { snapshot: { time, transaction: store.begin() }, lastUsedMs: 0 };
        held.set(time, found);
      }
      found.lastUsedMs = store.nowMs();
      return found.snapshot;
    },
    expire() {
      for (const [time, { lastUsedMs }] of held) if (store.nowMs() - lastUsedMs > lifetimeMs) release(time);
    },
    releaseAll() {
      for (const time of held.keys()) release(time);
    },
  };
}
