import { approve } from '../domain/receive-return.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { changeReturn, returnPayload } from './change-return.ts';

export function approveReturn(room: Room): NonNullable<MutationResolvers['approveReturn']> {
  return async (_parent, { input }, context) => {
    const outcome = await changeReturn(room, context, {
      mutation: 'approveReturn',
      input,
      decide: (goods) => approve(goods, room.clock.now()),
    });
    return returnPayload(context, outcome);
  };
}
