import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { type Caller, serviceIdentity } from '../../../platform/identity/identity.ts';
import type { Siblings } from '../room.ts';

const CUSTOMER = {
  name: 'OrderCustomer',
  document: /* GraphQL */ `
    query OrderCustomer($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Customer { id code status } }
    }`,
};

interface Answer {
  readonly _entities: readonly ({
    readonly id: string;
    readonly code: string;
    readonly status: string;
  } | null)[];
}

/**
 * What the ERP knows a customer by; null for a guest. Refuses with CUSTOMER_UNKNOWN or CUSTOMER_BLOCKED. The question is the room's own:
 * whether the caller may buy for this customer has been decided before.
 */
export async function askCustomer(
  customer: Siblings['customer'],
  id: string | null,
  caller: Caller,
): Promise<Decision<string | null>> {
  if (id === null) return accepted(null);
  const asker = { ...caller, identity: serviceIdentity('order') };
  const { _entities } = await customer.ask<Answer>(
    CUSTOMER,
    { representations: [{ __typename: 'Customer', id }] },
    asker,
  );
  const found = _entities[0];
  const field = ['input', 'customerId'];
  if (found == null) return refused(userError('CUSTOMER_UNKNOWN', `There is no customer ${id}.`, { field }));
  if (found.status !== 'ACTIVE')
    return refused(
      userError('CUSTOMER_BLOCKED', `This customer is ${found.status.toLowerCase()} and cannot buy.`, {
        field,
      }),
    );
  return accepted(found.code);
}
