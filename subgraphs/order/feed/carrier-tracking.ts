import type { TrackingEvent } from '../../../connectors/canonical/tracking-event.ts';
import { rawText } from '../../../connectors/parse-record.ts';
import { polledFeed } from '../../../connectors/polled-feed.ts';
import type { FeedRejection } from '../../../platform/feed/feed.ts';
import { createPoller } from '../../../platform/feed/poller.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { Order, Shipment } from '../domain/order.ts';
import { trackParcel } from '../domain/track.ts';
import type { Carrier, Room } from '../room.ts';

/**
 * Follows where a carrier's parcels are: a shipment goes from IN_TRANSIT to DELIVERED and never back. A parcel of which no shipment is
 * known is set aside.
 */
export function createTrackingFeed(room: Room, carrier: Carrier): Running {
  const { integration, clock, logger } = room;
  const { connector } = carrier;
  const poller = createPoller<TrackingEvent>({
    name: `order/${connector.system}/trackingEvents`,
    ...polledFeed(connector, 'trackingEvents', integration),
    clock,
    logger,
    async apply(changes) {
      const setAside = [];
      for (const { eventId, record } of changes) {
        const rejected = await applyScan(room, carrier, record);
        if (rejected !== null) setAside.push({ eventId, rejected });
      }
      return setAside;
    },
  });
  // Orders are taken whether or not the carrier has ever answered.
  return { ...poller, health: () => ({ ...poller.health(), ready: true }) };
}

/** Null: whoever has the parcel's shipments knows, now or before. */
async function applyScan(room: Room, carrier: Carrier, scan: TrackingEvent): Promise<FeedRejection | null> {
  const { trackingNumber } = scan;
  const isInParcel = (shipment: Shipment) =>
    shipment.carrier === carrier.name && shipment.trackingNumber === trackingNumber;
  const found = (await room.orders.byTrackingNumber(trackingNumber)).filter(({ shipments }) =>
    shipments.some(isInParcel),
  );
  for (const order of found) await track(room, carrier, order, isInParcel, scan);
  if (found.length > 0) return null;
  return {
    code: 'SHIPMENT_UNKNOWN',
    message: `no shipment went with ${carrier.name} under ${trackingNumber}`,
    field: ['trackingNumber'],
    raw: rawText(scan),
  };
}

async function track(
  { orders, store, clock, newId }: Room,
  { connector }: Carrier,
  { _id }: Order,
  isInParcel: (shipment: Shipment) => boolean,
  { status, occurredAt }: TrackingEvent,
): Promise<void> {
  await store.transaction(async (session) => {
    const before = await orders.find(session, _id);
    if (before === null) return;
    const after = trackParcel(before, isInParcel, status, {
      id: newId(),
      type: `SHIPMENT_${status}`,
      occurredAt: new Date(occurredAt),
      recordedAt: clock.now(),
      actor: 'subgraph:order',
      sourceSystem: connector.system.toUpperCase(),
    });
    if (after !== null && !(await orders.replace(session, before, after)))
      throw new Error(`order ${_id} changed within a transaction that had read it`);
  });
}
