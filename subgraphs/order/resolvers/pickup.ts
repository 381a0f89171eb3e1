import { randomBytes } from 'node:crypto';
import { accepted, userError } from '../../../platform/errors.ts';
import { hasScope } from '../../../platform/identity/identity.ts';
import {
  confirmPickup as confirm,
  expirePickup as expire,
  expired,
  type Handover,
  markReady,
} from '../domain/pickup.ts';
import { pickupCodeFrom } from '../domain/pickup-code.ts';
import { handOver } from '../feed/hand-over.ts';
import { announceReady } from '../feed/tell-pickup.ts';
import { giveUpPickup } from '../feed/uncollected.ts';
import type { MutationResolvers, PickupDetailsResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { changeWork, workOf } from './change-work.ts';

/** Collected goods lie ready: there is a code now, and an end. */
export function markReadyForPickup(room: Room): NonNullable<MutationResolvers['markReadyForPickup']> {
  return (_parent, { input }, context) =>
    changeWork(room, context, {
      mutation: 'markReadyForPickup',
      input,
      workId: input.id,
      field: 'id',
      expectedVersion: input.expectedVersion,
      eventType: 'READY_FOR_PICKUP',
      decide: (order, work, event) =>
        markReady(order, work, { event, code: pickupCodeFrom(randomBytes), times: room.pickupTimes }),
      async write(session, _before, after) {
        await announceReady(room, session, after, workOf(after, input.id));
        return undefined;
      },
    });
}

/** A customer comes for the goods. A wrong code, and an end that had come unnoticed, are written down and answered with what is wrong. */
export function confirmPickup(room: Room): NonNullable<MutationResolvers['confirmPickup']> {
  return (_parent, { input }, context) => {
    let handover: Handover | null = null;
    return changeWork(room, context, {
      mutation: 'confirmPickup',
      input,
      workId: input.id,
      field: 'id',
      eventType: 'PICKED_UP',
      decide(order, work, event) {
        const said = { code: input.pickupCode, pickedUpAt: new Date(input.pickedUpAt) };
        const decision = confirm(order, work, said, event);
        if (!decision.ok) return decision;
        handover = decision.value;
        return accepted(decision.value.order);
      },
      async write(session, before, after) {
        const work = workOf(before, input.id);
        switch (handover?.outcome) {
          case 'PICKED_UP':
            await handOver(room, session, before, work, handover.pickedUpAt);
            return undefined;
          case 'EXPIRED':
            await giveUpPickup(room, session, before, after, work);
            return work.pickup === undefined ? undefined : expired(work.pickup);
          default:
            return wrongCode(handover?.triesLeft ?? 0);
        }
      },
    });
  };
}

/** Nobody came for the goods. */
export function expirePickup(room: Room): NonNullable<MutationResolvers['expirePickup']> {
  return (_parent, { input }, context) =>
    changeWork(room, context, {
      mutation: 'expirePickup',
      input,
      workId: input.id,
      field: 'id',
      expectedVersion: input.expectedVersion,
      eventType: 'PICKUP_EXPIRED',
      decide: (order, work, event) => expire(order, work, event),
      async write(session, before, after) {
        await giveUpPickup(room, session, before, after, workOf(before, input.id));
        return undefined;
      },
    });
}

export const pickupDetailsResolvers: PickupDetailsResolvers = {
  readyAt: ({ pickup }) => pickup.readyAt,
  expiresAt: ({ pickup }) => pickup.expiresAt,
  pickedUpAt: ({ pickup }) => pickup.pickedUpAt,
  remindersSent: ({ pickup }) => pickup.remindersSent,
  pickupCode({ order, pickup }, _args, { caller: { identity } }) {
    const isTheirs =
      order.customerId === null
        ? order.placedBy === identity.subject
        : order.customerId === identity.customerId;
    return isTheirs || hasScope(identity, 'order:write') ? pickup.code : null;
  },
};

function wrongCode(triesLeft: number) {
  const more =
    triesLeft === 0 ? 'none is tried for an hour' : `${triesLeft} more before none is tried for an hour`;
  return userError('PICKUP_CODE_WRONG', `This is not the code of these goods; ${more}.`, {
    field: ['input', 'pickupCode'],
  });
}
