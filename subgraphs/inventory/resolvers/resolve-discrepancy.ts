import { accepted, refused, userError } from '../../../platform/errors.ts';
import { decideRemedy } from '../domain/discrepancy.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import type { LevelRecord } from '../store/records.ts';
import { assertMayCorrect, changeStock } from './change-stock.ts';

/** A person's decision about stock that is not as it should be; the books are read again, for they may have moved on. */
export function resolveDiscrepancy(
  room: Room,
): NonNullable<MutationResolvers['resolveInventoryDiscrepancy']> {
  const { store } = room;

  return async (_, { input }, context) => {
    assertMayCorrect(context);
    const known = (await store.discrepancies.byIds([input.id])).get(input.id);
    const change = {
      mutation: 'resolveInventoryDiscrepancy',
      input,
      variantIds: known === undefined ? [] : [known.variantId],
    };
    return changeStock(room, context, change, async (session, { now }) => {
      const discrepancy = (await store.discrepancies.byIds([input.id], session)).get(input.id);
      const level =
        discrepancy === undefined
          ? null
          : await store.collections.levels.findById(discrepancy.levelId).session(session).lean<LevelRecord>();
      const [books] = level === null ? [] : await store.audits.books(session, [level]);
      if (discrepancy === undefined || level === null || books === undefined)
        return refused(
          userError('DISCREPANCY_NOT_FOUND', 'There is no such discrepancy.', { field: ['input', 'id'] }),
        );
      const remedy = decideRemedy(discrepancy, input.resolution, books, now);
      if (!remedy.ok) return remedy;
      const { rebuild, movements } = remedy.value;
      if (rebuild) await store.discrepancies.rebuild(session, books, movements.length === 0, now);
      await store.ledger.record(session, { movements, at: now });
      await store.discrepancies.resolve(session, discrepancy.id, input.resolution, now);
      return accepted(movements);
    });
  };
}
