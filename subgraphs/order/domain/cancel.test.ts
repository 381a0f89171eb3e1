import { describe, expect, it } from 'vitest';
import { cancel, versionConflict } from './cancel.ts';
import { sampleEvent, sampleOrder } from './order-sample.ts';
import { acceptWork, shipWork } from './ship.ts';

const event = sampleEvent('ORDER_CANCELED');
const order = sampleOrder({ claims: { dc: 2 } }, { units: 1 });
const workId = order.work[0]?.id ?? '';
const codeOf = (answer: ReturnType<typeof cancel>) => (answer.ok ? null : answer.errors[0]?.code);

describe('canceling an order', () => {
  it('given nothing has left, then all of it is canceled, services too', () => {
    const answer = cancel(order, null, event);
    expect(answer).toMatchObject({
      ok: true,
      value: {
        status: 'CANCELED',
        version: 2,
        lines: [
          { canceled: 2, fulfilled: 0 },
          { canceled: 1, fulfilled: 0 },
        ],
        work: [{ state: 'CANCELED', version: 2 }],
      },
    });
    expect(answer.ok && answer.value.events.at(-1)).toEqual(event);
  });

  it('given its place has taken it on, then it can still be canceled', () => {
    const accepted = acceptWork(order, workId, event);
    expect(codeOf(cancel(accepted.ok ? accepted.value : order, null, event))).toBeNull();
  });

  it('given goods have left, were carried home or need not travel, then it is ALREADY_SHIPPED', () => {
    const shipment = {
      id: 's',
      fulfillmentOrderId: workId,
      state: 'IN_TRANSIT' as const,
      carrier: null,
      trackingNumber: null,
      packages: [],
      shippedAt: event.occurredAt,
    };
    const shipped = shipWork(order, workId, shipment, event);
    expect(codeOf(cancel(shipped.ok ? shipped.value : order, null, event))).toBe('ALREADY_SHIPPED');
    const carried = sampleOrder(
      { method: 'IN_STORE_CASH_AND_CARRY', claims: { store: 1 } },
      { claims: { dc: 1 } },
    );
    expect(codeOf(cancel(carried, null, event))).toBe('ALREADY_SHIPPED');
    expect(codeOf(cancel(sampleOrder({ units: 1 }), null, event))).toBe('ALREADY_SHIPPED');
  });

  it('given it is canceled already, then it says so', () => {
    expect(codeOf(cancel({ ...order, status: 'CANCELED' }, null, event))).toBe('ALREADY_CANCELED');
  });

  it('given the caller saw another version, then it is told the one that counts', () => {
    expect(cancel(order, 7, event)).toMatchObject({
      errors: [{ code: 'VERSION_CONFLICT', currentVersion: 1 }],
    });
    expect(versionConflict(order, 1)).toBeNull();
    expect(versionConflict(order, null)).toBeNull();
  });
});
