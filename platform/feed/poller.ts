import { type Model, Schema } from 'mongoose';
import { createArrivals } from '../inbox/arrivals.ts';
import { arrange } from '../inbox/in-sequence.ts';
import type { PushedChanges } from '../inbox/pushed-changes.ts';
import { failedSystem, outcomeOf } from '../outbox/call-error.ts';
import type { Running } from '../subgraph.ts';
import { createPageApplier } from './apply-page.ts';
import type { FeedPage } from './feed.ts';
import type { PollerOptions } from './poller-options.ts';
import { createQuarantine } from './quarantine.ts';

interface PlaceRecord {
  _id: string;
  cursor: string;
  at: Date;
  /** When the feed was first read to its end: since then the store can answer, however old the answer. */
  completedAt: Date | null;
}

export interface Poller extends Running {
  /** Whether the feed has once been read to its end since start. */
  caughtUp(): boolean;
}

const READ_TIMEOUT_MS = 15_000;
const PAGE_SIZE = 500;
const GAP_MS = 300;
/** A system that is paused or resumed by another process is seen to be this soon. */
const LOOK_EVERY_MS = 500;
const MAX_BACKOFF_MS = 30_000;

/**
 * Reads one feed of one system page by page from where it stood, applies what is good and sets aside what is not. It is ready when
 * this store has once had all of the feed: what a system told before it went down can still be answered.
 */
