import DataLoader from 'dataloader';
import type { FreshCache } from '../../platform/cache/fresh-cache.ts';
import { GraphError } from '../../platform/errors.ts';
import type { Consent } from './domain/consent.ts';
import type { Customer } from './domain/customer.ts';
import type { CustomerIdentity } from './domain/identity.ts';
import type { LoyaltyOrder } from './domain/loyalty.ts';
import type { CustomerCache } from './store/customer-cache.ts';
import type { LoyaltyBalance, LoyaltyStore } from './store/loyalty.ts';
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
  /** Null: no points yet. */
  readonly loyaltyBalanceByCustomer: DataLoader<string, LoyaltyBalance | null>;
  readonly loyaltyOrderById: DataLoader<string, LoyaltyOrder | null>;
}

/** The most keys one query carries. */
const MAX_BATCH = 1_000;

export function createLoaders(cache: CustomerCache, read: CustomerReader, loyalty: LoyaltyStore): Loaders {
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
    loyaltyBalanceByCustomer: new DataLoader(async (ids) => {
      const found = new Map((await loyalty.balances(ids)).map((balance) => [balance._id, balance]));
      return ids.map((id) => found.get(id) ?? null);
    }, limits),
    loyaltyOrderById: new DataLoader(async (ids) => {
      const found = new Map((await loyalty.ordersByIds(ids)).map((order) => [order._id, order]));
      return ids.map((id) => found.get(id) ?? null);
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
