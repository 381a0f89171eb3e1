import { GraphError } from '../errors.ts';

/** Fans out changes of one kind to the subscriptions of this process. */
export interface Topic<T> {
  publish(event: T): void;
  /**
   * The events that pass `filter` from now on. Ends when the reader returns or `signal` aborts; a reader that falls more than
   * `maxBuffered` events behind (default 1,000) gets a SUBSCRIPTION_OVERFLOW error instead of a silent gap.
   */
  subscribe(
    filter: (event: T) => boolean,
    options?: { signal?: AbortSignal; maxBuffered?: number },
  ): AsyncIterableIterator<T>;
  /** Ends all subscriptions. */
  close(): void;
  readonly subscribers: number;
}

interface Reader<T> {
  readonly filter: (event: T) => boolean;
  push(event: T): void;
  end(): void;
}

export function createTopic<T>(): Topic<T> {
  const readers = new Set<Reader<T>>();

  return {
    publish(event) {
      for (const reader of readers) if (reader.filter(event)) reader.push(event);
    },

    subscribe(filter, { signal, maxBuffered = 1_000 } = {}) {
      const buffer: T[] = [];
      let waiting: ((result: IteratorResult<T>) => void) | null = null;
      let overflowed = false;
      let ended = false;

      const end = () => {
        ended = true;
        readers.delete(reader);
        signal?.removeEventListener('abort', end);
        waiting?.({ done: true, value: undefined });
        waiting = null;
      };
      const reader: Reader<T> = {
        filter,
        end,
        push(event) {
          if (waiting !== null) {
            const deliver = waiting;
            waiting = null;
            deliver({ done: false, value: event });
          } else if (buffer.length < maxBuffered) buffer.push(event);
          else {
            overflowed = true;
            readers.delete(reader);
          }
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
          const event = buffer.shift();
          if (event !== undefined) return Promise.resolve({ done: false, value: event });
          if (overflowed) {
            ended = true;
            overflowed = false;
            return Promise.reject(
              new GraphError('TOO_MANY_REQUESTS', 'this subscription fell too far behind; subscribe again', {
                reason: 'SUBSCRIPTION_OVERFLOW',
              }),
            );
          }
          if (ended) return Promise.resolve({ done: true, value: undefined });
          return new Promise((resolve) => {
            waiting = resolve;
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
    },
    close() {
      for (const reader of [...readers]) reader.end();
    },
    get subscribers() {
      return readers.size;
    },
  };
}
