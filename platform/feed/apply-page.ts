import type { FeedChange } from './feed.ts';
import type { PollerOptions } from './poller-options.ts';
import type { Quarantine } from './quarantine.ts';

/**
 * Applies pages of one feed: what is good is applied, what is bad or refused is set aside, and what was set aside before ends when a good
 * record of the same name comes after it. Rejects, after telling `failed`, when the room could not apply a page: it is to be applied again.
 */
export function createPageApplier<T>(options: {
  readonly quarantine: Quarantine;
  readonly keyOf: PollerOptions<T>['keyOf'];
  readonly apply: PollerOptions<T>['apply'];
  readonly failed: (error: unknown) => void;
}): (changes: readonly FeedChange<T>[]) => Promise<void> {
  const { quarantine } = options;

  return async (changes) => {
    const good = changes.flatMap(({ record, ...head }) =>
      record === undefined ? [] : [{ ...head, record }],
    );
    for (const change of changes) {
      if (change.rejected !== undefined) await quarantine.setAside(change.eventId, change.rejected);
    }
    if (good.length === 0) return;
    try {
      const refused = await options.apply(good);
      const keys = keysOf(changes, options.keyOf);
      for (const { eventId, rejected } of refused) {
        const key = keys.get(eventId);
        await quarantine.setAside(eventId, { ...rejected, ...(key === undefined ? {} : { key }) });
      }
      const bad = new Set(refused.map(({ eventId }) => eventId));
      await quarantine.mended(endedWell(changes, keys, bad));
    } catch (error) {
      options.failed(error);
      throw error;
    }
  };
}

/** The names of the records of a page, by their changes; a change whose record has none is left out. */
function keysOf<T>(
  changes: readonly FeedChange<T>[],
  keyOf: ((record: T) => string | null) | undefined,
): ReadonlyMap<string, string> {
  return new Map(
    changes.flatMap(({ eventId, record, rejected }) => {
      const key = record === undefined ? rejected?.key : keyOf?.(record);
      return key === undefined || key === null ? [] : [[eventId, key] as const];
    }),
  );
}

/** The names of which the last that a page tells is good. */
function endedWell<T>(
  changes: readonly FeedChange<T>[],
  keys: ReadonlyMap<string, string>,
  refused: ReadonlySet<string>,
): string[] {
  const last = new Map<string, boolean>();
  for (const { eventId, rejected } of changes) {
    const key = keys.get(eventId);
    if (key !== undefined) last.set(key, rejected === undefined && !refused.has(eventId));
  }
  return [...last].flatMap(([key, good]) => (good ? [key] : []));
}
