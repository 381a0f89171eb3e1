import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, zero } from '../../../platform/money.ts';
import { cancel } from './cancel.ts';
import type { FulfillmentOrder, Order } from './order.ts';
import { NOON, type SampleLine, sampleEvent, sampleOrder } from './order-sample.ts';
import { recordPick } from './pick.ts';
import {
  confirmPickup,
  dueForPickup,
  expirePickup,
  MAX_WRONG_CODES,
  markReady,
  type Occasion,
} from './pickup.ts';
import type { PickupTimes } from './pickup-times.ts';
import { rejectWork } from './reject.ts';
import { acceptWork, amountLeft, amountOfWork, isLastToShip, shipWork, workSettled } from './ship.ts';
import { isOver, WORK_TRANSITIONS } from './work-state.ts';

const HOUR_MS = 3_600_000;
const times: PickupTimes = { keepForMs: 10 * HOUR_MS, remindBeforeMs: [6 * HOUR_MS, 2 * HOUR_MS] };
const CODE = 'K7Q2-9XM4';
const at = (hours: number): Date => new Date(NOON.getTime() + hours * HOUR_MS);
const occasion = (hours: number): Occasion => ({
  id: 'event-1',
  occurredAt: at(hours),
  recordedAt: at(hours),
  actor: 'cashier',
  sourceSystem: 'GRAPH',
});
let ids = 0;
const newId = () => {
  ids += 1;
  return `new-${ids}`;
};

const piece = (order: Order, id: string): FulfillmentOrder => {
  const work = order.work.find((candidate) => candidate.id === id);
  if (work === undefined) throw new Error(`no work ${id}`);
  return work;
};
const must = <T>(
  answer: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: unknown },
): T => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.errors));
  return answer.value;
};

function pickAll(order: Order, id: string) {
  const work = piece(order, id);
  const lines = work.lines.map((line) => ({
    lineId: line.id,
    picked: { value: String(line.quantity - (line.picked ?? 0)), unit: 'C62' },
  }));
  return recordPick(order, work, lines, { event: sampleEvent('WORK_PICKED'), newId });
}
const ready = (order: Order, id: string, hours: number) =>
  markReady(order, piece(order, id), {
    event: { ...occasion(hours), type: 'READY_FOR_PICKUP' },
    code: CODE,
    times,
  });

/** An order of one line to be collected, ready at noon. */
function waiting(...more: SampleLine[]): { order: Order; id: string } {
  const order = sampleOrder({ method: 'PICKUP_IN_STORE', claims: { store: 2 } }, ...more);
  const id = order.work[0]?.id ?? '';
  const taken = must(acceptWork(order, id, sampleEvent('WORK_ACCEPTED')));
  return { order: must(ready(must(pickAll(taken, id)).order, id, 0)), id };
}
const confirm = (order: Order, id: string, hours: number, code = CODE, pickedUpAt = at(hours)) =>
  confirmPickup(order, piece(order, id), { code, pickedUpAt }, occasion(hours));

