import { money } from '../../../platform/money.ts';
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
  let stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let lastError: string | undefined;

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

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await sweep();
        lastError = undefined;
      } catch (error) {
        lastError = error instanceof Error ? error.message : String(error);
        room.logger.warn({ err: error }, 'unanswered payments could not be looked for');
      }
      await room.clock.delay(LOOK_EVERY_MS, signal);
    }
  }

  return {
    name: 'unanswered payments',
    sweep,
    async start() {
      stopping = new AbortController();
      running = run(stopping.signal);
    },
    async stop() {
      stopping.abort();
      await running;
    },
    health: () => (lastError === undefined ? { ready: true } : { ready: true, detail: lastError }),
  };
}
