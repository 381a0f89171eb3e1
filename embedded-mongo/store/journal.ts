import type { Storage, StorageChange, StorageTable } from './storage.ts';

/** How much had been noted at some moment; only to be compared and handed back. */
export type Mark = number;

/**
 * Group commit. Changes noted in one turn of the event loop go to disk together, and those noted while a write is under
 * way go with the next one; so whatever a statement notes without waiting in between survives a crash whole or not at all.
 */
export type Journal = {
  note(table: StorageTable, key: Buffer, value: Uint8Array | undefined): void;
  /** Notes a value that is made when it is written; a later one for the same name takes its place until then. */
  noteLast(name: string, make: () => StorageChange): void;
  /** Everything noted so far. */
  mark(): Mark;
  /** Whether everything up to a mark is on disk. */
  reached(mark: Mark): boolean;
  /** Resolves when everything up to a mark is on disk; without one, everything noted so far. */
  durable(mark?: Mark): Promise<void>;
  /** Called as a write begins, to remember how far it reaches. */
  onWrite(listener: () => void): void;
  /** Called, each listener in turn, when that write is on disk. */
  onDurable(listener: () => void): void;
};

export function createJournal(storage: Storage, onFailure: (error: unknown) => void): Journal {
  let noted: StorageChange[] = [];
  let last = new Map<string, () => StorageChange>();
  let writing = false;
  let total: Mark = 0;
  let durable: Mark = 0;
  let waiting: { mark: Mark; resolve: () => void }[] = [];
  let begins: () => void = () => {};
  const listeners: (() => void)[] = [];

  const schedule = (): void => {
    total++;
    if (writing) return;
    writing = true;
    setImmediate(() => {
      writeAll().catch(onFailure);
    });
  };

  async function writeAll(): Promise<void> {
    while (noted.length > 0 || last.size > 0) {
      const changes = noted;
      for (const make of last.values()) changes.push(make());
      const mark = total;
      noted = [];
      last = new Map();
      begins();
      await storage.write(changes);
      durable = mark;
      for (const listener of listeners) listener();
      const satisfied = waiting.filter((waiter) => waiter.mark <= mark);
      waiting = waiting.filter((waiter) => waiter.mark > mark);
      for (const { resolve } of satisfied) resolve();
    }
    writing = false;
  }

  return {
    note(table, key, value) {
      noted.push({ table, key, value });
      schedule();
    },
    noteLast(name, make) {
      last.set(name, make);
      schedule();
    },
    mark: () => total,
    reached: (mark) => mark <= durable,
    durable(mark = total) {
      if (mark <= durable) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push({ mark, resolve });
      });
    },
    onWrite(listener) {
      begins = listener;
    },
    onDurable(listener) {
      listeners.push(listener);
    },
  };
}
