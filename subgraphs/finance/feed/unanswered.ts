import { money } from '../../../platform/money.ts';
import { createRepeating } from '../../../platform/repeating.ts';
import type { Running } from '../../../platform/subgraph.ts';
import { type PaymentRecord, withFact } from '../domain/payment-record.ts';
import type { Room } from '../room.ts';
import { enqueueResolve } from '../store/outbox.ts';

const LOOK_EVERY_MS = 5_000;
/** After an attempt's own time is over its process gets this long to say what came of it. */
const GRACE_MS = 15_000;
const BATCH = 100;

/**
 * Finds payments whose process died, or whose client went away, between "we shall ask the provider" and the answer: the provider is
 * asked about them. And payments whose held money the provider no longer holds.
 */
export function createUnansweredSweep(room: Room): Running & { sweep(): Promise<void> } {
  const { payments } = room.finance;

  async function change(id: string, decide: (payment: PaymentRecord) => PaymentRecord): Promise<void> {
    await room.store.transaction(async (session) => {
      const payment = (await payments.byIds([id], session)).get(id);
      const changed = payment === undefined ? undefined : decide(payment);
      if (payment === undefined || changed === undefined || changed === payment) return;
      await payments.save(session, changed);
      if (changed.state === 'IN_DOUBT') await enqueueResolve(session, room, changed);
    });
  }

  async function sweep(): Promise<void> {
    const now = room.clock.now();
    const noteOf = (payment: PaymentRecord, type: string) => ({
      id: room.newId(),
      at: now,
      type,
      amount: money(payment.asked, payment.currencyCode),
    });
    for (const id of await payments.unanswered(new Date(now.getTime() - GRACE_MS), BATCH)) {
      await change(id, (payment) => withFact(payment, { type: 'IN_DOUBT' }, noteOf(payment, 'IN_DOUBT')));
    }
    for (const id of await payments.expired(now, BATCH)) {
      await change(id, (payment) =>
        withFact(payment, { type: 'AUTHORIZATION_EXPIRED' }, noteOf(payment, 'AUTHORIZATION_EXPIRED')),
      );
    }
  }

  const repeating = createRepeating({
    name: 'unanswered payments',
    everyMs: LOOK_EVERY_MS,
    clock: room.clock,
    logger: room.logger,
    failure: 'unanswered payments could not be looked for',
    async turn() {
      await sweep();
      return undefined;
    },
  });
  return { ...repeating, sweep };
}
