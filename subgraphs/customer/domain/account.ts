import type { CustomerRecord } from '../../../connectors/canonical/customer.ts';
import { idFromKey } from '../../../platform/ids.ts';
import { type Customer, PROFILE_FIELDS, type Profile } from './customer.ts';
import type { IdentityType } from './identity.ts';

/** The customer that an ERP account is in the graph. Fields that were written here stay; everything else is the ERP's. */
export function customerOf(account: CustomerRecord, before: Customer | null): Customer {
  const told: Profile = {
    givenName: account.givenName ?? null,
    familyName: account.familyName ?? account.companyName ?? null,
    email: account.email ?? null,
    phone: account.phone ?? null,
  };
  const ownFields = before?.ownFields ?? [];
  const kept = Object.fromEntries(ownFields.map((field) => [field, before?.[field] ?? null]));
  return {
    id: customerIdOf(account),
    code: account.code,
    ...told,
    ...kept,
    countryCode: account.countryCode ?? null,
    status: before?.status ?? 'ACTIVE',
    ownFields: PROFILE_FIELDS.filter((field) => ownFields.includes(field)),
  };
}

export function customerIdOf(account: CustomerRecord): string {
  return idFromKey('customer', account.code);
}

/** The names an account brings along, each with the field of the record it stands in. What was written here is not the ERP's to name. */
export function namesOf(
  account: CustomerRecord,
  customer: Customer,
): { readonly type: IdentityType; readonly value: string; readonly field: string }[] {
  const names: { type: IdentityType; value: string | undefined; field: string }[] = [
    { type: 'ERP_ACCOUNT', value: account.code, field: 'code' },
    { type: 'LOYALTY_NUMBER', value: account.loyaltyNumber, field: 'loyaltyNumber' },
    {
      type: 'EMAIL',
      value: customer.ownFields.includes('email') ? undefined : account.email,
      field: 'email',
    },
    {
      type: 'PHONE',
      value: customer.ownFields.includes('phone') ? undefined : account.phone,
      field: 'phone',
    },
  ];
  return names.flatMap(({ type, value, field }) => (value === undefined ? [] : [{ type, value, field }]));
}
