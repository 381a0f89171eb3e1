import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import { isShopperOnly } from '../../../platform/identity/identity.ts';
import { claimSource, OWN_SYSTEM } from '../domain/claim-movements.ts';
import { transactionId } from '../domain/movement.ts';
import type { WorkOrderResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { transactionOf } from './references.ts';

/** What the stock of a piece of work went through: claimed, allocated, given back, gone; oldest first. */
export function workTransactions(room: Room): NonNullable<WorkOrderResolvers['inventoryTransactions']> {
  return async ({ id }, args, { caller, loaders }) => {
    if (isShopperOnly(caller.identity)) return null;
    const request = pageRequest(args);
    const allocations = await loaders.allocationsByWorkOrder.load(id);
    const ids = allocations.flatMap(({ reservationId, bookedWith }) => [
      ...(['reserve', 'allocate'] as const).map((what) =>
        transactionId({ sourceSystem: OWN_SYSTEM, sourceEventId: claimSource(what, reservationId) }),
      ),
      ...bookedWith,
    ]);
    const lines = [...(await room.store.transactionsByIds(ids)).values()].map(transactionOf);
    const key = ({ recordedAt, id: line }: (typeof lines)[number]) => `${recordedAt.toISOString()}|${line}`;
    const rest = lines
      .filter((line) => request.after === null || key(line) > request.after)
      .toSorted((left, right) => (key(left) < key(right) ? -1 : 1));
    return pageOf(rest, request, key);
  };
}
