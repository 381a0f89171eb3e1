import { reconcilersOfDocuments, theirsOf } from '../../../connectors/reconcile-documents.ts';
import { isUuid } from '../../../platform/ids.ts';
import type { OurDocument, Reconciler } from '../../../platform/reconciliation/reconciler.ts';
import {
  type ReconciliationTimes,
  SETTLING_MS,
  settledBefore,
} from '../../../platform/reconciliation/reconciliation-times.ts';
import type { FulfillmentOrder, Order } from '../domain/order.ts';
import { warehouseStateOf } from '../domain/warehouse-state.ts';
import type { Room, Warehouse } from '../room.ts';

/**
 * Compares the work we gave a warehouse system with what it has of it: asked for, left or dropped, on both sides. What is still on its
 * way there, or was refused, is left to the operation that says so.
 */
export function createWarehouseReconcilers(
  room: Room,
  { connector }: Warehouse,
  times: ReconciliationTimes,
): readonly Reconciler[] {
  const { orders, clock, integration } = room;
  const { system } = connector;
  const before = () => settledBefore(clock.now(), times);

  /** The orders of which something is still to be told to the warehouse. */
  async function onTheirWay(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await integration.operations.model
      .find(
        { subjectId: { $in: [...ids] }, 'steps.system': system, state: { $ne: 'SUCCEEDED' } },
        { subjectId: 1 },
      )
      .lean<{ subjectId: string }[]>();
    return new Set(found.map(({ subjectId }) => subjectId));
  }

  async function documentsOf(
    found: readonly Order[],
    isWanted: (work: FulfillmentOrder) => boolean,
  ): Promise<OurDocument[]> {
    const pending = await onTheirWay(found.map(({ _id }) => _id));
    return found.flatMap((order) =>
      order.work
        .filter((work) => work.servedBy?.system === system && isWanted(work))
        .map((work) => ({
          id: work.id,
          reference: work.id,
          figures: {
            number: null,
            currencyCode: null,
            total: null,
            canceled: null,
            state: warehouseStateOf(work),
          },
          settled: warehouseStateOf(work) !== null && order.updatedAt < before() && !pending.has(order._id),
        })),
    );
  }

  return reconcilersOfDocuments(room, {
    connector,
    kind: 'fulfillmentRequest',
    times,
    source: '/subgraphs/order',
    ownerTeam: 'warehouse operations',
    // What left there may be told to us this moment.
    lastsMs: times.settlingMs ?? SETTLING_MS,
    // Others may use the same warehouse, and name their requests as they like.
    isOurs: isUuid,
    theirs: (receipt) => ({ ...theirsOf(receipt), canceled: null, state: receipt.state }),
    async byReferences(references) {
      const wanted = new Set(references);
      return documentsOf(await orders.byWorkIds(references), ({ id }) => wanted.has(id));
    },
    async unreconciled(limit) {
      const found = await orders.workUnreconciled(system, before(), limit);
      return documentsOf(found, (work) => work.agreedAs !== warehouseStateOf(work));
    },
    reconciled: (work) =>
      orders.setWorkAgreed(
        work.flatMap(({ id, figures }) => (figures.state == null ? [] : [{ id, as: figures.state }])),
      ),
    disagreed: (work) => orders.setWorkDisagreed(work.map(({ id }) => id)),
  });
}
