import { GraphError } from '../../../platform/errors.ts';
import { presentThenChanges } from '../../../platform/graphql/present-then-changes.ts';
import type { Context } from '../context.ts';
import { mayRead } from '../domain/access.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import type { Room } from '../room.ts';

export function customerUpdated(room: Room): NonNullable<SubscriptionResolvers['customerUpdated']> {
  return {
    async subscribe(_parent: object, { id }: { readonly id: string }, { caller, loaders }: Context) {
      // The same answer whether or not there is such a customer.
      if (!mayRead(caller.identity, id))
        throw new GraphError('FORBIDDEN', 'you may follow only your own customer record');
      return presentThenChanges({
        topic: room.customerChanges,
        wanted: (customerId) => customerId === id,
        present: async () => ((await loaders.customerById.load(id)) === null ? [] : [id]),
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
