import type { ShipmentNotice } from '../../../connectors/canonical/shipment-notice.ts';
import { rawText } from '../../../connectors/parse-record.ts';
import { polledFeed } from '../../../connectors/polled-feed.ts';
import type { FeedRejection } from '../../../platform/feed/feed.ts';
import { createPoller } from '../../../platform/feed/poller.ts';
import { idFromKey } from '../../../platform/ids.ts';
import type { Running } from '../../../platform/subgraph.ts';
import { shipWork } from '../domain/ship.ts';
import { shipmentOfNotice } from '../domain/warehouse-work.ts';
import type { Room, Warehouse } from '../room.ts';
import { announceShipped } from './tell-siblings.ts';
import { creditUncollected } from './uncollected.ts';

/**
 * Follows what leaves the warehouse: each shipment is applied once and as `createShipment` would, whether or not we have heard that the
 * work was taken on. What was never asked for, was canceled or has left before is set aside with the reason.
 */
export function createShipmentsFeed(room: Room, { connector }: Warehouse): Running {
  const { integration, clock, logger } = room;
  const poller = createPoller<ShipmentNotice>({
    name: `order/${connector.system}/shipments`,
    ...polledFeed(connector, 'shipments', integration),
    clock,
    logger,
    async apply(changes) {
      const setAside = [];
      for (const { eventId, record } of changes) {
        const problem = await applyNotice(room, connector.system, record);
        if (problem === null) continue;
        const rejected: FeedRejection = { ...problem, raw: rawText(record) };
        setAside.push({ eventId, rejected });
      }
      return setAside;
    },
  });
  // Orders are taken whether or not the warehouse has ever answered.
  return { ...poller, health: () => ({ ...poller.health(), ready: true }) };
}

type Problem = Pick<FeedRejection, 'code' | 'message' | 'field'>;

/** Null: the goods are noted as gone, now or before. */
async function applyNotice(room: Room, system: string, notice: ShipmentNotice): Promise<Problem | null> {
  const { orders, store, clock, newId } = room;
  const workId = notice.requestReference;
  const problem = (code: string, message: string): Problem => ({
    code,
    message,
    field: ['requestReference'],
  });
  const [known] = await orders.byWorkIds([workId]);
  if (known === undefined) return problem('WORK_UNKNOWN', `there is no piece of work ${workId}`);

  return store.transaction(async (session) => {
    const before = await orders.find(session, known._id);
    const work = before?.work.find(({ id }) => id === workId);
    if (before === null || work === undefined)
      return problem('WORK_UNKNOWN', `there is no piece of work ${workId}`);
    if (work.servedBy?.system !== system)
      return problem('WORK_NOT_REQUESTED', `${system} was never asked for ${workId}`);
    const shipment = shipmentOfNotice(idFromKey('shipment', system, notice.id), notice);
    if (before.shipments.some(({ id }) => id === shipment.id)) return null;
    const decision = shipWork(before, workId, shipment, {
      id: newId(),
      type: 'SHIPMENT_CREATED',
      occurredAt: shipment.shippedAt,
      recordedAt: clock.now(),
      actor: 'subgraph:order',
      sourceSystem: system.toUpperCase(),
    });
    if (!decision.ok) {
      const [error] = decision.errors;
      return problem(error?.code ?? 'REFUSED', error?.message ?? 'the shipment does not fit the work');
    }
    if (!(await orders.replace(session, before, decision.value)))
      throw new Error(`order ${before._id} changed within a transaction that had read it`);
    await announceShipped(room, session, before, work, {
      shipmentId: shipment.id,
      shippedAt: shipment.shippedAt,
    });
    await creditUncollected(room, session, before, work);
    return null;
  });
}
