import type { WriteGuard } from '../../connectors/ownership.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Topic } from '../../platform/graphql/topic.ts';
import type { Idempotency } from '../../platform/idempotency/idempotency.ts';
import type { NewId } from '../../platform/ids.ts';
import type { LoyaltyRules } from './domain/loyalty.ts';
import type { CustomerSender } from './feed/send-customer.ts';
import type { Collections } from './store/collections.ts';
import type { CustomerCache } from './store/customer-cache.ts';
import type { LoyaltyStore } from './store/loyalty.ts';
import type { CustomerReader } from './store/read-customers.ts';

/** What resolvers work with. */
export interface Room {
  readonly collections: Collections;
  readonly read: CustomerReader;
  readonly cache: CustomerCache;
  readonly idempotency: Idempotency;
  readonly writes: WriteGuard;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly sender: CustomerSender;
  readonly loyalty: LoyaltyStore;
  readonly loyaltyRules: LoyaltyRules;
  /** The id of each customer of whom anything changed, by any process, after it was committed. */
  readonly customerChanges: Topic<string>;
}