describe('goods that wait for their customer', () => {
  it('given the code in time, then they are handed over as of when the store says', () => {
    const { order, id } = waiting();
    const handed = must(confirm(order, id, 3, 'k7q2 9xm4', at(2.9)));
    expect(handed).toMatchObject({
      outcome: 'PICKED_UP',
      pickedUpAt: at(2.9),
      order: { status: 'COMPLETED' },
    });
    expect(piece(handed.order, id)).toMatchObject({
      state: 'PICKED_UP',
      pickup: { pickedUpAt: at(2.9), dueAt: null },
    });
    expect(handed.order.events.at(-1)).toMatchObject({
      type: 'PICKED_UP',
      occurredAt: at(2.9),
      recordedAt: at(3),
    });
  });

  it('given a till whose clock is behind, then they are handed over no earlier than they were ready; further behind it is refused', () => {
    const { order, id } = waiting();
    const minutes = (of: number) => new Date(at(0).getTime() + of * 60_000);
    expect(must(confirm(order, id, 1, CODE, minutes(-4)))).toMatchObject({ pickedUpAt: at(0) });
    expect(must(confirm(order, id, 1, CODE, minutes(64)))).toMatchObject({ pickedUpAt: minutes(64) });
    for (const wrong of [minutes(-6), minutes(66)])
      expect(confirm(order, id, 1, CODE, wrong)).toMatchObject({
        errors: [{ code: 'PICKED_UP_AT_INVALID' }],
      });
  });

  it('given the very instant they are kept until, then they are given up; a moment before they are not', () => {
    const { order, id } = waiting();
    const last = new Date(at(10).getTime() - 1);
    const early = { ...occasion(10), recordedAt: last, occurredAt: last };
    expect(expirePickup(order, piece(order, id), early)).toMatchObject({
      errors: [{ code: 'PICKUP_NOT_EXPIRED' }],
    });
    expect(confirmPickup(order, piece(order, id), { code: CODE, pickedUpAt: last }, early)).toMatchObject({
      value: { outcome: 'PICKED_UP' },
    });
    expect(confirm(order, id, 10)).toMatchObject({
      value: { outcome: 'EXPIRED', order: { status: 'CANCELED' } },
    });
    expect(expirePickup(order, piece(order, id), occasion(10))).toMatchObject({
      value: { status: 'CANCELED' },
    });
  });

  it('given they were given up before, then whoever comes is told what happened', () => {
    const { order, id } = waiting();
    const over = must(expirePickup(order, piece(order, id), occasion(11)));
    expect(confirm(over, id, 11)).toMatchObject({
      errors: [{ code: 'PICKUP_EXPIRED', message: expect.stringContaining(at(10).toISOString()) }],
    });
    expect(over.events.at(-1)).toMatchObject({
      type: 'PICKUP_EXPIRED',
      occurredAt: at(10),
      recordedAt: at(11),
    });
  });

  it('given too many wrong codes, then none is tried for an hour', () => {
    let { order, id } = waiting();
    for (let tries = 1; tries <= MAX_WRONG_CODES; tries += 1) {
      const wrong = must(confirm(order, id, 1, 'WRONG'));
      expect(wrong).toMatchObject({ outcome: 'WRONG_CODE', triesLeft: MAX_WRONG_CODES - tries });
      order = wrong.order;
    }
    expect(confirm(order, id, 1.99)).toMatchObject({ errors: [{ code: 'CODE_LOCKED' }] });
    expect(confirm(order, id, 2)).toMatchObject({ value: { outcome: 'PICKED_UP' } });
  });

  it('given time passes, then each reminder goes out once, those that were missed as one, and then the end', () => {
    const { order, id } = waiting();
    const due = (from: Order, hours: number) => dueForPickup(from, piece(from, id), times, occasion(hours));
    expect(due(order, 3.9)).toBeNull();
    const first = due(order, 4);
    expect(first).toMatchObject({ became: 'REMINDED' });
    if (first === null) throw new Error('no reminder');
    expect(due(first.order, 4)).toBeNull();
    expect(piece(first.order, id).pickup).toMatchObject({ remindersSent: 1, dueAt: at(8) });
    const both = due(order, 9);
    expect(both === null ? null : piece(both.order, id).pickup).toMatchObject({
      remindersSent: 1,
      dueAt: at(10),
    });
    expect(due(order, 10)).toMatchObject({ became: 'EXPIRED', order: { status: 'CANCELED' } });
  });

  it('given a service and nothing else, then it goes with the goods; given other goods were sent, then it stays', () => {
    const { order, id } = waiting({ units: 1 });
    const gone = must(expirePickup(order, piece(order, id), occasion(10)));
    expect(gone).toMatchObject({
      status: 'CANCELED',
      lines: [{ canceled: 2 }, { canceled: 1, fulfilled: 0 }],
    });
    const mixed = waiting({ units: 1 }, { claims: { dc: 1 } });
    const other = mixed.order.work.find(({ method }) => method === 'SHIP')?.id ?? '';
    const shipment = {
      id: 's',
      fulfillmentOrderId: other,
      state: 'IN_TRANSIT' as const,
      carrier: null,
      trackingNumber: null,
      packages: [],
      shippedAt: NOON,
    };
    const sent = must(shipWork(mixed.order, other, shipment, sampleEvent('SHIPMENT_CREATED')));
    expect(must(expirePickup(sent, piece(sent, mixed.id), occasion(10)))).toMatchObject({
      status: 'COMPLETED',
      lines: [
        { canceled: 2, fulfilled: 0 },
        { canceled: 0, fulfilled: 1 },
        { canceled: 0, fulfilled: 1 },
      ],
    });
  });
});

