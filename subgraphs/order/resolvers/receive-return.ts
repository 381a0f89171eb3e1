import { receive } from '../domain/receive-return.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { changeReturn, type KeptReturn, refusedReturn, returnPayload } from './change-return.ts';
import { knownPlaces } from './known-places.ts';

/** Goods of a return have arrived at a place that inventory knows. */
export function receiveReturn(room: Room): NonNullable<MutationResolvers['receiveReturn']> {
  return async (_parent, { input }, context) => {
    const { caller } = context;
    const intent = { identity: caller.identity, mutation: 'receiveReturn', key: input.idempotencyKey, input };
    const before = await room.idempotency.recall<KeptReturn>(intent);
    if (before !== null) return returnPayload(context, before);
    const named = [{ id: input.locationId, field: ['input', 'locationId'] }];
    const places = await knownPlaces(room, named, caller);
    if (!places.ok) return refusedReturn(places.errors);
    const outcome = await changeReturn(room, context, {
      mutation: 'receiveReturn',
      input,
      decide: (goods) => receive(goods, input, { now: room.clock.now(), newId: room.newId }),
    });
    return returnPayload(context, outcome);
  };
}
