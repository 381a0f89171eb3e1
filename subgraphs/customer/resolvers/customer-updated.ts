import { GraphError } from '../../../platform/errors.ts';
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
      const changes = room.customerChanges.subscribe((customerId) => customerId === id);
      // Listening begins before the present is read, so that nothing falls between the two.
      const present = await loaders.customerById.load(id).catch(async (error: unknown) => {
        await changes.return?.();
        throw error;
      });
      return present === null ? changes : after(id, changes);
    },
    async resolve(customerId: string, _args: object, context: Context) {
      context.loaders = context.newLoaders();
      const customer = await context.loaders.customerById.load(customerId);
      if (customer === null) throw new Error(`customer ${customerId} changed and is gone`);
      return customer;
    },
  };
}

/** `first`, then everything `rest` gives; ends with it. No generator: one that waits cannot be ended from outside. */
function after<T>(first: T, rest: AsyncIterableIterator<T>): AsyncIterableIterator<T> {
  let sent = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      if (sent) return rest.next();
      sent = true;
      return Promise.resolve({ done: false, value: first });
    },
    return() {
      sent = true;
      return rest.return?.() ?? Promise.resolve({ done: true, value: undefined });
    },
  };
}