export function createPoller<T>(options: PollerOptions<T>): Poller {
  const { connection, clock, logger, health } = options;
  const everyMs = options.everyMs ?? 1_000;
  const gapMs = options.gapMs ?? GAP_MS;
  const arrivals = createArrivals();
  const places: Model<PlaceRecord> =
    connection.models['FeedPlace'] ??
    connection.model<PlaceRecord>(
      'FeedPlace',
      new Schema<PlaceRecord>(
        { _id: String, cursor: String, at: Date, completedAt: { type: Date, default: null } },
        { versionKey: false, collection: 'feedPlaces' },
      ),
    );
  let stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let stopListening: (() => void) | undefined;
  let lastError: string | undefined;
  let caughtUp = false;
  let everComplete = false;

  const quarantine = createQuarantine({
    feed: options.name,
    system: options.system,
    connection,
    clock,
    logger,
  });
  const apply = createPageApplier<T>({
    quarantine,
    keyOf: options.keyOf,
    apply: options.apply,
    // Ours, and shown; the system did its part.
    failed: (error) =>
      health.failed(options.system, { kind: 'unexpected', code: 'UNEXPECTED', message: String(error) }),
  });

  /** Applies what was pushed and is next; answers whether something waits behind a hole. */
  async function takePushed(pushed: PushedChanges<T>): Promise<boolean> {
    const place = await places.findById(options.name).lean<PlaceRecord>();
    // A feed that was never read has no place from which to count.
    if (place === null) return false;
    const position = pushed.positionOf(place.cursor);
    const { next, early } = arrange(position, await pushed.after(position, options.pageSize ?? PAGE_SIZE));
    const last = next.at(-1);
    if (last !== undefined) {
      await apply(next);
      // Guarded: another process may have read on meanwhile, and a place never goes back.
      await places.updateOne(
        { _id: options.name, cursor: place.cursor },
        { $set: { cursor: pushed.cursorOf(last.position), at: clock.now() } },
      );
    }
    return early.length > 0;
  }

  /**
   * Until the feed may and is to be read again: what is pushed is applied as it arrives, and a hole that stays is a reason to read at
   * once, except after a failure. A system that is paused, or asked for patience, is not read; one that is resumed is read at once.
   */
  async function rest(forMs: number, afterFailure: boolean, signal: AbortSignal): Promise<void> {
    let dueMs = clock.now().getTime() + forMs;
    let holeSinceMs = Number.POSITIVE_INFINITY;
    let wasPaused = false;
    while (!signal.aborted) {
      // Whoever cannot learn more goes by what they know.
      await health.refresh().catch(() => undefined);
      const gate = health.readGate(options.system);
      const nowMs = clock.now().getTime();
      const untilMs = Math.min(dueMs, afterFailure ? dueMs : holeSinceMs + gapMs);
      if (gate.open && (wasPaused || nowMs >= untilMs)) {
        const read = health.admitRead(options.system);
        if (read.open) return;
        await clock.delay(Math.min(read.retryInMs, LOOK_EVERY_MS), signal);
        continue;
      }
      wasPaused ||= !gate.open && gate.paused;
      // Orders go first once the system's patience is used up: feeds that all read at that moment would use up the next at once.
      if (!gate.open && !gate.paused) dueMs = Math.max(dueMs, nowMs + gate.retryInMs + everyMs);
      const waitMs = gate.open ? untilMs - nowMs : gate.retryInMs;
      await clock.delay(Math.min(waitMs, LOOK_EVERY_MS), arrivals.next(signal));
      if (options.pushed === undefined || !arrivals.take()) continue;
      const hasHole = await takePushed(options.pushed);
      holeSinceMs = hasHole ? Math.min(holeSinceMs, nowMs) : Number.POSITIVE_INFINITY;
    }
  }

  async function read(cursor: string | null, signal: AbortSignal): Promise<FeedPage<T>> {
    try {
      const page = await options.read(cursor, {
        limit: options.pageSize ?? PAGE_SIZE,
        signal: AbortSignal.any([signal, AbortSignal.timeout(READ_TIMEOUT_MS)]),
      });
      health.succeeded(options.system);
      return page;
    } catch (error) {
      // A sibling that could not be asked says nothing about the system.
      const failed = failedSystem(error) ?? options.system;
      if (!signal.aborted && failed === options.system) health.failed(options.system, outcomeOf(error));
      throw error;
    }
  }

  /** Reads and applies one page; answers whether there is more to read at once. */
  async function turn(signal: AbortSignal): Promise<boolean> {
    const place = await places.findById(options.name).lean<PlaceRecord>();
    const page = await read(place?.cursor ?? null, signal);
    await apply(page.changes);
    const completedAt = place?.completedAt ?? (page.more ? null : clock.now());
    if (page.cursor !== place?.cursor || completedAt?.getTime() !== place?.completedAt?.getTime()) {
      await places.updateOne(
        { _id: options.name },
        { $set: { cursor: page.cursor, at: clock.now(), completedAt } },
        { upsert: true },
      );
    }
    everComplete = completedAt !== null;
    return page.more;
  }

  async function run(signal: AbortSignal): Promise<void> {
    let waitMs = 0;
    let backoffMs = everyMs;
    while (!signal.aborted) {
      try {
        await rest(waitMs, lastError !== undefined, signal);
        if (signal.aborted) return;
        const more = await turn(signal);
        lastError = undefined;
        backoffMs = everyMs;
        waitMs = more ? 0 : everyMs;
        if (!more) caughtUp = true;
      } catch (error) {
        if (signal.aborted) return;
        lastError = error instanceof Error ? error.message : String(error);
        waitMs = backoffMs;
        logger.warn(
          { err: error, feed: options.name, retryMs: waitMs },
          'a feed could not be read or applied',
        );
        // Patience that was asked for is waited for at the gate, and is no reason to slow down beyond it.
        if (health.readGate(options.system).open) backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS);
      }
    }
  }

  return {
    name: `feed ${options.name}`,
    async start() {
      stopping = new AbortController();
      everComplete = (await places.findById(options.name).lean<PlaceRecord>())?.completedAt != null;
      stopListening = options.pushed?.onArrival(() => arrivals.came());
      running = run(stopping.signal);
    },
    async stop() {
      stopListening?.();
      stopping.abort();
      await running;
    },
    health: () => ({
      ready: everComplete,
      ...(lastError === undefined
        ? everComplete
          ? {}
          : { detail: 'not read to its end yet' }
        : { detail: lastError }),
    }),
    caughtUp: () => caughtUp,
  };
}
