import type { Context } from '../context.ts';
import { mayRead } from '../domain/access.ts';
import type { Customer } from '../domain/customer.ts';
import { identityKey, normalIdentity } from '../domain/identity.ts';
import type { CustomerResolvers, QueryResolvers } from '../generated.ts';
import { loyaltyAccountOf } from './loyalty.ts';

export const queries: QueryResolvers = {
  me: (_parent, _args, context) => {
    const { customerId } = context.caller.identity;
    return customerId === undefined ? null : visibleCustomer(context, customerId);
  },
  customer: (_parent, { id }, context) => visibleCustomer(context, id),
  async customerByIdentity(_parent, { type, value }, context) {
    const normal = normalIdentity(type, value);
    if (normal === null) return null;
    const id = await context.loaders.customerIdByIdentity.load(identityKey(type, normal));
    return id === null ? null : visibleCustomer(context, id);
  },
};

export const customerResolvers: CustomerResolvers = {
  async __resolveReference({ id }, context) {
    const customer = await visibleCustomer(context, id);
    // A copy: the federation library writes the type's name on what it is given.
    return customer === null ? null : { ...customer };
  },
  identities: ({ id }, _args, { loaders }) => loaders.identitiesByCustomer.load(id),
  consents: ({ id }, _args, { loaders }) => loaders.consentsByCustomer.load(id),
  loyalty: ({ id }, _args, context) => loyaltyAccountOf(id, context),
};

/** Null for a customer that is not there and for one the caller must not see alike. */
async function visibleCustomer({ caller, loaders }: Context, id: string): Promise<Customer | null> {
  return mayRead(caller.identity, id) ? loaders.customerById.load(id) : null;
}
