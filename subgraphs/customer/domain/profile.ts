import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import { type Customer, EMPTY_PROFILE, PROFILE_FIELDS, type ProfileField } from './customer.ts';
import { normalIdentity } from './identity.ts';

/** What is to be written: an absent field stays, null empties it. */
export type ProfileWish = { readonly [F in ProfileField]?: string | null | undefined };

const MAX_NAME_LENGTH = 100;

/** A customer that is made here, or why it cannot be: it needs an e-mail address or a phone number. */
export function newCustomer(head: { id: string; code: string }, wish: ProfileWish): Decision<Customer> {
  const made = changedProfile(
    { ...head, ...EMPTY_PROFILE, countryCode: null, status: 'ACTIVE', ownFields: [] },
    wish,
  );
  if (!made.ok || made.value.email !== null || made.value.phone !== null) return made;
  return refused(
    userError('CONTACT_MISSING', 'A new customer needs an e-mail address or a phone number.', {
      field: ['input', 'email'],
    }),
  );
}

/** The customer with the wished fields, which are ours from now on, or what is wrong with each. */
export function changedProfile(customer: Customer, wish: ProfileWish): Decision<Customer> {
  const errors: UserErrorValue[] = [];
  const changes: { [F in ProfileField]?: string | null } = {};
  for (const field of PROFILE_FIELDS) {
    const wished = wish[field];
    if (wished === undefined) continue;
    const value = wished === null ? null : wished.trim();
    const problem = value === null ? null : problemOf(field, value);
    if (problem !== null) errors.push(problem);
    else if (value !== customer[field]) changes[field] = value;
  }
  if (errors.length > 0) return refused(...errors);
  const changed = PROFILE_FIELDS.filter((field) => field in changes);
  const ownFields = PROFILE_FIELDS.filter(
    (field) => customer.ownFields.includes(field) || changed.includes(field),
  );
  return accepted(changed.length === 0 ? customer : { ...customer, ...changes, ownFields });
}

function problemOf(field: ProfileField, value: string): UserErrorValue | null {
  const at = { field: ['input', field] };
  if (field === 'email')
    return normalIdentity('EMAIL', value) === null
      ? userError('EMAIL_INVALID', 'This is no e-mail address.', at)
      : null;
  if (field === 'phone')
    return normalIdentity('PHONE', value) === null
      ? userError('PHONE_INVALID', 'A phone number begins with + and its country code.', at)
      : null;
  return value === '' || value.length > MAX_NAME_LENGTH
    ? userError('NAME_INVALID', `A name is 1 to ${MAX_NAME_LENGTH} characters and not blank.`, at)
    : null;
}
