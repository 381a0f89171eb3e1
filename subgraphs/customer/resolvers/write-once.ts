import type { ClientSession } from 'mongoose';
import { type Decision, type UserErrorValue, userError } from '../../../platform/errors.ts';
import type { Identity } from '../../../platform/identity/identity.ts';
import { isDuplicateKey } from '../../../platform/store/store.ts';
import type { Context } from '../context.ts';
import { writeAccess } from '../domain/access.ts';
import type { Customer } from '../domain/customer.ts';
import type { Room } from '../room.ts';

export interface CustomerAnswer {
  readonly customer: Customer | null;
  readonly userErrors: UserErrorValue[];
}

/** Carries out one intent on one customer and answers the customer as it then stands. `work` answers the customer's id. */
export async function writeOnce(
  room: Room,
  { caller, loaders }: Context,
  mutation: string,
  input: { readonly idempotencyKey: string },
  work: (session: ClientSession) => Promise<Decision<{ id: string }>>,
): Promise<CustomerAnswer> {
  const { identity } = caller;
  const intent = { identity, mutation, key: input.idempotencyKey, input };
  const once = () => room.idempotency.once(intent, work);
  // Two that wanted the same name at the same time: the second look finds it taken and can say so.
  const outcome = await once().catch((error: unknown) => {
    if (isDuplicateKey(error)) return once();
    throw error;
  });
  if (!outcome.done) return { customer: null, userErrors: [...outcome.errors] };
  // The change stream tells the other processes; whoever wrote must not read its own past meanwhile.
  room.cache.customers.invalidate(outcome.value.id);
  return { customer: await loaders.customerById.load(outcome.value.id), userErrors: [] };
}

/** The customer that is to be written, or why this caller cannot; a stranger's customer is as unknown as none. */
export async function writableCustomer(
  room: Room,
  identity: Identity,
  id: string,
  field: string,
  session: ClientSession,
): Promise<Decision<Customer>> {
  const access = writeAccess(identity, id);
  if (access === 'forbidden') return { ok: false, errors: [forbidden()] };
  const customer = access === 'unknown' ? undefined : (await room.read.customers([id], session)).get(id);
  if (customer !== undefined) return { ok: true, value: customer };
  return {
    ok: false,
    errors: [
      userError('CUSTOMER_UNKNOWN', 'There is no customer with this id.', { field: ['input', field] }),
    ],
  };
}

export function forbidden(): UserErrorValue {
  return userError('FORBIDDEN', 'You may not write this customer; it needs the scope customer:write.');
}

export function identityTaken(field: string): UserErrorValue {
  return userError('IDENTITY_TAKEN', 'This belongs to another customer.', { field: ['input', field] });
}
