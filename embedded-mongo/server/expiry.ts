import { valueAt } from '../query/paths.ts';
import type { Collection } from '../store/collection.ts';
import type { OrderedIndex } from '../store/ordered-index.ts';
import { MustWait } from '../store/transaction.ts';
import { View } from '../store/view.ts';
import { afterAll, indexKey, typePrefix } from '../values/index-key.ts';
import { isArray, isNumber, rank } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';
import type { Server } from './command.ts';

const sessionsEvery = 600; // ticks
const maxDeletesPerTick = 5000;

/** Makes the periodic task: deletes documents whose TTL has passed, ends idle cursors, transactions and sessions. */
export function createExpiry(server: Server): () => void {
  let tick = 0;
  return () => {
    server.cursors.closeIdle();
    server.sessions.expireTransactions();
    server.snapshots.expire();
    if (++tick % sessionsEvery === 0) server.sessions.expireSessions();
    for (const { namespace } of server.store.namespaces) {
      const collection = server.store.collection(namespace);
      if (!collection) continue;
      for (const index of collection.indexes.values())
        if (isNumber(index.spec.expireAfterSeconds)) deleteExpired(server, collection, index);
    }
  };
}

function deleteExpired({ store }: Server, collection: Collection, index: OrderedIndex): void {
  const [field] = index.fields;
  if (!field) return;
  const limitMs = store.nowMs() - asNumber(index.spec.expireAfterSeconds, 0) * 1000;
  const view = new View(store);
  const dates = typePrefix(rank.date);
  const range = field.descending
    ? { from: '', to: afterAll }
    : { from: dates, to: indexKey(new Date(limitMs)) + afterAll };
  let deleted = 0;
  for (const stored of [...view.lookup(collection, index, [range], false)]) {
    const value = valueAt(stored.document, field.path);
    const times = (isArray(value) ? value : [value]).flatMap((one) =>
      one instanceof Date ? [one.getTime()] : [],
    );
    // Of several dates the earliest counts.
    if (times.length === 0 || Math.min(...times) > limitMs) continue;
    try {
      view.delete(collection, stored);
    } catch (error) {
      // Held by an open transaction: it is there again at the next tick.
      if (!(error instanceof MustWait)) throw error;
    }
    if (++deleted >= maxDeletesPerTick) return;
  }
}
