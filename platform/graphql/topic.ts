import { GraphError } from '../errors.ts';

/** An event with its place in the order of the store; the empty text for an event that has none. */
export interface Told<T> {
  readonly event: T;
  readonly position: string;
}

/** Where a topic's events come from, for readers that come back and want those they missed. */
export interface TopicSource<T> {
  /** Up to where events were published, also when the latest changes were no events of this topic. Null before the first. */
  position(): string | null;
  /** The events after one position up to and with another, in order; null when they are no longer known. */
  history(after: string, upTo: string): Promise<readonly Told<T>[] | null>;
}

/** Fans out changes of one kind to the subscriptions of this process, and remembers the latest for those that come back. */
export interface Topic<T> {
  publish(event: T, position?: string): void;
  /** An event of this process alone, for those who listen now: it has no place in the order of the store, and is not remembered. */
  tell(event: T): void;
  /**
   * The events that pass `filter` from now on. Ends when the reader returns or `signal` aborts; a reader that falls more than
   * `maxBuffered` events behind (default 1,000) gets a SUBSCRIPTION_OVERFLOW error instead of a silent gap.
   */
  subscribe(filter: (event: T) => boolean, options?: SubscribeOptions): AsyncIterableIterator<Told<T>>;
  /**
   * As `subscribe`, but from the event that follows `position`. Null when not all events since then are known any more. Events that
   * are no longer in memory are read once for all who ask.
   */
  resume(
    position: string,
    filter: (event: T) => boolean,
    options?: SubscribeOptions,
  ): Promise<AsyncIterableIterator<Told<T>> | null>;
  /** Up to where events were published; the empty text when the topic has no source, or nothing is known yet. */
  position(): string;
  /** Events may have been missed: every subscription ends with an error that says so, and nothing from before can be resumed. */
  interrupt(): void;
  /** Ends all subscriptions. */
  close(): void;
  readonly subscribers: number;
}

interface SubscribeOptions {
  readonly signal?: AbortSignal;
  readonly maxBuffered?: number;
}

/** Events kept for readers that come back: those of the last minutes, at some kilobytes each. */
const MAX_RECENT = 2_000;

export function createTopic<T>(source?: TopicSource<T>): Topic<T> {
  const readers = new Set<Reader<T>>();
  let recent: Told<T>[] = [];
  /** After this position nothing is missing in `recent`. */
  let completeAfter: string | null = null;
  let fetching: Promise<unknown> = Promise.resolve();

  function remember(told: Told<T>): void {
    if (completeAfter === null) {
      completeAfter = told.position;
      return;
    }
    recent.push(told);
    if (recent.length < 2 * MAX_RECENT) return;
    completeAfter = recent[MAX_RECENT - 1]?.position ?? completeAfter;
    recent = recent.slice(MAX_RECENT);
  }

  const isKnown = (position: string) => completeAfter !== null && position >= completeAfter;

  /** Reads back to `position`; one at a time, so that many who come back at once cost few reads. */
  function reachBack(position: string): Promise<unknown> {
    const attempt = fetching.then(async () => {
      completeAfter ??= source?.position() ?? null;
      const upTo = completeAfter;
      if (source === undefined || upTo === null || isKnown(position)) return;
      const found = await source.history(position, upTo);
      // An interruption meanwhile made what was found useless.
      if (found === null || completeAfter !== upTo) return;
      recent = [...found, ...recent];
      completeAfter = position;
    });
    fetching = attempt.catch(() => undefined);
    return attempt;
  }

  function handOut(told: Told<T>): void {
    for (const reader of readers) if (reader.wants(told)) reader.push(told);
  }

  const subscribe: Topic<T>['subscribe'] = (filter, options = {}) =>
    read(readers, { ...options, filter, missed: [] });

  return {
    publish(event, position = '') {
      const told = { event, position };
      if (source !== undefined) remember(told);
      handOut(told);
    },
    tell: (event) => handOut({ event, position: '' }),
    subscribe,
    async resume(position, filter, options = {}) {
      if (!isKnown(position)) await reachBack(position);
      if (!isKnown(position)) return null;
      const missed = recent.filter((told) => told.position > position && filter(told.event));
      return read(readers, { ...options, filter, missed, after: position });
    },
    position: () => source?.position() ?? '',
    interrupt() {
      recent = [];
      completeAfter = null;
      for (const reader of [...readers])
        reader.fail(
          new GraphError('UNAVAILABLE', 'changes may have been missed; subscribe again', {
            reason: 'CHANGES_MISSED',
          }),
        );
    },
    close() {
      for (const reader of [...readers]) reader.end();
    },
    get subscribers() {
      return readers.size;
    },
  };
}

interface Reader<T> {
  wants(told: Told<T>): boolean;
  push(told: Told<T>): void;
  fail(error: GraphError): void;
  end(): void;
}

interface ReadOptions<T> extends SubscribeOptions {
  filter(event: T): boolean;
  readonly missed: Told<T>[];
  /** Where the reader was told up to; another process may have been ahead of this one. */
  readonly after?: string;
}

/** A reader of what is pushed to it, after what it missed. */
function read<T>(
  readers: Set<Reader<T>>,
  { filter, missed, after, signal, maxBuffered = 1_000 }: ReadOptions<T>,
): AsyncIterableIterator<Told<T>> {
  const buffer = missed;
  let room = maxBuffered + missed.length;
  let waiting: { resolve(result: IteratorResult<Told<T>>): void; reject(error: GraphError): void } | null =
    null;
  let failure: GraphError | null = null;
  let ended = false;

  const leave = () => {
    readers.delete(reader);
    signal?.removeEventListener('abort', end);
  };
  const end = () => {
    ended = true;
    leave();
    waiting?.resolve({ done: true, value: undefined });
    waiting = null;
  };
  const reader: Reader<T> = {
    wants: ({ event, position }) =>
      (after === undefined || position === '' || position > after) && filter(event),
    end,
    fail(error) {
      leave();
      if (waiting === null) failure = error;
      else {
        ended = true;
        waiting.reject(error);
        waiting = null;
      }
    },
    push(told) {
      if (waiting !== null) {
        const { resolve } = waiting;
        waiting = null;
        resolve({ done: false, value: told });
      } else if (buffer.length < room) buffer.push(told);
      else
        reader.fail(
          new GraphError('TOO_MANY_REQUESTS', 'this subscription fell too far behind; subscribe again', {
            reason: 'SUBSCRIPTION_OVERFLOW',
          }),
        );
    },
  };
  readers.add(reader);
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      const told = buffer.shift();
      if (told !== undefined) {
        room = Math.max(maxBuffered, room - 1);
        return Promise.resolve({ done: false, value: told });
      }
      if (failure !== null) {
        const error = failure;
        failure = null;
        ended = true;
        return Promise.reject(error);
      }
      if (ended) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      });
    },
    return() {
      end();
      buffer.length = 0;
      return Promise.resolve({ done: true, value: undefined });
    },
    throw(error) {
      end();
      return Promise.reject(error);
    },
  };
}
