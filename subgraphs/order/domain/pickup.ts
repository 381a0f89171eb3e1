import { CLOCK_TOLERANCE_MS } from '../../../platform/clock.ts';
import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { type FulfillmentOrder, isCollected, type Order, type OrderEvent, type Pickup } from './order.ts';
import { isPicked } from './pick.ts';
import { isPickupCode } from './pickup-code.ts';
import { nextDue, type PickupTimes } from './pickup-times.ts';
import { unitsOf, withGoodsGone } from './ship.ts';
import { hasLeft, isOver, moveWork } from './work-state.ts';

/** How many wrong codes lock the pickup, and for how long. */
export const MAX_WRONG_CODES = 5;
const LOCK_MS = 60 * 60 * 1_000;

/** An event without its type: what happened is for the decision to say. */
export type Occasion = Omit<OrderEvent, 'type'>;

/** The order with goods waiting for their customer. Refuses with METHOD_INVALID, NOT_PICKED or WORK_STATE_INVALID. */
export function markReady(
  order: Order,
  work: FulfillmentOrder,
  facts: { readonly event: OrderEvent; readonly code: string; readonly times: PickupTimes },
): Decision<Order> {
  const field = ['input', 'id'];
  if (!isCollected(work.method))
    return refused(userError('METHOD_INVALID', 'These goods are sent, not collected.', { field }));
  if (work.state === 'READY_FOR_PICKUP') return refused(notNow(work, 'READY_FOR_PICKUP'));
  if (work.state === 'IN_PROGRESS' && !isPicked(work))
    return refused(userError('NOT_PICKED', 'Not all of its goods have been picked yet.', { field }));
  const readyAt = facts.event.recordedAt;
  const kept = { readyAt, expiresAt: new Date(readyAt.getTime() + facts.times.keepForMs) };
  const pickup: Pickup = {
    code: facts.code,
    ...kept,
    pickedUpAt: null,
    remindersSent: 0,
    dueAt: nextDue(kept, facts.times, readyAt),
    wrongCodes: 0,
    lockedUntil: null,
  };
  return moveWork(order, work.id, 'READY_FOR_PICKUP', facts.event, { pickup });
}

/** What became of a customer's coming for the goods. Each is an order to be written; only `PICKED_UP` hands anything over. */
export type Handover =
  | { readonly outcome: 'PICKED_UP'; readonly order: Order; readonly pickedUpAt: Date }
  | { readonly outcome: 'WRONG_CODE'; readonly order: Order; readonly triesLeft: number }
  | { readonly outcome: 'EXPIRED'; readonly order: Order };

/**
 * Decides for good between handed over and expired, by `expiresAt` against the clock: whoever comes at that instant or later finds the
 * goods given up, whether or not anybody has noticed before. Refuses with WORK_STATE_INVALID, PICKUP_EXPIRED (it was before), CODE_LOCKED
 * or PICKED_UP_AT_INVALID.
 */
export function confirmPickup(
  order: Order,
  work: FulfillmentOrder,
  said: { readonly code: string; readonly pickedUpAt: Date },
  occasion: Occasion,
): Decision<Handover> {
  const { pickup } = work;
  if (work.state === 'PICKUP_EXPIRED' && pickup !== undefined) return refused(expired(pickup));
  if (work.state !== 'READY_FOR_PICKUP' || pickup === undefined) return refused(notNow(work, 'PICKED_UP'));
  const now = occasion.recordedAt;
  if (now >= pickup.expiresAt) {
    const over = giveUp(order, work, pickup, occasion);
    return over.ok ? accepted({ outcome: 'EXPIRED', order: over.value }) : over;
  }
  if (pickup.lockedUntil !== null && now < pickup.lockedUntil) return refused(locked(pickup.lockedUntil));
  const saidMs = said.pickedUpAt.getTime();
  if (saidMs < pickup.readyAt.getTime() - CLOCK_TOLERANCE_MS || saidMs > now.getTime() + CLOCK_TOLERANCE_MS)
    return refused(
      userError(
        'PICKED_UP_AT_INVALID',
        `Goods are handed over after they were ready (${pickup.readyAt.toISOString()}) and not in the future.`,
        { field: ['input', 'pickedUpAt'] },
      ),
    );
  if (!isPickupCode(said.code, pickup.code)) return wrongCode(order, work, pickup, occasion);
  // A till whose clock is behind hands nothing over before it was ready.
  const pickedUpAt = saidMs < pickup.readyAt.getTime() ? pickup.readyAt : said.pickedUpAt;
  const event = { ...occasion, type: 'PICKED_UP', occurredAt: pickedUpAt };
  const handed = { ...pickup, pickedUpAt, dueAt: null };
  const moved = moveWork(order, work.id, 'PICKED_UP', event, { pickup: handed });
  if (!moved.ok) return moved;
  return accepted({
    outcome: 'PICKED_UP',
    order: withGoodsGone(moved.value, work),
    pickedUpAt,
  });
}

