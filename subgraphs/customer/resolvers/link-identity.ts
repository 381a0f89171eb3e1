import { accepted, refused, userError } from '../../../platform/errors.ts';
import { hasScope } from '../../../platform/identity/identity.ts';
import { normalIdentity } from '../domain/identity.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { claimIdentity, writeCustomer } from '../store/write-customer.ts';
import { forbidden, identityTaken, writableCustomer, writeOnce } from './write-once.ts';

const MAX_SYSTEM_LENGTH = 60;

/** For staff alone: a shopper who could name themselves would take the names, and with them the points, of others. */
export function linkCustomerIdentity(room: Room): NonNullable<MutationResolvers['linkCustomerIdentity']> {
  return (_parent, { input }, context) =>
    writeOnce(room, context, 'linkCustomerIdentity', input, async (session) => {
      const { identity } = context.caller;
      if (!hasScope(identity, 'customer:write')) return refused(forbidden());
      const known = await writableCustomer(room, identity, input.customerId, 'customerId', session);
      if (!known.ok) return known;
      const notOurs = room.writes(identity, { 'Customer.identities': ['input', 'value'] });
      if (notOurs.length > 0) return refused(...notOurs);

      const sourceSystem = input.sourceSystem.trim();
      if (normalIdentity(input.type, input.value) === null)
        return refused(
          userError('IDENTITY_INVALID', `This cannot be a name of type ${input.type}.`, {
            field: ['input', 'value'],
          }),
        );
      if (sourceSystem === '' || sourceSystem.length > MAX_SYSTEM_LENGTH)
        return refused(
          userError('SOURCE_SYSTEM_INVALID', `A system's name is 1 to ${MAX_SYSTEM_LENGTH} characters.`, {
            field: ['input', 'sourceSystem'],
          }),
        );
      const name = { type: input.type, value: input.value.trim(), sourceSystem, verifiedAt: null };
      const claim = await claimIdentity(room.collections, known.value.id, name, session);
      if (claim === 'taken') return refused(identityTaken('value'));
      if (claim === 'claimed') await writeCustomer(room.collections, known.value, session);
      return accepted({ id: known.value.id });
    });
}
