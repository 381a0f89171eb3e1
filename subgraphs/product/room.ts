import type { WriteGuard } from '../../connectors/ownership.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Topic } from '../../platform/graphql/topic.ts';
import type { Idempotency } from '../../platform/idempotency/idempotency.ts';
import type { NewId } from '../../platform/ids.ts';
import type { ProductStatus } from './domain/article.ts';
import type { CatalogueCache, CatalogueChange } from './store/catalogue-cache.ts';
import type { Collections } from './store/collections.ts';
import type { CatalogueReader } from './store/read-catalogue.ts';

/** What resolvers work with. */
export interface Room {
  readonly collections: Collections;
  readonly read: CatalogueReader;
  readonly cache: CatalogueCache;
  readonly idempotency: Idempotency;
  readonly writes: WriteGuard;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Every change of the catalogue by any process, after it was committed. */
  readonly catalogueChanges: Topic<CatalogueChange>;
  /** What such a change means, article by article. */
  articleChanges(change: CatalogueChange): Promise<readonly ArticleChange[]>;
  /** The moment up to which the ERP's prices are known; null until they were read to their end. */
  readonly pricesKnownAsOf: () => Date | null;
}

export interface ArticleChange {
  readonly variantId: string;
  readonly status: ProductStatus;
  /** The channels it matters to: of a price its own, otherwise all that sell the article. */
  readonly channelIds: readonly string[];
}
