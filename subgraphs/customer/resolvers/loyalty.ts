import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import type { Context } from '../context.ts';
import { mayRead } from '../domain/access.ts';
import { pointsOf } from '../domain/loyalty.ts';
import type { LoyaltyAccountResolvers, LoyaltyTransactionResolvers, OrderResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import type { LoyaltyAccount } from './models.ts';

/** A customer's account; null for who has no loyalty number. */
export async function loyaltyAccountOf(
  customerId: string,
  { loaders }: Context,
): Promise<LoyaltyAccount | null> {
  const names = await loaders.identitiesByCustomer.load(customerId);
  const number = names.find(({ type }) => type === 'LOYALTY_NUMBER')?.value;
  if (number === undefined) return null;
  const balance = await loaders.loyaltyBalanceByCustomer.load(customerId);
  return { id: customerId, number, points: balance?.points ?? 0, pendingPoints: balance?.pendingPoints ?? 0 };
}

export function loyaltyAccountResolvers({ loyalty }: Room): LoyaltyAccountResolvers {
  return {
    __resolveReference: async ({ id }, context) =>
      mayRead(context.caller.identity, id) ? loyaltyAccountOf(id, context) : null,
    async transactions({ id }, args) {
      const request = pageRequest(args);
      return pageOf(
        await loyalty.transactions(id, request.first + 1, request.after),
        request,
        ({ _id }) => _id,
      );
    },
  };
}

export const loyaltyTransactionResolvers: LoyaltyTransactionResolvers = {
  id: ({ _id }) => _id,
  sourceOrder: ({ orderId }) => ({ id: orderId }),
};

export function orderResolvers({ loyaltyRules }: Room): OrderResolvers {
  return {
    __resolveReference: async ({ id }) => ({ id }),
    async loyaltyPointsEarned({ id }, _args, { caller, loaders }) {
      const order = await loaders.loyaltyOrderById.load(id);
      if (order === null || !mayRead(caller.identity, order.customerId)) return null;
      const { spendable, pending } = pointsOf(order, loyaltyRules);
      return spendable + pending;
    },
  };
}
