import DataLoader from 'dataloader';
import type { FreshCache } from '../../platform/cache/fresh-cache.ts';
import { GraphError } from '../../platform/errors.ts';
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
    customerById: fromCache(cache.customers),
    customerIdByIdentity: fromCache(cache.customerIdByIdentity),
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

function fromCache<V>(cache: FreshCache<V>): DataLoader<string, V | null> {
  return new DataLoader<string, V | null>(
    async (keys) => {
      const answers = await cache.read(keys);
      return answers.map((answer) => (answer instanceof GraphError ? answer : answer.value));
    },
    { maxBatchSize: MAX_BATCH },
  );
}
