import { userError } from '../../../platform/errors.ts';
import { locationUnknown } from '../domain/user-error.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { assertMayCorrect } from './change-stock.ts';

const MAX_VARIANTS = 100;
const MAX_LEVELS = 1_000;
/** Levels compared in one transaction. */
const LEVELS_AT_ONCE = 50;

/** Compares levels with their ledger for somebody who does not want to wait for their turn. */
export function auditInventory(room: Room): NonNullable<MutationResolvers['auditInventory']> {
  const { store } = room;

  return async (_, { input }, context) => {
    assertMayCorrect(context);
    const nothing = { levels: 0, discrepancies: [], next: null };
    if (!store.locations.has(input.locationId))
      return { ...nothing, userErrors: [locationUnknown(['input', 'locationId'])] };
    const variantIds = input.variantIds ?? null;
    if (variantIds !== null && variantIds.length > MAX_VARIANTS)
      return {
        ...nothing,
        userErrors: [
          userError('LINES_INVALID', `Give at most ${MAX_VARIANTS} variants, not ${variantIds.length}.`, {
            field: ['input', 'variantIds'],
          }),
        ],
      };
    let next = input.after ?? null;
    let levels = 0;
    const discrepancies = [];
    do {
      const scope = { locationId: input.locationId, variantIds, after: next, limit: LEVELS_AT_ONCE };
      const audit = await store.audits.run(scope);
      levels += audit.levels;
      discrepancies.push(...audit.open);
      next = audit.last;
    } while (next !== null && levels < MAX_LEVELS);
    return { levels, discrepancies, next, userErrors: [] };
  };
}
