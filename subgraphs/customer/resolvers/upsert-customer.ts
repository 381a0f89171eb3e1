import type { ClientSession } from 'mongoose';
import { accepted, type Decision, refused } from '../../../platform/errors.ts';
import { hasScope, type Identity } from '../../../platform/identity/identity.ts';
import { idFromKey } from '../../../platform/ids.ts';
import { mayMake } from '../domain/access.ts';
import { type Customer, customerCodeFrom, type ProfileField } from '../domain/customer.ts';
import { changedProfile, newCustomer } from '../domain/profile.ts';
import type { MutationResolvers, UpsertCustomerInput } from '../generated.ts';
import type { Room } from '../room.ts';
import { claimIdentity, giveUpIdentity, writeCustomer } from '../store/write-customer.ts';
import { forbidden, identityTaken, writableCustomer, writeOnce } from './write-once.ts';

/** The name of this graph among the systems that tell of a customer. */
const SOURCE = 'graph';

export function upsertCustomer(room: Room): NonNullable<MutationResolvers['upsertCustomer']> {
  return async (_parent, { input }, context) => {
    const answer = await writeOnce(room, context, 'upsertCustomer', input, async (session) => {
      const { identity } = context.caller;
      const id = input.id ?? ownId(identity);
      const known = id === undefined ? null : await writableCustomer(room, identity, id, 'id', session);
      if (known !== null && !known.ok) return known;
      if (known === null && !mayMake(identity)) return refused(forbidden());

      const notOurs = room.writes(identity, profileFields(input));
      if (notOurs.length > 0) return refused(...notOurs);

      const before = known?.value ?? null;
      const decision = before === null ? made(room, input) : changedProfile(before, input);
      if (!decision.ok) return decision;
      const written = await write(room, before, decision.value, session);
      if (written.ok && before === null)
        await room.sender.enqueue(session, decision.value, context.caller.correlationId);
      return written;
    });
    room.sender.wake();
    return answer;
  };
}

/** Without an id a shopper means themselves; staff mean a new customer. */
function ownId(identity: Identity): string | undefined {
  return hasScope(identity, 'customer:write') ? undefined : identity.customerId;
}

/** What of a profile is to be changed, and which input field carries it. */
function profileFields(input: UpsertCustomerInput): Parameters<Room['writes']>[1] {
  const at = (field: ProfileField) => (input[field] === undefined ? undefined : ['input', field]);
  return {
    'Customer.givenName': at('givenName'),
    'Customer.familyName': at('familyName'),
    'Customer.email': at('email'),
    'Customer.phone': at('phone'),
  };
}

function made(room: Room, input: UpsertCustomerInput): Decision<Customer> {
  const code = customerCodeFrom(room.newId());
  // The id follows from the code, so that the customer is the same one when a system of record tells of it.
  return newCustomer({ id: idFromKey('customer', code), code }, input);
}

async function write(
  { collections }: Room,
  before: Customer | null,
  customer: Customer,
  session: ClientSession,
): Promise<Decision<{ id: string }>> {
  for (const [field, type] of [
    ['email', 'EMAIL'],
    ['phone', 'PHONE'],
  ] as const) {
    const old = before?.[field] ?? null;
    const value = customer[field];
    if (value === old) continue;
    if (old !== null) await giveUpIdentity(collections, customer.id, { type, value: old }, session);
    if (value === null) continue;
    const name = { type, value, sourceSystem: SOURCE, verifiedAt: null };
    if ((await claimIdentity(collections, customer.id, name, session)) === 'taken')
      return refused(identityTaken(field));
  }
  if (customer !== before) await writeCustomer(collections, customer, session);
  return accepted({ id: customer.id });
}