describe('the states of work', () => {
  const anyLine: fc.Arbitrary<SampleLine> = fc.record({
    unitPrice: fc.integer({ min: 0, max: 20_000 }).map((mills) => (mills / 1_000).toFixed(3)),
    method: fc.constantFrom('SHIP', 'PICKUP_IN_STORE', 'CURBSIDE'),
    claims: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 4 }), {
      minKeys: 1,
      maxKeys: 3,
    }),
  });
  const anyOrder = fc
    .tuple(fc.array(anyLine, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([lines, service]) => sampleOrder(...lines, ...(service ? [{ units: 1 }] : [])));
  /** Most often somebody does what is next, so that work gets somewhere before it is rejected or canceled. */
  const anyMove = fc.oneof(
    { weight: 16, arbitrary: fc.constantFrom('accept', 'pick', 'ready') },
    { weight: 8, arbitrary: fc.constantFrom('collect', 'wrong', 'expire', 'due', 'ship') },
    { weight: 1, arbitrary: fc.constantFrom('reject', 'cancel') },
  );
  type Move = (typeof anyMove extends fc.Arbitrary<infer M> ? M : never) & string;
  const anyMoves = fc.array(
    fc.record({ move: anyMove, which: fc.nat(8), hours: fc.constantFrom(0, 0, 0, 1, 3) }),
    { minLength: 10, maxLength: 80, size: 'max' },
  );

  function step(order: Order, move: Move, work: FulfillmentOrder, hours: number): Order | null {
    const { id } = work;
    const value = <T>(answer: { readonly ok: boolean; readonly value?: T }): T | undefined =>
      answer.ok ? answer.value : undefined;
    switch (move) {
      case 'accept':
        return value(acceptWork(order, id, sampleEvent('WORK_ACCEPTED'))) ?? null;
      case 'reject':
        return value(rejectWork(order, work, sampleEvent('WORK_REJECTED'))) ?? null;
      case 'pick':
        return value(pickAll(order, id))?.order ?? null;
      case 'ready':
        return value(ready(order, id, hours)) ?? null;
      case 'collect':
        return value(confirm(order, id, hours))?.order ?? null;
      case 'wrong':
        return value(confirm(order, id, hours, 'WRONG'))?.order ?? null;
      case 'expire':
        return value(expirePickup(order, work, occasion(hours))) ?? null;
      case 'due':
        return dueForPickup(order, work, times, occasion(hours))?.order ?? null;
      case 'ship': {
        const shipment = {
          id: `s-${id}`,
          fulfillmentOrderId: id,
          state: 'IN_TRANSIT' as const,
          carrier: null,
          trackingNumber: null,
          packages: [],
          shippedAt: at(hours),
        };
        return value(shipWork(order, id, shipment, sampleEvent('SHIPMENT_CREATED'))) ?? null;
      }
      case 'cancel':
        return value(cancel(order, null, sampleEvent('ORDER_CANCELED'))) ?? null;
    }
  }

  it('given anything is tried at any time, then work goes only where the table allows, what is over stays over, and the money adds up', () => {
    fc.assert(
      fc.property(anyOrder, anyMoves, (first, moves) => {
        let order = first;
        let hours = 0;
        let taken = zero;
        let forgone = zero;
        for (const { move, which, hours: later } of moves) {
          hours += later;
          const work = order.work[which % order.work.length];
          if (work === undefined) continue;
          const after = step(order, move, work, hours);
          if (after === null) continue;
          expect(after.version).toBe(order.version + 1);
          expect(after.events).toHaveLength(order.events.length + 1);
          for (const { id, state, version } of order.work) {
            const now = piece(after, id);
            if (now.state !== state) expect(WORK_TRANSITIONS[state]).toContain(now.state);
            if (isOver(state)) expect(now).toEqual(piece(order, id));
            expect(now.version).toBeGreaterThanOrEqual(version);
          }
          const became = piece(after, work.id).state;
          const settled = workSettled(order);
          const isFinal = isLastToShip(order, work);
          if (became !== work.state && (became === 'SHIPPED' || became === 'PICKED_UP'))
            taken = taken.plus(
              decimal((isFinal ? amountLeft(order, settled) : amountOfWork(order, settled, work)).amount),
            );
          if (became !== work.state && became === 'PICKUP_EXPIRED')
            forgone = forgone.plus(
              decimal(
                (after.status === 'CANCELED'
                  ? amountLeft(order, settled)
                  : amountOfWork(order, settled, work)
                ).amount,
              ),
            );
          order = after;
          for (const line of order.lines) {
            expect(line.fulfilled).toBeGreaterThanOrEqual(0);
            expect(line.fulfilled + line.canceled).toBeLessThanOrEqual(line.quantity);
          }
        }
        expect(taken.gte(zero) && forgone.gte(zero)).toBe(true);
        expect(taken.plus(forgone).lte(decimal(order.subtotal))).toBe(true);
        const left = order.work.some(({ state }) => state === 'SHIPPED' || state === 'PICKED_UP');
        if (order.status === 'CANCELED') expect(left).toBe(false);
        if (order.status === 'COMPLETED') expect(left).toBe(true);
        // The last piece that leaves takes all that was not given up, services included.
        const endedBy = order.events.at(-1)?.type;
        if (order.status === 'COMPLETED' && (endedBy === 'SHIPMENT_CREATED' || endedBy === 'PICKED_UP'))
          expect(taken.plus(forgone).toFixed(2)).toBe(order.subtotal);
      }),
      { numRuns: 300 },
    );
  });
});
