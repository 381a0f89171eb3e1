import type { Connection } from 'mongoose';
import { createFreshCache, type FreshCache } from '../../../platform/cache/fresh-cache.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type Change, type ChangeTail, createChangeTail } from '../../../platform/store/change-tail.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import type { Customer } from '../domain/customer.ts';
import type { CustomerReader } from './read-customers.ts';

/** Profiles in memory. Consents never are: they are read from the store for every question. */
export interface CustomerCache {
  readonly customers: FreshCache<Customer>;
  readonly customerIdByIdentity: FreshCache<string>;
  /** Drops what changes, by whatever process; runs as long as the subgraph. */
  readonly tail: ChangeTail;
}

/** The bound of the schema's `@sor` on the profile's fields. */
const PROFILE_STALENESS_MS = 300_000;
/** About half a kB an entry. */
const MAX_CUSTOMERS = 50_000;

export function createCustomerCache(options: {
  read: CustomerReader;
  connection: Connection;
  clock: Clock;
  logger: Logger;
  /** Called with each change, after what changed was dropped. */
  onChange(change: Change<unknown>): void;
  /** Called when changes may have been missed. */
  onGap(): void;
}): CustomerCache {
  const { read, clock } = options;
  const common = {
    clock,
    maxStalenessMs: PROFILE_STALENESS_MS,
    maxEntries: MAX_CUSTOMERS,
    currentAsOf: () => tail.currentAsOf(),
  };
  const customers = createFreshCache<Customer>({ ...common, load: (ids) => read.customers(ids) });
  const customerIdByIdentity = createFreshCache<string>({ ...common, load: read.customerIdByIdentity });
  const tail = createChangeTail<unknown>({
    name: 'customer/profiles',
    connection: options.connection,
    collections: ['customers', 'identities'],
    clock,
    logger: options.logger,
    onChange(change) {
      if (change.collection === 'identities') customerIdByIdentity.invalidate(change.id);
      else customers.invalidate(change.id);
      options.onChange(change);
    },
    onGap() {
      customers.invalidateAll();
      customerIdByIdentity.invalidateAll();
      options.onGap();
    },
  });
  return { customers, customerIdByIdentity, tail };
}