/** The order with goods given up that nobody came for. Refuses with WORK_STATE_INVALID, or PICKUP_NOT_EXPIRED while they are kept. */
export function expirePickup(order: Order, work: FulfillmentOrder, occasion: Occasion): Decision<Order> {
  const { pickup } = work;
  if (work.state !== 'READY_FOR_PICKUP' || pickup === undefined)
    return refused(notNow(work, 'PICKUP_EXPIRED'));
  if (occasion.recordedAt < pickup.expiresAt)
    return refused(
      userError(
        'PICKUP_NOT_EXPIRED',
        `The goods are kept for their customer until ${pickup.expiresAt.toISOString()}; to give them up before, cancel the order.`,
        { field: ['input', 'id'] },
      ),
    );
  return giveUp(order, work, pickup, occasion);
}

/** What is due for goods that wait: their customer is reminded, or they are given up. Null: nothing yet. */
export function dueForPickup(
  order: Order,
  work: FulfillmentOrder,
  times: PickupTimes,
  occasion: Occasion,
): { readonly order: Order; readonly became: 'REMINDED' | 'EXPIRED' } | null {
  const { pickup } = work;
  const now = occasion.recordedAt;
  if (work.state !== 'READY_FOR_PICKUP' || pickup === undefined) return null;
  if (pickup.dueAt === null || pickup.dueAt > now) return null;
  if (now >= pickup.expiresAt) {
    const over = giveUp(order, work, pickup, occasion);
    return over.ok ? { order: over.value, became: 'EXPIRED' } : null;
  }
  // Reminders that fell due while nobody looked go out as one.
  const reminded = { ...pickup, remindersSent: pickup.remindersSent + 1, dueAt: nextDue(pickup, times, now) };
  const moved = moveWork(
    order,
    work.id,
    'READY_FOR_PICKUP',
    { ...occasion, type: 'PICKUP_REMINDED' },
    { pickup: reminded },
  );
  return moved.ok ? { order: moved.value, became: 'REMINDED' } : null;
}

/** Whether no goods of the order are the customer's and none are still to come: it is as if it had been canceled. */
function isVoid(order: Order): boolean {
  return (
    order.work.every(({ state }) => isOver(state) && !hasLeft(state)) &&
    order.lines.every(({ canceled, quantity, claims }) => claims.length === 0 || canceled >= quantity)
  );
}

function giveUp(order: Order, work: FulfillmentOrder, pickup: Pickup, occasion: Occasion): Decision<Order> {
  // It ended when its time was up, whenever that was noticed.
  const event = { ...occasion, type: 'PICKUP_EXPIRED', occurredAt: pickup.expiresAt };
  const moved = moveWork(order, work.id, 'PICKUP_EXPIRED', event, { pickup: { ...pickup, dueAt: null } });
  if (!moved.ok) return moved;
  const lines = moved.value.lines.map((line) => ({
    ...line,
    canceled: line.canceled + unitsOf(work, line),
  }));
  const after = { ...moved.value, lines };
  if (isVoid(after))
    return accepted({
      ...after,
      status: 'CANCELED',
      lines: lines.map((line) => ({ ...line, canceled: line.quantity, fulfilled: 0 })),
    });
  const isDone = lines.every(({ fulfilled, canceled, quantity }) => fulfilled + canceled >= quantity);
  return accepted({ ...after, status: isDone ? 'COMPLETED' : 'IN_PROGRESS' });
}

function wrongCode(
  order: Order,
  work: FulfillmentOrder,
  pickup: Pickup,
  occasion: Occasion,
): Decision<Handover> {
  const wrongCodes = pickup.wrongCodes + 1;
  const isLocked = wrongCodes >= MAX_WRONG_CODES;
  const tried = {
    ...pickup,
    wrongCodes: isLocked ? 0 : wrongCodes,
    lockedUntil: isLocked ? new Date(occasion.recordedAt.getTime() + LOCK_MS) : null,
  };
  const event = { ...occasion, type: 'PICKUP_CODE_WRONG' };
  const moved = moveWork(order, work.id, 'READY_FOR_PICKUP', event, { pickup: tried });
  if (!moved.ok) return moved;
  return accepted({
    outcome: 'WRONG_CODE',
    order: moved.value,
    triesLeft: isLocked ? 0 : MAX_WRONG_CODES - wrongCodes,
  });
}

function notNow({ state }: FulfillmentOrder, to: string) {
  return userError('WORK_STATE_INVALID', `This work is ${state}; it cannot become ${to}.`, {
    field: ['input', 'id'],
  });
}

function locked(until: Date) {
  return userError('CODE_LOCKED', `Too many wrong codes; no code is tried before ${until.toISOString()}.`, {
    field: ['input', 'pickupCode'],
    retryable: true,
  });
}

/** The answer to a customer who comes too late. */
export function expired({ expiresAt }: Pick<Pickup, 'expiresAt'>) {
  return userError(
    'PICKUP_EXPIRED',
    `The goods were kept until ${expiresAt.toISOString()} and have been given up; what was paid for them goes back.`,
    { field: ['input', 'id'] },
  );
}
