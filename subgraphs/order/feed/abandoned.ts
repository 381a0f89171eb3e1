import { serviceIdentity } from '../../../platform/identity/identity.ts';
import { createRepeating } from '../../../platform/repeating.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { Room } from '../room.ts';
import { unbindPayments } from './bind-payments.ts';

const LOOK_EVERY_MS = 5_000;
/** A client that saw its request fail gets this long to repeat it and find what was claimed for it. */
const GRACE_MS = 60_000;
const BATCH = 100;
const CALL_TIMEOUT_MS = 5_000;

/**
 * Finds orders whose process died between claiming and writing them: their payments are let go, so that they can pay for something else.
 * Stock that was claimed comes free by itself when its reservation runs out.
 */
export function createAbandonedSweep(room: Room): Running & { sweep(): Promise<void> } {
  const { attempts, orders, clock, logger, siblings } = room;

  async function letGo(orderId: string): Promise<void> {
    const [standing] = await orders.byIds([orderId]);
    if (standing !== undefined) return;
    await unbindPayments(siblings.finance, orderId, {
      identity: serviceIdentity('order'),
      correlationId: orderId,
      deadlineMs: clock.now().getTime() + CALL_TIMEOUT_MS,
    });
    logger.info({ orderId }, 'an order that was never written has let its payments go');
  }

  async function sweep(): Promise<void> {
    const before = new Date(clock.now().getTime() - GRACE_MS);
    for (const orderId of await attempts.abandoned(before, BATCH)) {
      await attempts
        .settle(orderId, room.newId(), () => letGo(orderId))
        .catch((error: unknown) =>
          logger.warn({ err: error, orderId }, 'payments could not be let go; tried again'),
        );
    }
  }

  const repeating = createRepeating({
    name: 'abandoned orders',
    everyMs: LOOK_EVERY_MS,
    clock,
    logger,
    failure: 'abandoned orders could not be looked for',
    async turn() {
      await sweep();
      return undefined;
    },
  });
  return { ...repeating, sweep };
}
