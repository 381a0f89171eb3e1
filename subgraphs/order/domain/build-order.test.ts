import { describe, expect, it } from 'vitest';
import { sampleOrder } from './order-sample.ts';

const CARRIED = { method: 'IN_STORE_CASH_AND_CARRY' } as const;

describe('an order as it is first written', () => {
  it('given goods to send, then it is CONFIRMED and waits for the ERP', () => {
    expect(sampleOrder({ claims: { dc: 2 } })).toMatchObject({
      status: 'CONFIRMED',
      version: 1,
      subtotal: '25.00',
      erpSync: { state: 'PENDING' },
      events: [{ type: 'ORDER_CONFIRMED' }],
      lines: [{ quantity: 2, fulfilled: 0, canceled: 0, returned: 0, returning: 0 }],
      work: [{ locationId: 'dc', state: 'OPEN', lines: [{ orderLineId: 'line-0', quantity: 2 }] }],
    });
  });

  it('given a line from two places and another from one of them, then each place has one piece of work', () => {
    const { work } = sampleOrder({ claims: { dc: 2, store: 1 } }, { claims: { dc: 4 } });
    expect(work.map(({ locationId, lines }) => [locationId, lines.map(({ quantity }) => quantity)])).toEqual([
      ['dc', [2, 4]],
      ['store', [1]],
    ]);
  });

  it('given goods carried home and services, then it is COMPLETED', () => {
    expect(sampleOrder({ ...CARRIED, claims: { store: 1 } }, { units: 3 })).toMatchObject({
      status: 'COMPLETED',
      events: [{ type: 'ORDER_CONFIRMED' }, { type: 'ORDER_HANDED_OVER' }],
      lines: [{ fulfilled: 1 }, { fulfilled: 3 }],
      work: [{ state: 'PICKED_UP' }],
    });
  });

  it('given goods carried home and goods to send, then it is IN_PROGRESS', () => {
    const order = sampleOrder({ ...CARRIED, claims: { store: 1 } }, { claims: { store: 1 } });
    expect(order.status).toBe('IN_PROGRESS');
    expect(order.work.map(({ state }) => state)).toEqual(['PICKED_UP', 'OPEN']);
    expect(order.events.map(({ type }) => type)).toEqual(['ORDER_CONFIRMED', 'GOODS_HANDED_OVER']);
  });

  it('given no claims were brought along, then it has no such field, so that two such orders do not look alike to the store', () => {
    expect(sampleOrder({ units: 1 })).not.toHaveProperty('reservationIds');
  });
});
