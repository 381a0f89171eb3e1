import type { Storage, StorageChange, StorageTable } from './storage.ts';

/**
 * Group commit. Changes noted in one turn of the event loop go to disk together, and those noted while a write is under
 * way go with the next one; so whatever a statement notes without waiting in between survives a crash whole or not at all.
 */
export type Journal = {
  note(table: StorageTable, key: Buffer, value: Uint8Array | undefined): void;
  /** Notes a value that is made when it is written; a later one for the same name takes its place until then. */
  noteLast(name: string, make: () => StorageChange): void;
  /** Resolves when everything noted so far is on disk. */
  durable(): Promise<void>;
  /** Called after each write, with everything noted before it on disk. `mark` was taken as the write began. */
  onDurable(listener: () => void): void;
  /** Called as a write begins, to remember how far it reaches. */
  onWrite(listener: () => void): void;
};

export function createJournal(storage: Storage, onFailure: (error: unknown) => void): Journal {
  let noted: StorageChange[] = [];
  let last = new Map<string, () => StorageChange>();
  let writing = false;
  let waiting: (() => void)[] = [];
  let reached: () => void = () => {};
  let begins: () => void = () => {};

  const schedule = (): void => {
    if (writing) return;
    writing = true;
    setImmediate(() => {
      writeAll().catch(onFailure);
    });
  };

  async function writeAll(): Promise<void> {
    while (noted.length > 0 || last.size > 0 || waiting.length > 0) {
      const changes = noted;
      for (const make of last.values()) changes.push(make());
      const waiters = waiting;
      noted = [];
      last = new Map();
      waiting = [];
      begins();
      if (changes.length > 0) await storage.write(changes);
      reached();
      for (const resolve of waiters) resolve();
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
    durable() {
      if (!writing && noted.length === 0 && last.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push(resolve);
        schedule();
      });
    },
    onDurable(listener) {
      reached = listener;
    },
    onWrite(listener) {
      begins = listener;
    },
  };
}
