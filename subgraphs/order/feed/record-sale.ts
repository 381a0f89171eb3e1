import { accepted, type Decision, refused } from '../../../platform/errors.ts';
import type { Caller } from '../../../platform/identity/identity.ts';
import { idFromKey } from '../../../platform/ids.ts';
import { isDuplicateKey } from '../../../platform/store/store.ts';
import { buildOfflineOrder } from '../domain/build-offline-order.ts';
import { inSale, type OfflineSaleInput, readOfflineSale } from '../domain/offline-sale.ts';
import type { Order, SubmittedTicket } from '../domain/order.ts';
import { type OrderUserErrorValue, priceOrder, type SellingChannel } from '../domain/price-lines.ts';
import { taxableOf } from '../domain/taxable.ts';
import type { Room } from '../room.ts';
import type { Articles } from './ask-articles.ts';
import { bindPayments, unbindPayments } from './bind-payments.ts';
import { enqueueSalesOrder } from './order-operations.ts';
import { freeNumber } from './place.ts';
import { announceConfirmed, announceHandedOver } from './tell-siblings.ts';
import { announceSoldOffline } from './tell-sold-offline.ts';

/** For giving payments back, counted from when that begins. */
const UNDO_TIMEOUT_MS = 5_000;

/** A sale that no order stands for yet, with what the siblings know of it. */
export interface NewSale {
  readonly index: number;
  readonly sale: OfflineSaleInput;
  readonly orderId: string;
  readonly ticket: SubmittedTicket;
  readonly channel: SellingChannel;
  readonly variants: Articles['variants'];
}

/**
 * Writes the order of a sale, with what tells the ERP and the siblings, all or none. `false`: an order under its ticket was written
 * meanwhile, by somebody whom `Attempts` does not know of. The order's id follows from the ticket, so that an attempt after a crash
 * finds the payments it bound before.
 */
export async function recordSale(
  room: Room,
  { index, sale, orderId, ticket, channel, variants }: NewSale,
  caller: Caller,
): Promise<Decision<boolean, OrderUserErrorValue>> {
  const { siblings, clock } = room;
  const now = clock.now();
  const { identity } = caller;
  const { locationId, paymentIds } = ticket;
  const request = readOfflineSale(sale, { index, locationId, channelId: channel.id, identity, now });
  if (!request.ok) return request;
  const priced = priceOrder(request.value, channel, variants);
  if (!priced.ok) return refused(...priced.errors.map((error) => inSale(error, index)));
  const number = await freeNumber(room, orderId);
  if (number === null) return accepted(false);

  const undo = () =>
    unbindUnlessItStands(room, orderId, { ...caller, deadlineMs: clock.now().getTime() + UNDO_TIMEOUT_MS });
  const { total } = priced.value;
  const lineIds = sale.lines.map((_, line) => idFromKey('orderLine', orderId, String(line)));
  const taxable = taxableOf(channel, priced.value, lineIds);
  const account = { orderId, orderNumber: number, customerId: null, total, paymentIds, taxable };
  // Also when nobody heard the answer: the payments may be bound all the same.
  const bound = await bindPayments(siblings.finance, account, caller).catch(async (error: unknown) => {
    await undo();
    throw error;
  });
  if (!bound.ok) return refused(...bound.errors.map((error) => inSale(error, index)));
  const order = buildOfflineOrder(
    {
      id: orderId,
      number,
      request: request.value,
      channel,
      priced: priced.value,
      lineIds,
      placedBy: identity.subject,
      correlationId: caller.correlationId,
      now,
      newId: room.newId,
    },
    ticket,
  );
  try {
    await write(room, order);
    return accepted(true);
  } catch (error) {
    // The commit may have happened although nobody heard of it.
    await undo();
    if (isDuplicateKey(error)) return accepted(false);
    throw error;
  }
}

function write(room: Room, order: Order): Promise<void> {
  return room.store.transaction(async (session) => {
    await room.orders.insert(session, order);
    await enqueueSalesOrder(room, session, order);
    await announceConfirmed(room, session, order);
    await announceHandedOver(room, session, order);
    await announceSoldOffline(room, session, order);
  });
}

async function unbindUnlessItStands(room: Room, orderId: string, caller: Caller): Promise<void> {
  const [standing] = await room.orders.byIds([orderId]);
  if (standing === undefined)
    await unbindPayments(room.siblings.finance, orderId, caller).catch((error: unknown) =>
      room.logger.warn(
        { err: error, orderId },
        'payments of a sale could not be let go; its next attempt has them',
      ),
    );
}
