import type { Topic } from '../../../platform/graphql/topic.ts';
import type { Context } from '../context.ts';
import type { PaymentRecord } from '../domain/payment-record.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import { isOwner, maySeeOrders } from './request-refund.ts';

/**
 * The payments of one order as they stand, then as they change. A caller who may not see the order gets no event: a stream that stays
 * silent does not tell whether the order exists.
 */
export function paymentUpdated(
  topic: Topic<PaymentRecord>,
): NonNullable<SubscriptionResolvers['paymentUpdated']> {
  return {
    subscribe: (_parent, { orderId }, context) => follow(topic, orderId, context),
    // What `follow` gives.
    resolve: (payment: unknown) => payment as PaymentRecord,
  };
}

/** Not a generator: one that waits for its next event would only notice at that event that its reader has gone. */
function follow(
  topic: Topic<PaymentRecord>,
  orderId: string,
  context: Context,
): AsyncIterableIterator<PaymentRecord> {
  // Listening begins before looking, so that no change falls between the two.
  const changes = topic.subscribe((payment) => payment.orderId === orderId);
  let present: PaymentRecord[] | null = null;

  return {
    ...changes,
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      present ??= (await maySee(context, orderId))
        ? [...(await context.loaders.paymentsByOrder.load(orderId))]
        : [];
      const first = present.shift();
      if (first !== undefined) return { done: false, value: first };
      for (;;) {
        const step = await changes.next();
        if (step.done) return step;
        context.loaders = context.newLoaders();
        if (await maySee(context, orderId)) return step;
      }
    },
  };
}

async function maySee({ caller, loaders }: Context, orderId: string): Promise<boolean> {
  if (maySeeOrders(caller.identity)) return true;
  const account = await loaders.accountByOrder.load(orderId);
  return isOwner(caller.identity, account?.customerId ?? null);
}
