import type { ClientSession } from 'mongoose';
import { accepted, type Decision, GraphError } from '../../../platform/errors.ts';
import { hasScope } from '../../../platform/identity/identity.ts';
import type { Context } from '../context.ts';
import { type Movement, transactionId } from '../domain/movement.ts';
import type { Stock } from '../domain/stock.ts';
import type { InventoryUserError } from '../domain/user-error.ts';
import type { Room } from '../room.ts';
import { transactionOf } from './references.ts';

/** What a change of stock by a person finds when its turn has come. */
interface Turn {
  readonly now: Date;
  stockOf(variantId: string): Stock | null;
  /** Names the intent in the ledger, for ever. */
  readonly source: string;
}

/** Throws FORBIDDEN for a caller who may not change the books. */
export function assertMayCorrect({ caller }: Context): void {
  if (!hasScope(caller.identity, 'inventory:adjust'))
    throw new GraphError('FORBIDDEN', 'correcting stock needs the scope inventory:adjust');
}

/** Changes the books by hand, once for each intent: the same key again answers the same ledger lines. `work` answers what it booked. */
export async function changeStock(
  room: Room,
  context: Context,
  change: { mutation: string; input: { idempotencyKey: string }; variantIds: readonly string[] },
  work: (session: ClientSession, turn: Turn) => Promise<Decision<readonly Movement[], InventoryUserError>>,
) {
  assertMayCorrect(context);
  const { store, clock } = room;
  const { identity, deadlineMs } = context.caller;
  const { mutation, input } = change;
  const notOurs = room.writes(identity, { 'InventoryLevel.quantities': ['input'] });
  if (notOurs.length > 0) return { transactions: [], replayed: false, userErrors: notOurs };
  const variantIds = [...new Set(change.variantIds)];
  const outcome = await store.lanes.run(variantIds, deadlineMs, () =>
    store.idempotency.once({ identity, mutation, key: input.idempotencyKey, input }, async (session) => {
      const stock = await store.stock.read(variantIds, session);
      const done = await work(session, {
        now: clock.now(),
        stockOf: (variantId) => stock.get(variantId) ?? null,
        source: `${mutation}:${identity.clientId}:${input.idempotencyKey}`,
      });
      return done.ok ? accepted({ transactionIds: done.value.map(transactionId) }) : done;
    }),
  );
  for (const id of variantIds) store.stock.cached.invalidate(id);
  if (!outcome.done) return { transactions: [], replayed: false, userErrors: [...outcome.errors] };
  const booked = await store.transactionsByIds(outcome.value.transactionIds);
  return {
    transactions: outcome.value.transactionIds.flatMap((id) => {
      const record = booked.get(id);
      return record === undefined ? [] : [transactionOf(record)];
    }),
    replayed: outcome.replayed,
    userErrors: [],
  };
}
