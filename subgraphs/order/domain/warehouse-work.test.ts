import { describe, expect, it } from 'vitest';
import { fulfillmentRequestSchema } from '../../../connectors/canonical/fulfillment-request.ts';
import { NOON, sampleEvent, sampleOrder } from './order-sample.ts';
import { acceptWork, shipWork } from './ship.ts';
import {
  assignWork,
  fulfillmentRequestOf,
  requestCancellationOf,
  shipmentOfNotice,
  workAtWarehouse,
} from './warehouse-work.ts';

const SERVED = new Map([['dc', 'DC-1']]);
const assigned = () =>
  assignWork(
    sampleOrder(
      { claims: { dc: 2, store: 1 } },
      { claims: { dc: 3 }, unitPrice: '4.00' },
      { claims: { dc: 1 }, method: 'IN_STORE_CASH_AND_CARRY' },
    ),
    'wms',
    SERVED,
  );
const [WORK, AT_STORE] = assigned().work;
if (WORK === undefined || AT_STORE === undefined) throw new Error('the sample has no work');

describe('work for a warehouse', () => {
  it('given places that it serves, then it gets the open work there and nothing else', () => {
    expect(assigned().work.map(({ locationId, state, servedBy }) => [locationId, state, servedBy])).toEqual([
      ['dc', 'OPEN', { system: 'wms', locationCode: 'DC-1' }],
      ['store', 'OPEN', undefined],
      ['dc', 'PICKED_UP', undefined],
    ]);
    expect(workAtWarehouse(assigned()).map(({ id }) => id)).toEqual([WORK.id]);
  });

  it('is asked for by what is to be picked, in the same words at each attempt', () => {
    const request = fulfillmentRequestOf(assigned(), WORK);
    expect(request).toEqual({
      reference: WORK.id,
      orderReference: 'UC-00000-00000',
      locationCode: 'DC-1',
      requestedAt: NOON.toISOString(),
      lines: [
        { lineReference: WORK.lines[0]?.id, sku: 'SKU-0', quantity: '2', unit: 'C62' },
        { lineReference: WORK.lines[1]?.id, sku: 'SKU-1', quantity: '3', unit: 'C62' },
      ],
      correlationId: 'correlation-1',
    });
    expect(fulfillmentRequestSchema.parse(request)).toEqual(request);
    const later = acceptWork(assigned(), WORK.id, sampleEvent('WORK_ACCEPTED'));
    expect(later.ok && fulfillmentRequestOf(later.value, WORK)).toEqual(request);
  });

  it('is taken back under a name that follows from the work, and only while it has not left', () => {
    expect(requestCancellationOf(assigned(), WORK.id, 'CUSTOMER_REQUEST', NOON)).toMatchObject({
      reference: `${WORK.id}-CANCEL`,
      requestReference: WORK.id,
    });
    const accepted = acceptWork(assigned(), WORK.id, sampleEvent('WORK_ACCEPTED'));
    expect(accepted.ok && workAtWarehouse(accepted.value)).toHaveLength(1);
    const notice = shipmentOfNotice('shipment-1', {
      id: 'SH-1',
      requestReference: WORK.id,
      carrier: 'POST',
      packages: [{ sscc: '123456789012345678', lineReferences: WORK.lines.map(({ id }) => id) }],
      shippedAt: '2026-03-02T09:00:00+01:00',
    });
    expect(notice).toMatchObject({
      trackingNumber: null,
      packages: [{ sscc: '123456789012345678', lineIds: WORK.lines.map(({ id }) => id) }],
      shippedAt: new Date('2026-03-02T08:00:00Z'),
    });
    const left = shipWork(assigned(), WORK.id, notice, sampleEvent('SHIPMENT_CREATED'));
    expect(left.ok && workAtWarehouse(left.value)).toEqual([]);
  });
});
