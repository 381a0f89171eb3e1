import type { Clock } from '../../../platform/clock.ts';
import { follow } from '../../../platform/graphql/follow.ts';
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
  clock: Clock,
): NonNullable<SubscriptionResolvers['paymentUpdated']> {
  return {
    subscribe: (_parent, args, context) =>
      follow({
        topic,
        clock,
        caller: context.caller,
        stream: { field: 'paymentUpdated', args },
        wanted: (payment) => payment.orderId === args.orderId,
        events: (payment) => [payment],
        present: () => context.loaders.paymentsByOrder.load(args.orderId),
        stateOf: ({ _id, version }) => ({ key: `Payment:${_id}`, version }),
        admits() {
          context.loaders = context.newLoaders();
          return maySee(context, args.orderId);
        },
      }),
    // What `follow` gives.
    resolve: (payment: unknown) => payment as PaymentRecord,
  };
}

async function maySee({ caller, loaders }: Context, orderId: string): Promise<boolean> {
  if (maySeeOrders(caller.identity)) return true;
  const account = await loaders.accountByOrder.load(orderId);
  return isOwner(caller.identity, account?.customerId ?? null);
}
