import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order, Shipment, ShipmentState } from './order.ts';
import { NOON, sampleEvent, sampleOrder } from './order-sample.ts';
import { trackParcel } from './track.ts';

const shipment = (id: string, trackingNumber: string, state: ShipmentState): Shipment => ({
  id,
  fulfillmentOrderId: 'work-1',
  state,
  carrier: 'POST',
  trackingNumber,
  packages: [],
  shippedAt: NOON,
});
const shipped = (): Order => ({
  ...sampleOrder({ claims: { dc: 2 } }),
  shipments: [shipment('s-1', 'T-1', 'IN_TRANSIT'), shipment('s-2', 'T-2', 'IN_TRANSIT')],
});
const see = (order: Order, trackingNumber: string, state: ShipmentState) =>
  trackParcel(order, (one) => one.trackingNumber === trackingNumber, state, sampleEvent(`SHIPMENT_${state}`));
const statesOf = (order: Order | null) => order?.shipments.map(({ state }) => state);

describe('where a parcel is', () => {
  it('given it is delivered, then its shipments are, the others are not, and it is one new version', () => {
    const after = see(shipped(), 'T-1', 'DELIVERED');
    expect(statesOf(after)).toEqual(['DELIVERED', 'IN_TRANSIT']);
    expect(after?.version).toBe(shipped().version + 1);
    expect(after?.events.at(-1)?.type).toBe('SHIPMENT_DELIVERED');
  });

  it('given what is known, or what came before it, then nothing changes', () => {
    const delivered = see(shipped(), 'T-1', 'DELIVERED');
    if (delivered === null) throw new Error('not delivered');
    expect(see(shipped(), 'T-1', 'IN_TRANSIT')).toBeNull();
    expect(see(delivered, 'T-1', 'DELIVERED')).toBeNull();
    expect(see(delivered, 'T-1', 'IN_TRANSIT')).toBeNull();
  });

  it('ends the same in any order, however often it is told', () => {
    const told = fc.array(
      fc.tuple(fc.constantFrom('T-1', 'T-2'), fc.constantFrom<ShipmentState>('IN_TRANSIT', 'DELIVERED')),
    );
    fc.assert(
      fc.property(told, (scans) => {
        const last = scans.reduce((order, [number, state]) => see(order, number, state) ?? order, shipped());
        const wasDelivered = (number: string) =>
          scans.some(([parcel, state]) => parcel === number && state === 'DELIVERED');
        expect(statesOf(last)).toEqual(
          ['T-1', 'T-2'].map((number) => (wasDelivered(number) ? 'DELIVERED' : 'IN_TRANSIT')),
        );
      }),
    );
  });
});
