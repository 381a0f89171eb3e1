import type { ClientSession } from 'mongoose';
import { type Consent, consentsThatHold } from '../domain/consent.ts';
import type { Customer } from '../domain/customer.ts';
import {
  type Collections,
  type ConsentRecord,
  type CustomerRecord,
  customerFrom,
  type IdentityRecord,
} from './collections.ts';

/** One query a call, whatever the number of keys. Keys of things that do not exist are left out of an answer. */
export interface CustomerReader {
  customers(ids: readonly string[], session?: ClientSession): Promise<Map<string, Customer>>;
  /** The customer each identityKey belongs to. */
  customerIdByIdentity(keys: readonly string[]): Promise<Map<string, string>>;
  identitiesByCustomer(customerIds: readonly string[]): Promise<Map<string, IdentityRecord[]>>;
  consentsByCustomer(customerIds: readonly string[]): Promise<Map<string, Consent[]>>;
}

export function createCustomerReader({ customers, identities, consents }: Collections): CustomerReader {
  return {
    async customers(ids, session) {
      const records = await customers
        .find({ _id: { $in: [...ids] } })
        .session(session ?? null)
        .lean<CustomerRecord[]>();
      return new Map(records.map((record) => [record._id, customerFrom(record)]));
    },
    async customerIdByIdentity(keys) {
      const records = await identities
        .find({ _id: { $in: [...keys] } }, { customerId: 1 })
        .lean<Pick<IdentityRecord, '_id' | 'customerId'>[]>();
      return new Map(records.map((record) => [record._id, record.customerId]));
    },
    async identitiesByCustomer(customerIds) {
      const records = await identities
        .find({ customerId: { $in: [...customerIds] } })
        .sort({ _id: 1 })
        .lean<IdentityRecord[]>();
      return Map.groupBy(records, (record) => record.customerId);
    },
    async consentsByCustomer(customerIds) {
      const records = await consents.find({ customerId: { $in: [...customerIds] } }).lean<ConsentRecord[]>();
      const answers = records.map(({ _id, ...facts }): Consent => ({ id: _id, ...facts }));
      const byCustomer = Map.groupBy(answers, (answer) => answer.customerId);
      return new Map([...byCustomer].map(([id, given]) => [id, consentsThatHold(given)]));
    },
  };
}
