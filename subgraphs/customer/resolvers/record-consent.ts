import { accepted, refused } from '../../../platform/errors.ts';
import { consentFrom } from '../domain/consent.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { addConsent, writeCustomer } from '../store/write-customer.ts';
import { writableCustomer, writeOnce } from './write-once.ts';

export function recordConsent(room: Room): NonNullable<MutationResolvers['recordConsent']> {
  return (_parent, { input }, context) =>
    writeOnce(room, context, 'recordConsent', input, async (session) => {
      const { identity } = context.caller;
      const known = await writableCustomer(room, identity, input.customerId, 'customerId', session);
      if (!known.ok) return known;
      const notOurs = room.writes(identity, { 'Customer.consents': ['input', 'purpose'] });
      if (notOurs.length > 0) return refused(...notOurs);
      const customer = known.value;
      const consent = consentFrom(input, {
        id: room.newId(),
        customerId: customer.id,
        recordedAt: room.clock.now(),
        sourceSystem: identity.clientId,
        jurisdiction: customer.countryCode,
      });
      if (!consent.ok) return consent;
      await addConsent(room.collections, consent.value, session);
      await writeCustomer(room.collections, customer, session);
      return accepted({ id: customer.id });
    });
}
