import type { ClientSession } from 'mongoose';
import { capturesDue, type OrderAccount, undoingDue } from '../domain/order-account.ts';
import { decideVoid } from '../domain/payment.ts';
import type { PaymentRecord } from '../domain/payment-record.ts';
import type { Room } from '../room.ts';
import { promiseMove, promiseRefund } from '../store/payment-moves.ts';

/** Takes what is due for goods that left; `final` lets go of what will not be needed any more. The shipment is counted once by the caller. */
export async function takeForShipment(
  session: ClientSession,
  room: Room,
  account: OrderAccount,
  shipment: { final: boolean; correlationId: string },
): Promise<void> {
  const { correlationId } = shipment;
  const payments = await paymentsOf(session, room, account);
  const { captures, short } = capturesDue(account, payments);
  if (short !== null) {
    room.logger.error(
      { orderId: account._id, orderNumber: account.orderNumber, short, correlationId },
      'goods left that no payment covers any more',
    );
  }
  const taken = new Set<string>();
  for (const { paymentId, amount } of captures) {
    const payment = payments.find(({ _id }) => _id === paymentId);
    if (payment === undefined) continue;
    taken.add(paymentId);
    await promiseMove(session, room, payment, {
      kind: 'CAPTURE',
      amount,
      correlationId,
      idempotencyKey: null,
    });
  }
  if (!shipment.final) return;
  for (const payment of payments) {
    const voided = decideVoid(payment);
    if (taken.has(payment._id) || !voided.ok) continue;
    const amount = voided.value;
    await promiseMove(session, room, payment, { kind: 'VOID', amount, correlationId, idempotencyKey: null });
  }
}

/** Lets go of what is held for a canceled order and gives back what was taken. Harmless to repeat. */
export async function undoOrder(
  session: ClientSession,
  room: Room,
  account: OrderAccount,
  correlationId: string,
): Promise<void> {
  const payments = new Map(
    (await paymentsOf(session, room, account)).map((payment) => [payment._id, payment]),
  );
  const { voids, refunds } = undoingDue([...payments.values()]);
  for (const { paymentId, amount } of voids) {
    const payment = payments.get(paymentId);
    if (payment === undefined) continue;
    await promiseMove(session, room, payment, { kind: 'VOID', amount, correlationId, idempotencyKey: null });
  }
  for (const { paymentId, amount } of refunds) {
    const payment = payments.get(paymentId);
    if (payment === undefined) continue;
    await promiseRefund(session, room, payment, {
      orderId: account._id,
      returnId: null,
      amount,
      lines: [],
      reasonCode: 'ORDER_CANCELED',
      // Nobody repeats it with a key: the inbox lets the event in once.
      idempotencyKey: room.newId(),
      clientId: 'subgraph:finance',
      inputHash: '',
      correlationId,
    });
  }
}

async function paymentsOf(
  session: ClientSession,
  room: Room,
  account: OrderAccount,
): Promise<PaymentRecord[]> {
  const found = await room.finance.payments.byIds(account.paymentIds, session);
  // A payment that was let go may pay for another order by now.
  return account.paymentIds
    .flatMap((id) => found.get(id) ?? [])
    .filter((payment) => payment.orderId === account._id);
}
