import { accepted } from '../../../platform/errors.ts';
import { type PickOutcome, recordPick as pick } from '../domain/pick.ts';
import { rejectWork } from '../domain/reject.ts';
import { announcePick, announceRejected } from '../feed/tell-picking.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { changeWork, workOf } from './change-work.ts';

/** Goods were taken from the shelf, or are not there. */
export function recordPick(room: Room): NonNullable<MutationResolvers['recordPick']> {
  return (_parent, { input }, context) => {
    const workId = input.fulfillmentOrderId;
    let outcome: PickOutcome | null = null;
    return changeWork(room, context, {
      mutation: 'recordPick',
      input,
      workId,
      field: 'fulfillmentOrderId',
      eventType: 'WORK_PICKED',
      decide(order, work, event) {
        const decision = pick(order, work, input.lines, { event, newId: room.newId });
        if (!decision.ok) return decision;
        outcome = decision.value;
        return accepted(decision.value.order);
      },
      async write(session, before) {
        if (outcome !== null) await announcePick(room, session, workOf(before, workId), outcome);
        return undefined;
      },
    });
  };
}

/** A place will not do a piece of work. */
export function rejectFulfillmentOrder(room: Room): NonNullable<MutationResolvers['rejectFulfillmentOrder']> {
  return (_parent, { input }, context) =>
    changeWork(room, context, {
      mutation: 'rejectFulfillmentOrder',
      input,
      workId: input.id,
      field: 'id',
      expectedVersion: input.expectedVersion,
      eventType: 'WORK_REJECTED',
      decide: (order, work, event) => rejectWork(order, work, event),
      async write(session, _before, after) {
        await announceRejected(room, session, after, workOf(after, input.id), input.reasonCode ?? 'REJECTED');
        return undefined;
      },
    });
}
