import { accepted, refused } from '../../../platform/errors.ts';
import { handledBucket, isPicking, moveMovement, pickingSteps } from '../domain/move-request.ts';
import { insufficientStock } from '../domain/user-error.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { changeStock } from './change-stock.ts';

/** Goods that stay where they are and may be used for something else from now on, or are on their way to their order. */
export function moveInventoryState(room: Room): NonNullable<MutationResolvers['moveInventoryState']> {
  const { store } = room;

  return (_, { input }, context) => {
    const { locationId, variantId, quantity } = input;
    const change = { mutation: 'moveInventoryState', input, variantIds: [variantId] };
    return changeStock(room, context, change, async (session, { now, stockOf, source }) => {
      const facts = { now, source, stock: stockOf(variantId), isLocation: store.locations.has };
      if (isPicking(input)) {
        const open = await store.allocations.openAt(session, { variantId, locationId });
        const steps = pickingSteps(input, facts, open);
        if (!steps.ok) return steps;
        const movements = steps.value.flatMap((step) => step.movements);
        await store.ledger.record(session, { movements, at: now });
        const allocations = steps.value.map(({ allocation }) => allocation);
        await store.allocations.save(session, allocations, now);
        return accepted(movements);
      }
      const movement = moveMovement(input, facts);
      if (!movement.ok) return movement;
      const [short] = await store.ledger.book(session, { movements: [movement.value], at: now });
      if (short === undefined) return accepted([movement.value]);
      const has = short.level?.[handledBucket(input.from) ?? 'available'] ?? 0;
      return refused(insufficientStock(['input', 'quantity'], Math.max(0, has), quantity.unit));
    });
  };
}
