/**
 * Holds events between a source that pushes and a reader that pulls, up to a limit. Ending it, from either side, takes effect at once,
 * also while the reader waits: that is why this is not an async generator.
 */
export class EventBuffer<T> implements AsyncIterableIterator<T> {
  readonly #max: number;
  readonly #onEnd: () => void;
  #events: T[] = [];
  #waiting: { resolve(step: IteratorResult<T>): void; reject(cause: unknown): void } | undefined;
  #ended: { readonly error?: unknown } | undefined;

  /** `onEnd` runs once, when the buffer takes no more events: completed, failed, or the reader has gone. */
  constructor(options: { max: number; onEnd: () => void }) {
    this.#max = options.max;
    this.#onEnd = options.onEnd;
  }

  /** False when there is no room; the caller decides what that means. After the end, events are dropped. */
  push(event: T): boolean {
    if (this.#ended !== undefined) return true;
    if (this.#waiting !== undefined) {
      this.#take()?.resolve({ done: false, value: event });
      return true;
    }
    if (this.#events.length >= this.#max) return false;
    this.#events.push(event);
    return true;
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
