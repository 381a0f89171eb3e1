import type { Clock } from '../../platform/clock.ts';
import type { Topic } from '../../platform/graphql/topic.ts';
import type { NewId } from '../../platform/ids.ts';
import type { LevelRecord } from './store/collections.ts';
import type { InventoryStore } from './store/inventory-store.ts';

/** What resolvers and feeds work with. */
export interface Room {
  readonly store: InventoryStore;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Every change of a level by any process, after it was committed. */
  readonly levelChanges: Topic<LevelRecord>;
}
