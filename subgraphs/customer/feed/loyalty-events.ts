import type { ClientSession } from 'mongoose';
import { z } from 'zod';
import { createConsumer } from '../../../platform/events/consumer.ts';
import type { DomainEvent } from '../../../platform/events/events.ts';
import type { SubgraphDependencies } from '../../../platform/integration.ts';
import { money, parseDecimal } from '../../../platform/money.ts';
import type { Running } from '../../../platform/subgraph.ts';
import {
  evolveLoyalty,
  type LoyaltyFact,
  type LoyaltyRules,
  newLoyaltyOrder,
  pointsOf,
} from '../domain/loyalty.ts';
import type { Collections } from '../store/collections.ts';
import type { LoyaltyStore } from '../store/loyalty.ts';
import { touchCustomer } from '../store/write-customer.ts';

const id = z.string().min(1);
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const amount = z
  .object({
    amount: z.string().refine((text) => parseDecimal(text) !== null, 'must be a plain decimal'),
    currencyCode: z.string().regex(/^[A-Z]{3}$/),
  })
  .transform((sent) => money(sent.amount, sent.currencyCode));

const confirmed = z.object({ orderId: id, customerId: id.nullable(), total: amount, placedAt: instant });
const canceled = z.object({ orderId: id });
const shipped = z.object({ orderId: id, amount, final: z.boolean(), shippedAt: instant });
const uncollected = z.object({
  orderId: id,
  amount,
  final: z.boolean(),
  orderCanceled: z.boolean(),
  expiredAt: instant,
});
const inspected = z.object({ orderId: id.nullable(), inspectedAt: instant, credited: amount.optional() });

/**
 * Points follow the orders of customers who have a loyalty number when they order: they wait from the order on, can be spent when the goods
 * are delivered, and are taken back for what was canceled, was not collected or came back. Each event counts once.
 */
export function createLoyaltyEvents(
  deps: Pick<SubgraphDependencies, 'integration' | 'clock' | 'logger'> & {
    loyalty: LoyaltyStore;
    collections: Collections;
    rules: LoyaltyRules;
  },
): Running {
  const { integration, clock, logger, loyalty, collections, rules } = deps;

  async function takesPart(session: ClientSession, customerId: string): Promise<boolean> {
    const named = await collections.identities
      .exists({ customerId, type: 'LOYALTY_NUMBER' })
      .session(session);
    return named !== null;
  }

  async function apply(
    session: ClientSession,
    orderId: string,
    fact: LoyaltyFact,
    { id: eventId }: DomainEvent,
    occurredAt: Date,
  ): Promise<void> {
    const before = await loyalty.order(session, orderId);
    if (before === null) return;
    const after = evolveLoyalty(before, fact);
    const change = { before: pointsOf(before, rules), after: pointsOf(after, rules), eventId, occurredAt };
    await loyalty.book(session, after, change);
    await touchCustomer(collections, after.customerId, session);
  }

  return createConsumer({
    name: 'customer/loyalty',
    events: integration.events,
    inbox: integration.inbox,
    connection: integration.connection,
    clock,
    logger,
    handlers: {
      async 'order.confirmed'(session, event) {
        const { orderId, customerId, total, placedAt } = confirmed.parse(event.data);
        if (customerId === null || !(await takesPart(session, customerId))) return;
        const order = newLoyaltyOrder(orderId, customerId, total);
        const change = {
          before: null,
          after: pointsOf(order, rules),
          eventId: event.id,
          occurredAt: placedAt,
        };
        await loyalty.book(session, order, change);
        await touchCustomer(collections, customerId, session);
      },
      async 'order.shipped'(session, event) {
        const data = shipped.parse(event.data);
        const fact = { type: 'DELIVERED', amount: data.amount, isLast: data.final } as const;
        await apply(session, data.orderId, fact, event, data.shippedAt);
      },
      async 'order.pickupExpired'(session, event) {
        const data = uncollected.parse(event.data);
        const fact: LoyaltyFact = data.orderCanceled
          ? { type: 'CANCELED' }
          : { type: 'UNCOLLECTED', amount: data.amount, isLast: data.final };
        await apply(session, data.orderId, fact, event, data.expiredAt);
      },
      async 'order.canceled'(session, event) {
        const { orderId } = canceled.parse(event.data);
        await apply(session, orderId, { type: 'CANCELED' }, event, new Date(event.time));
      },
      async 'return.inspected'(session, event) {
        const { orderId, inspectedAt, credited } = inspected.parse(event.data);
        if (orderId === null || credited === undefined) return;
        await apply(session, orderId, { type: 'RETURNED', amount: credited }, event, inspectedAt);
      },
    },
  });
}
