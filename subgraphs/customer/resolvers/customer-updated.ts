import { GraphError } from '../../../platform/errors.ts';
import { follow } from '../../../platform/graphql/follow.ts';
import type { Context } from '../context.ts';
import { mayRead } from '../domain/access.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import type { Room } from '../room.ts';

export function customerUpdated(room: Room): NonNullable<SubscriptionResolvers['customerUpdated']> {
  return {
    async subscribe(_parent: object, args: { readonly id: string }, { caller, loaders }: Context) {
      const { id } = args;
      // The same answer whether or not there is such a customer.
      if (!mayRead(caller.identity, id))
        throw new GraphError('FORBIDDEN', 'you may follow only your own customer record');
      return follow({
        topic: room.customerChanges,
        clock: room.clock,
        caller,
        stream: { field: 'customerUpdated', args },
        wanted: (customerId) => customerId === id,
        events: (customerId) => [customerId],
        present: async () => ((await loaders.customerById.load(id)) === null ? [] : [id]),
        stateOf: (customerId) => ({ key: `Customer:${customerId}` }),
      });
    },
    async resolve(customerId: string, _args: object, context: Context) {
      context.loaders = context.newLoaders();
      const customer = await context.loaders.customerById.load(customerId);
      if (customer === null) throw new Error(`customer ${customerId} changed and is gone`);
      return customer;
    },
  };
}
