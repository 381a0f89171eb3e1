import { type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import { hashOf } from '../idempotency/idempotency.ts';
import type { SystemHealth } from '../outbox/system-health.ts';
import type { Running } from '../subgraph.ts';
import type { Logger } from '../telemetry/logger.ts';

/** A page of a feed, in the shape every connector's `readChanges` answers. */
export interface FeedPage<T> {
  readonly changes: readonly FeedChange<T>[];
  readonly cursor: string;
  readonly more: boolean;
}

/** A record as it stands after a change, or the reason why it could not be read. */
export interface FeedChange<T> {
  readonly eventId: string;
  readonly occurredAt: string;
  readonly record?: T | undefined;
  readonly rejected?: FeedRejection | undefined;
}

export interface FeedRejection {
  readonly code: string;
  readonly message: string;
  readonly field?: readonly string[] | undefined;
  /** What came in, for the person who has to mend it. */
  readonly raw: string;
}

/** A change whose record could be read. */
export interface GoodChange<T> extends FeedChange<T> {
  readonly record: T;
}

export interface PollerOptions<T> {
  /** `product/erp/items`: its place is kept under it. */
  readonly name: string;
  readonly system: string;
  /** The integration database. */
  readonly connection: Connection;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly health: SystemHealth;
  /** Default 1,000. */
  readonly everyMs?: number;
  /** Records a page. Default 500. */
  readonly pageSize?: number;
  read(cursor: string | null, options: { limit: number; signal: AbortSignal }): Promise<FeedPage<T>>;
  /**
   * Applies good records, oldest first; it must be harmless to apply one again. Answers the records it could not accept (unknown SKU,
   * say): they are quarantined with their reason and the rest goes on. A throw applies the page again later.
   */
  apply(
    changes: readonly GoodChange<T>[],
  ): Promise<readonly { readonly eventId: string; readonly rejected: FeedRejection }[]>;
}

export interface QuarantineRecord {
  _id: string;
  feed: string;
  system: string;
  eventId: string;
  code: string;
  message: string;
  field: string | null;
  raw: string;
  at: Date;
}

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
const MAX_BACKOFF_MS = 30_000;

export function quarantineModel(connection: Connection): Model<QuarantineRecord> {
  return (
    connection.models['Quarantine'] ??
    connection.model<QuarantineRecord>(
      'Quarantine',
      new Schema<QuarantineRecord>(
        {
          _id: String,
          feed: String,
          system: String,
          eventId: String,
          code: String,
          message: String,
          field: { type: String, default: null },
          raw: String,
          at: Date,
        },
        { versionKey: false, collection: 'quarantine', minimize: false },
      ),
    )
  );
}

/**
 * Reads one feed of one system page by page from where it stood, applies what is good and sets aside what is not. It is ready when
 * this store has once had all of the feed: what a system told before it went down can still be answered.
 */
export function createPoller<T>(options: PollerOptions<T>): Poller {
  const { connection, clock, logger, health } = options;
  const everyMs = options.everyMs ?? 1_000;
  const quarantine = quarantineModel(connection);
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
  let lastError: string | undefined;
  let caughtUp = false;
  let everComplete = false;

  async function setAside(eventId: string, rejected: FeedRejection): Promise<void> {
    const { code, message, field, raw } = rejected;
    logger.warn({ feed: options.name, eventId, code, field }, 'a record of a feed was quarantined');
    await quarantine.updateOne(
      { _id: `${options.name}|${eventId}|${hashOf(raw).slice(0, 16)}` },
      {
        $setOnInsert: {
          feed: options.name,
          system: options.system,
          eventId,
          code,
          message,
          field: field?.join('.') ?? null,
          raw,
          at: clock.now(),
        },
      },
      { upsert: true },
    );
  }

  /** Reads and applies one page; answers whether there is more to read at once. */
  async function turn(signal: AbortSignal): Promise<boolean> {
    const place = await places.findById(options.name).lean<PlaceRecord>();
    const page = await options.read(place?.cursor ?? null, {
      limit: options.pageSize ?? 500,
      signal: AbortSignal.any([signal, AbortSignal.timeout(READ_TIMEOUT_MS)]),
    });
    health.succeeded(options.system);
    const good = page.changes.flatMap(({ record, ...head }) =>
      record === undefined ? [] : [{ ...head, record }],
    );
    for (const change of page.changes) {
      if (change.rejected !== undefined) await setAside(change.eventId, change.rejected);
    }
    if (good.length > 0)
      for (const { eventId, rejected } of await options.apply(good)) await setAside(eventId, rejected);
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
    let backoffMs = everyMs;
    while (!signal.aborted) {
      try {
        const more = await turn(signal);
        lastError = undefined;
        backoffMs = everyMs;
        if (more) continue;
        caughtUp = true;
        await clock.delay(everyMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        lastError = error instanceof Error ? error.message : String(error);
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNEXPECTED';
        health.failed(options.system, { kind: 'not-done', code, message: lastError });
        logger.warn(
          { err: error, feed: options.name, retryMs: backoffMs },
          'a feed could not be read or applied',
        );
        await clock.delay(backoffMs, signal);
        backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS);
      }
    }
  }

  return {
    name: `feed ${options.name}`,
    async start() {
      stopping = new AbortController();
      everComplete = (await places.findById(options.name).lean<PlaceRecord>())?.completedAt != null;
      running = run(stopping.signal);
    },
    async stop() {
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
