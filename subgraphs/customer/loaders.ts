import DataLoader from 'dataloader';
import type { Consent } from './domain/consent.ts';
import type { Customer } from './domain/customer.ts';
import type { CustomerIdentity } from './domain/identity.ts';
import type { CustomerCache } from './store/customer-cache.ts';
import type { CustomerReader } from './store/read-customers.ts';

/** Made anew for each request; each answers one question, once for all that ask it in the same tick. */
export interface Loaders {
  /** From memory where that is fresh enough. */
  readonly customerById: DataLoader<string, Customer | null>;
  /** By identityKey; from memory where that is fresh enough. */
  readonly customerIdByIdentity: DataLoader<string, string | null>;
  readonly identitiesByCustomer: DataLoader<string, CustomerIdentity[]>;
  /** What holds now, from the store. */
  readonly consentsByCustomer: DataLoader<string, Consent[]>;
}

/** The most keys one query carries. */
const MAX_BATCH = 1_000;

export function createLoaders(cache: CustomerCache, read: CustomerReader): Loaders {
  const limits = { maxBatchSize: MAX_BATCH };
  return {
    customerById: new DataLoader(async (ids) => {
      const answers = await cache.customers.read(ids);
      return answers.map(({ value }) => value);
    }, limits),
    customerIdByIdentity: new DataLoader(async (keys) => {
      const answers = await cache.customerIdByIdentity.read(keys);
      return answers.map(({ value }) => value);
    }, limits),
    identitiesByCustomer: new DataLoader(async (ids) => {
      const found = await read.identitiesByCustomer(ids);
      return ids.map((id) => found.get(id) ?? []);
    }, limits),
    consentsByCustomer: new DataLoader(async (ids) => {
      const found = await read.consentsByCustomer(ids);
      return ids.map((id) => found.get(id) ?? []);
    }, limits),
  };
}
