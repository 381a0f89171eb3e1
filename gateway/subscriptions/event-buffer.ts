/**
 * Holds events between a source that pushes and a reader that pulls, up to a limit. Ending it, from either side, takes effect at once,
 * also while the reader waits: that is why this is not an async generator.
 */
export class EventBuffer<T> implements AsyncIterableIterator<T> {
  readonly #max: number;
  readonly #onEnd: () => void;
  readonly #keyOf: (event: T) => string | undefined;
  #events: T[] = [];
  #waiting: { resolve(step: IteratorResult<T>): void; reject(cause: unknown): void } | undefined;
  #ended: { readonly error?: unknown } | undefined;

  /**
   * `onEnd` runs once, when the buffer takes no more events: completed, failed, or the reader has gone. `keyOf` names the thing an event
   * is the whole state of: when there is no room, of each thing only the latest event is kept.
   */
  constructor(options: { max: number; onEnd: () => void; keyOf?: (event: T) => string | undefined }) {
    this.#max = options.max;
    this.#onEnd = options.onEnd;
    this.#keyOf = options.keyOf ?? (() => undefined);
  }

  /** False when there is no room, also not by leaving out what is outdated; the caller decides what that means. After the end, events are dropped. */
  push(event: T): boolean {
    if (this.#ended !== undefined) return true;
    if (this.#waiting !== undefined) {
      this.#take()?.resolve({ done: false, value: event });
      return true;
    }
    if (this.#events.length >= this.#max) this.#keepLatest(event);
    if (this.#events.length >= this.#max) return false;
    this.#events.push(event);
    return true;
  }

  /** Of each thing the latest event, at that event's place in the order; those that name no thing all stay. */
  #keepLatest(incoming: T): void {
    const latest = new Map<string, T>();
    for (const event of [...this.#events, incoming]) {
      const key = this.#keyOf(event);
      if (key !== undefined) latest.set(key, event);
    }
    this.#events = this.#events.filter((event) => {
      const key = this.#keyOf(event);
      return key === undefined || latest.get(key) === event;
    });
  }

  /** No more events follow; those that are here are still delivered. */
  complete(): void {
    this.#end({});
  }

  /** Ends with an error: after the events that are here, or at once. */
  fail(error: unknown, when: 'in order' | 'at once'): void {
    if (when === 'at once') this.#events = [];
    this.#end({ error });
  }

  next(): Promise<IteratorResult<T>> {
    const [event] = this.#events;
    if (this.#events.length > 0) {
      this.#events.shift();
      return Promise.resolve({ done: false, value: event as T }); // the length says there was one
    }
    if (this.#ended !== undefined) return this.#last();
    if (this.#waiting !== undefined)
      return Promise.reject(new Error('only one reader may wait for an event'));
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** The reader has gone. */
  return(): Promise<IteratorResult<T>> {
    this.#events = [];
    this.#end({});
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<IteratorResult<T>> {
    void this.return();
    return Promise.reject(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #end(end: { readonly error?: unknown }): void {
    if (this.#ended !== undefined) return;
    this.#ended = end;
    const waiting = this.#take();
    if (waiting !== undefined) this.#last().then(waiting.resolve, waiting.reject);
    this.#onEnd();
  }

  /** The error is told once; afterwards there is simply nothing more. */
  #last(): Promise<IteratorResult<T>> {
    const end = this.#ended;
    this.#ended = {};
    if (end !== undefined && 'error' in end) return Promise.reject(end.error);
    return Promise.resolve({ done: true, value: undefined });
  }

  #take() {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}
