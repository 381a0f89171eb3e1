import type { ClientSession } from 'mongoose';
import { z } from 'zod';
import { createConsumer } from '../../../platform/events/consumer.ts';
import { EventRefused } from '../../../platform/events/event-refused.ts';
import type { DomainEvent } from '../../../platform/events/events.ts';
import { addMoney, money, parseDecimal } from '../../../platform/money.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { OrderAccount } from '../domain/order-account.ts';
import { withUncollected } from '../domain/uncollected.ts';
import type { Room } from '../room.ts';
import { enqueueTaxCommit, enqueueTaxVoid } from '../store/tax-outbox.ts';
import { refundUncollected, takeForShipment, undoOrder } from './order-money.ts';

const id = z.string().min(1);
const amount = z.object({
  amount: z.string().refine((text) => parseDecimal(text) !== null, 'must be a plain decimal'),
  currencyCode: z.string().regex(/^[A-Z]{3}$/),
});
const confirmed = z.object({ orderId: id, customerId: id.nullish() });
const canceled = z.object({ orderId: id });
const shipped = z.object({ orderId: id, amount, final: z.boolean() });
const uncollected = shipped.extend({ orderCanceled: z.boolean() });
const inspected = z.object({ returnId: id, rmaNumber: id });

/** What the order subgraph tells: an order stands, is canceled, leaves or is not collected; a return was inspected. */
export function createOrderEvents(room: Room): Running {
  const { accounts, payments, returns, orderTaxes } = room.finance;

  async function accountOf(session: ClientSession, orderId: string): Promise<OrderAccount> {
    const account = await accounts.find(session, orderId);
    if (account !== null) return account;
    throw new EventRefused('ORDER_UNKNOWN', `finance has no account of order ${orderId}`, 'orderId');
  }

  function assertOwnCurrency({ total }: OrderAccount, { currencyCode }: z.infer<typeof amount>): void {
    if (currencyCode !== total.currencyCode)
      throw new EventRefused('CURRENCY_MISMATCH', `the order is in ${total.currencyCode}`, 'amount');
  }

  /** Nothing of the order is sold. */
  async function cancelAccount(
    session: ClientSession,
    account: OrderAccount,
    reasonCode: string,
    { correlationId }: DomainEvent,
  ): Promise<void> {
    await accounts.save(session, { ...account, status: 'CANCELED' });
    await undoOrder(session, room, account, { reasonCode, correlationId });
    const tax = account.confirmedAt === null ? null : await orderTaxes.find(account._id, session);
    if (tax !== null) await enqueueTaxVoid(session, room, tax, correlationId);
  }

  return createConsumer({
    name: 'finance',
    events: room.integration.events,
    inbox: room.integration.inbox,
    connection: room.integration.connection,
    clock: room.clock,
    logger: room.logger,
    onApplied: () => room.integration.operations.wake('finance'),
    handlers: {
      async 'order.confirmed'(session, event) {
        const { orderId, customerId } = confirmed.parse(event.data);
        const account = await accountOf(session, orderId);
        if (account.status === 'CANCELED') return;
        await accounts.save(session, {
          ...account,
          // Closed by an asker who thought that the order had not come about: it has.
          status: 'OPEN',
          customerId: account.customerId ?? customerId ?? null,
          confirmedAt: room.clock.now(),
        });
        const tax = await orderTaxes.find(orderId, session);
        if (tax !== null) await enqueueTaxCommit(session, room, tax, event.correlationId);
        if (account.status === 'OPEN') return;
        for (const payment of (await payments.byIds(account.paymentIds, session)).values()) {
          if (payment.orderId !== null && payment.orderId !== orderId) continue;
          await payments.save(session, { ...payment, orderId, bound: true });
        }
      },
      async 'order.canceled'(session, event) {
        const { orderId } = canceled.parse(event.data);
        const account = await accountOf(session, orderId);
        if (account.status === 'CANCELED') return;
        await cancelAccount(session, account, 'ORDER_CANCELED', event);
      },
      async 'order.shipped'(session, event) {
        const data = shipped.parse(event.data);
        const account = await accountOf(session, data.orderId);
        assertOwnCurrency(account, data.amount);
        const worth = money(data.amount.amount, data.amount.currencyCode);
        const moved = { ...account, shipped: addMoney(account.shipped, worth) };
        await accounts.save(session, moved);
        await takeForShipment(session, room, moved, {
          final: data.final,
          correlationId: event.correlationId,
        });
      },
      async 'order.pickupExpired'(session, event) {
        const data = uncollected.parse(event.data);
        const before = await accountOf(session, data.orderId);
        if (before.status === 'CANCELED') return;
        assertOwnCurrency(before, data.amount);
        const worth = money(data.amount.amount, data.amount.currencyCode);
        const after = withUncollected(before, worth, data.final);
        if (data.orderCanceled) return cancelAccount(session, after, 'PICKUP_EXPIRED', event);
        const why = { reasonCode: 'PICKUP_EXPIRED', correlationId: event.correlationId };
        await accounts.save(session, after);
        await refundUncollected(session, room, before, after, why);
        if (data.final) await takeForShipment(session, room, after, { final: true, ...why });
      },
      async 'return.inspected'(session, event) {
        const { returnId, rmaNumber } = inspected.parse(event.data);
        await returns.learn(session, returnId, rmaNumber);
      },
    },
  });
}
