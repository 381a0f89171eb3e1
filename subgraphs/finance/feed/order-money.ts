import type { ClientSession } from 'mongoose';
import { capturesDue, type OrderAccount, type PaymentAction, undoingDue } from '../domain/order-account.ts';
import { decideVoid } from '../domain/payment.ts';
import type { PaymentRecord } from '../domain/payment-record.ts';
import { refundsOfUncollected } from '../domain/uncollected.ts';
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

/** Lets go of what is held for an order that is not to be and gives back what was taken. Harmless to repeat. */
export async function undoOrder(
  session: ClientSession,
  room: Room,
  account: OrderAccount,
  why: Why,
): Promise<void> {
  const { correlationId } = why;
  const payments = new Map(
    (await paymentsOf(session, room, account)).map((payment) => [payment._id, payment]),
  );
  const { voids, refunds } = undoingDue([...payments.values()]);
  for (const { paymentId, amount } of voids) {
    const payment = payments.get(paymentId);
    if (payment === undefined) continue;
    await promiseMove(session, room, payment, { kind: 'VOID', amount, correlationId, idempotencyKey: null });
  }
  await giveBack(session, room, account, refunds, payments, why);
}

/** Gives back what was paid in advance for goods that nobody collected; `before` is the account without them. Harmless to repeat. */
export async function refundUncollected(
  session: ClientSession,
  room: Room,
  before: OrderAccount,
  after: OrderAccount,
  why: Why,
): Promise<void> {
  const payments = await paymentsOf(session, room, after);
  const byId = new Map(payments.map((payment) => [payment._id, payment]));
  await giveBack(session, room, after, refundsOfUncollected(before, after, payments), byId, why);
}

interface Why {
  readonly reasonCode: string;
  readonly correlationId: string;
}

async function giveBack(
  session: ClientSession,
  room: Room,
  account: OrderAccount,
  refunds: readonly PaymentAction[],
  payments: ReadonlyMap<string, PaymentRecord>,
  { reasonCode, correlationId }: Why,
): Promise<void> {
  for (const { paymentId, amount } of refunds) {
    const payment = payments.get(paymentId);
    if (payment === undefined) continue;
    await promiseRefund(session, room, payment, {
      orderId: account._id,
      returnId: null,
      amount,
      lines: [],
      reasonCode,
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
