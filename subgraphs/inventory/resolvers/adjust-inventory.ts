import { accepted, refused } from '../../../platform/errors.ts';
import { adjustmentMovements, shortChanges } from '../domain/adjust-request.ts';
import { levelId } from '../domain/level.ts';
import { handledBucket, stateNotByHand } from '../domain/move-request.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { assertMayCorrect, changeStock } from './change-stock.ts';

/** Corrects what is on hand, as far as it is not promised to anybody. */
export function adjustInventory(room: Room): NonNullable<MutationResolvers['adjustInventory']> {
  const { store } = room;

  return async (_, { input }, context) => {
    assertMayCorrect(context);
    const bucket = handledBucket(input.state ?? 'AVAILABLE');
    if (bucket === null)
      return { transactions: [], replayed: false, userErrors: [stateNotByHand(['input', 'state'])] };
    const variantIds = input.changes.map(({ variantId }) => variantId);
    const expectedVersions = new Map(
      input.changes.flatMap(({ variantId, expectedVersion }) =>
        expectedVersion == null ? [] : [[levelId(variantId, input.locationId), expectedVersion] as const],
      ),
    );
    const change = { mutation: 'adjustInventory', input, variantIds };
    return changeStock(room, context, change, async (session, { now, stockOf, source }) => {
      const facts = { now, stockOf, source, bucket, isLocation: store.locations.has };
      const movements = adjustmentMovements(input, facts);
      if (!movements.ok) return movements;
      const short = await store.ledger.book(session, {
        movements: movements.value,
        at: now,
        expectedVersions,
      });
      if (short.length === 0) return accepted(movements.value);
      return refused(...shortChanges(input, short, bucket));
    });
  };
}
