import type { ClientSession } from 'mongoose';
import type { FulfillmentOrder, Order } from '../domain/order.ts';
import type { Room } from '../room.ts';
import { forgetPickup } from './tell-pickup.ts';
import { announceShipped } from './tell-siblings.ts';
import { creditUncollected } from './uncollected.ts';

/** What follows from goods having been handed to their customer, written with it; `before` is the order as it stood. */
export async function handOver(
  room: Room,
  session: ClientSession,
  before: Order,
  work: FulfillmentOrder,
  pickedUpAt: Date,
): Promise<void> {
  await announceShipped(room, session, before, work, {
    // There is no parcel: the piece of work itself names the hand-over.
    shipmentId: work.id,
    shippedAt: pickedUpAt,
    handedOver: true,
  });
  await creditUncollected(room, session, before, work);
  await forgetPickup(room, session, before, work);
}
