import type { Resolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { customerUpdated } from './customer-updated.ts';
import { linkCustomerIdentity } from './link-identity.ts';
import { loyaltyAccountResolvers, loyaltyTransactionResolvers, orderResolvers } from './loyalty.ts';
import { customerResolvers, queries } from './queries.ts';
import { recordConsent } from './record-consent.ts';
import { upsertCustomer } from './upsert-customer.ts';

export function createResolvers(room: Room): Resolvers {
  return {
    Query: queries,
    Mutation: {
      upsertCustomer: upsertCustomer(room),
      linkCustomerIdentity: linkCustomerIdentity(room),
      recordConsent: recordConsent(room),
    },
    Subscription: { customerUpdated: customerUpdated(room) },
    Customer: customerResolvers,
    LoyaltyAccount: loyaltyAccountResolvers(room),
    LoyaltyTransaction: loyaltyTransactionResolvers,
    Order: orderResolvers(room),
    UserError: { __resolveType: () => 'CustomerUserError' },
  };
}
