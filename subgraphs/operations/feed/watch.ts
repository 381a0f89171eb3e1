import { type QuarantineRecord, quarantineModel } from '../../../platform/feed/quarantine.ts';
import { createTailTopic, type TailTopic } from '../../../platform/graphql/tail-topic.ts';
import type { Topic } from '../../../platform/graphql/topic.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import { createChangeTail } from '../../../platform/store/change-tail.ts';
import type { Running } from '../../../platform/subgraph.ts';
import {
  type BusinessException,
  exceptionOfOperation,
  exceptionOfRejected,
  subjectOfRejected,
} from '../domain/business-exception.ts';
import type { Room } from '../room.ts';

/** Rows looked at in one go when everything is looked through. */
const SWEEP_BATCH = 500;

/**
 * Watches operations and quarantined records and turns what went wrong into work for people. What happened while nobody watched is
 * found by looking through everything once at start, and again whenever changes may have been missed.
 */
export function createExceptionWatch(room: Room): Running & { readonly operations: Topic<OperationRecord> } {
  const { exceptions, integration, clock, logger, teller } = room;
  const quarantine = quarantineModel(integration.connection);
  const operationsCollection = integration.operations.model.collection.collectionName;
  // So that an operation that succeeds, as nearly all do, costs no write. Another process knows those it raised itself.
  let open = new Set<string>();

  async function raise(raised: readonly BusinessException[]): Promise<void> {
    const written = await exceptions.raise(raised);
    if (written.length > 0) teller.wake();
    for (const { operationId } of raised) if (operationId !== null) open.add(operationId);
  }

  const operations: TailTopic<OperationRecord> = createTailTopic(
    () => tail,
    ({ collection, document }) =>
      collection === operationsCollection ? (document as OperationRecord | null) : null,
  );

  async function operationChanged(operation: OperationRecord): Promise<void> {
    const raised = exceptionOfOperation(operation);
    if (raised !== null) await raise([raised]);
    else if (operation.state === 'SUCCEEDED' && open.has(operation._id)) {
      await exceptions.operationSucceeded(operation._id, operation.completedAt ?? clock.now());
      open.delete(operation._id);
      teller.wake();
    }
  }

  async function recordsRejected(records: readonly QuarantineRecord[]): Promise<void> {
    // Those set aside before this was kept have no such field.
    const isMended = ({ mendedAt }: QuarantineRecord) => (mendedAt ?? null) !== null;
    await raise(records.filter((record) => !isMended(record)).map(exceptionOfRejected));
    const mended = records.filter(isMended);
    if (mended.length === 0) return;
    await exceptions.recordsMended(mended.map(subjectOfRejected), clock.now());
    teller.wake();
  }

  async function lookThroughEverything(): Promise<void> {
    const { model } = integration.operations;
    open = new Set(await exceptions.openOperationIds());
    const done = await model
      .find({ _id: { $in: [...open] }, state: 'SUCCEEDED' }, { completedAt: 1 })
      .lean<Pick<OperationRecord, '_id' | 'completedAt'>[]>();
    for (const { _id, completedAt } of done) {
      await exceptions.operationSucceeded(_id, completedAt ?? clock.now());
      open.delete(_id);
    }
    if (done.length > 0) teller.wake();
    const parked = model.find({ state: 'DEAD_LETTERED' }).sort({ _id: 1 }).lean<OperationRecord[]>();
    await inBatches(parked.cursor({ batchSize: SWEEP_BATCH }), (rows: OperationRecord[]) =>
      raise(rows.flatMap((row) => exceptionOfOperation(row) ?? [])),
    );
    const rejected = quarantine.find().lean<QuarantineRecord[]>();
    await inBatches(rejected.cursor({ batchSize: SWEEP_BATCH }), recordsRejected);
  }

  const tail = createChangeTail<OperationRecord | QuarantineRecord>({
    name: 'operations/integration',
    connection: integration.connection,
    collections: [operationsCollection, quarantine.collection.collectionName],
    clock,
    logger,
    async onGap() {
      operations.interrupt();
      await lookThroughEverything();
    },
    async onChange(change) {
      operations.take(change);
      const { collection, document } = change;
      if (document === null) return;
      // The two collections hold one type each.
      if (collection === operationsCollection) await operationChanged(document as OperationRecord);
      else await recordsRejected([document as QuarantineRecord]);
    },
  });

  return {
    ...tail,
    operations,
    async start() {
      // Watching begins before looking, so that nothing falls between the two.
      await tail.start();
      await lookThroughEverything();
    },
  };
}

async function inBatches<T>(
  rows: AsyncIterable<unknown>,
  apply: (batch: T[]) => Promise<void>,
): Promise<void> {
  let batch: T[] = [];
  for await (const row of rows) {
    // A lean cursor gives the rows of the query it was made from.
    batch.push(row as T);
    if (batch.length < SWEEP_BATCH) continue;
    await apply(batch);
    batch = [];
  }
  await apply(batch);
}

/** Tells the subscriptions of this process of every exception that is raised, by whichever process. */
export function createExceptionTail(room: Room): Running & { readonly raised: Topic<BusinessException> } {
  const raised: TailTopic<BusinessException> = createTailTopic(
    () => tail,
    // The one collection the tail watches holds exceptions.
    (change) => {
      const document = change.document as BusinessException | null;
      return document === null || document.resolvedAt !== null ? null : document;
    },
  );
  const tail = createChangeTail<BusinessException>({
    name: 'operations/exceptions',
    connection: room.exceptions.model.db,
    collections: [room.exceptions.model.collection.collectionName],
    clock: room.clock,
    logger: room.logger,
    onChange: raised.take,
    onGap: raised.interrupt,
  });
  return { ...tail, raised };
}
