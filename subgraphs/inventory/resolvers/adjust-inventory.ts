import { accepted, GraphError, refused } from '../../../platform/errors.ts';
import { hasScope } from '../../../platform/identity/identity.ts';
import { adjustmentMovements, shortChanges } from '../domain/adjust-request.ts';
import { levelId } from '../domain/level.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { transactionId } from '../store/ledger.ts';
import { transactionOf } from './references.ts';

/** Corrects what is on hand, as far as it is not promised to anybody. */
export function adjustInventory(room: Room): NonNullable<MutationResolvers['adjustInventory']> {
  const { store, clock } = room;

  return async (_, { input }, context) => {
    const { identity, deadlineMs } = context.caller;
    if (!hasScope(identity, 'inventory:adjust'))
      throw new GraphError('FORBIDDEN', 'correcting stock needs the scope inventory:adjust');
    const variantIds = [...new Set(input.changes.map(({ variantId }) => variantId))];
    const expectedVersions = new Map(
      input.changes.flatMap(({ variantId, expectedVersion }) =>
        expectedVersion == null ? [] : [[levelId(variantId, input.locationId), expectedVersion] as const],
      ),
    );

    const outcome = await store.lanes.run(variantIds, deadlineMs, () =>
      store.idempotency.once(
        { identity, mutation: 'adjustInventory', key: input.idempotencyKey, input },
        async (session) => {
          const stock = await store.stock.read(variantIds, session);
          const at = clock.now();
          const movements = adjustmentMovements(input, {
            now: at,
            isLocation: store.locations.has,
            stockOf: (variantId) => stock.get(variantId) ?? null,
            source: `adjust:${identity.clientId}:${input.idempotencyKey}`,
          });
          if (!movements.ok) return movements;
          const short = await store.ledger.book(session, {
            movements: movements.value,
            at,
            expectedVersions,
          });
          if (short.length > 0) return refused(...shortChanges(input, short));
          return accepted({ transactionIds: movements.value.map(transactionId) });
        },
      ),
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
  };
}
