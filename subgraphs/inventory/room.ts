import type { SnapshotFiles } from '../../connectors/csv/snapshot-files.ts';
import type { WriteGuard } from '../../connectors/ownership.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Topic } from '../../platform/graphql/topic.ts';
import type { NewId } from '../../platform/ids.ts';
import type { PolicyOf } from './domain/channel-policy.ts';
import type { SnapshotIngestion } from './domain/snapshot.ts';
import type { SourcingStrategy } from './domain/sourcing-strategy.ts';
import type { AnswerChange } from './store/answer-changes.ts';
import type { InventoryStore } from './store/inventory-store.ts';
import type { NearingClaims } from './store/nearing-claims.ts';
import type { LevelRecord } from './store/records.ts';

/** What resolvers and feeds work with. */
export interface Room {
  readonly store: InventoryStore;
  readonly writes: WriteGuard;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly policyOf: PolicyOf;
  readonly strategy: SourcingStrategy;
  readonly snapshots: { readonly files: SnapshotFiles; readonly ingestion: SnapshotIngestion };
  /** Every change of a level by any process, after it was committed. */
  readonly levelChanges: Topic<LevelRecord>;
  /** Whatever may make an answer about availability another one. */
  readonly answerChanges: Topic<AnswerChange>;
  readonly nearingClaims: NearingClaims;
}
