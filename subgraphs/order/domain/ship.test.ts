import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, zero } from '../../../platform/money.ts';
import { cancel } from './cancel.ts';
import type { FulfillmentOrderState, Order, Shipment } from './order.ts';
import { NOON, type SampleLine, sampleEvent, sampleOrder } from './order-sample.ts';
import { acceptWork, amountLeft, amountOfWork, isLastToShip, shipWork, workSettled } from './ship.ts';
import { WORK_TRANSITIONS } from './work-state.ts';

const shipmentOf = (fulfillmentOrderId: string, lineIds: string[] = []): Shipment => ({
  id: `shipment-${fulfillmentOrderId}`,
  fulfillmentOrderId,
  state: 'IN_TRANSIT',
  carrier: 'DHL',
  trackingNumber: null,
  packages: [{ sscc: null, lineIds }],
  shippedAt: NOON,
});
const ship = (order: Order, id: string) =>
  shipWork(order, id, shipmentOf(id), sampleEvent('SHIPMENT_CREATED'));
const accept = (order: Order, id: string) => acceptWork(order, id, sampleEvent('WORK_ACCEPTED'));

/** Lines of any price and spread, among them services and goods carried home. */
const anyLine: fc.Arbitrary<SampleLine> = fc
  .record({
    mills: fc.integer({ min: 0, max: 20_000 }),
    kind: fc.constantFrom('sent', 'sent', 'carried', 'service'),
    units: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 6, maxLength: 6 }),
  })
  .map(({ mills, kind, units }) => {
    const unitPrice = (mills / 1_000).toFixed(3);
    const counts = units.some((count) => count > 0) ? units : [1];
    const claims = Object.fromEntries(
      counts.map((count, index) => [`place-${index}`, count] as const).filter(([, count]) => count > 0),
    );
    if (kind === 'service') return { unitPrice, units: 3 };
    return { unitPrice, claims, method: kind === 'carried' ? 'IN_STORE_CASH_AND_CARRY' : 'SHIP' };
  });
const anyOrder = fc.array(anyLine, { minLength: 1, maxLength: 4 }).map((lines) => sampleOrder(...lines));

describe('shipping', () => {
  it('given its places ship in any order, then what is taken is never negative and adds up to the order exactly', () => {
    fc.assert(
      fc.property(anyOrder, fc.infiniteStream(fc.nat()), (first, choices) => {
        let order = first;
        let taken = zero;
        const take = (amount: string) => {
          expect(decimal(amount).gte(zero)).toBe(true);
          taken = taken.plus(decimal(amount));
        };
        // What was carried home is taken with the sale; the last piece of all takes the rest.
        const handedOver = workSettled(order);
        for (const [index, work] of handedOver.entries()) {
          const isFinal = order.status === 'COMPLETED' && index === handedOver.length - 1;
          const before = handedOver.slice(0, index);
          take((isFinal ? amountLeft(order, before) : amountOfWork(order, before, work)).amount);
        }
        if (order.work.length === 0) take(amountLeft(order, []).amount);
        for (;;) {
          const open = order.work.filter(({ state }) => state === 'OPEN');
          const work = open[(choices.next().value ?? 0) % Math.max(1, open.length)];
          if (work === undefined) break;
          const before = workSettled(order);
          expect(isLastToShip(order, work)).toBe(open.length === 1);
          take((open.length === 1 ? amountLeft(order, before) : amountOfWork(order, before, work)).amount);
          const shipped = ship(order, work.id);
          if (!shipped.ok) throw new Error(JSON.stringify(shipped.errors));
          order = shipped.value;
        }
        expect(taken.toFixed(2)).toBe(order.subtotal);
        expect(order.status).toBe('COMPLETED');
        for (const line of order.lines) expect(line.fulfilled).toBe(line.quantity);
      }),
    );
  });

  it('given five places that hold one half penny each, then what they take adds up to the line, rounded once', () => {
    const order = sampleOrder({ unitPrice: '0.005', claims: { a: 1, b: 1, c: 1, d: 1, e: 1 } });
    const amounts = order.work.map(
      (work, index) => amountOfWork(order, order.work.slice(0, index), work).amount,
    );
    expect(order.subtotal).toBe('0.03');
    expect(amounts).toEqual(['0.01', '0.00', '0.01', '0.00', '0.01']);
  });

  it('given any moves, then work changes only as the table allows, units are conserved and versions rise by one', () => {
    const moves = fc.array(fc.tuple(fc.constantFrom('accept', 'ship', 'cancel'), fc.nat(5)), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(anyOrder, moves, (first, steps) => {
        let order = first;
        for (const [move, index] of steps) {
          const id = order.work[index % Math.max(1, order.work.length)]?.id ?? 'none';
          const before = new Map(order.work.map((work) => [work.id, work.state]));
          const answer =
            move === 'accept'
              ? accept(order, id)
              : move === 'ship'
                ? ship(order, id)
                : cancel(order, null, sampleEvent('ORDER_CANCELED'));
          if (!answer.ok) continue;
          expect(answer.value.version).toBe(order.version + 1);
          expect(answer.value.events).toHaveLength(order.events.length + 1);
          order = answer.value;
          for (const { id: workId, state } of order.work) {
            const from = before.get(workId) as FulfillmentOrderState;
            expect(state === from || WORK_TRANSITIONS[from].includes(state)).toBe(true);
          }
          for (const line of order.lines) {
            expect(line.fulfilled).toBeGreaterThanOrEqual(0);
            expect(line.fulfilled + line.canceled).toBeLessThanOrEqual(line.quantity);
          }
        }
      }),
    );
  });

  it('given work that has left, is unknown, or is not what is in the parcel, then it is refused', () => {
    const order = sampleOrder({ claims: { dc: 1 } });
    const id = order.work[0]?.id ?? '';
    const shipped = ship(order, id);
    if (!shipped.ok) throw new Error('not shipped');
    expect(ship(shipped.value, id)).toMatchObject({ errors: [{ code: 'WORK_STATE_INVALID' }] });
    expect(accept(shipped.value, id)).toMatchObject({ errors: [{ code: 'WORK_STATE_INVALID' }] });
    expect(accept(order, 'strange')).toMatchObject({ errors: [{ code: 'WORK_UNKNOWN' }] });
    expect(shipWork(order, id, shipmentOf(id, ['strange']), sampleEvent('S'))).toMatchObject({
      errors: [{ code: 'PACKAGES_INVALID' }],
    });
  });

  it('given one of two places has sent, then the order is IN_PROGRESS until the other has', () => {
    const order = sampleOrder({ claims: { dc: 1, store: 1 } });
    const [dc, store] = order.work.map(({ id }) => id);
    const half = ship(order, dc ?? '');
    expect(half).toMatchObject({ value: { status: 'IN_PROGRESS', lines: [{ fulfilled: 1 }] } });
    expect(half.ok && ship(half.value, store ?? '')).toMatchObject({ value: { status: 'COMPLETED' } });
  });
});
