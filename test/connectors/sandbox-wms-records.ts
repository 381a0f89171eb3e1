import type {
  FulfillmentCancellation,
  FulfillmentRequest,
} from '../../connectors/canonical/fulfillment-request.ts';

/** Small good records, as the sandbox warehouse's tests need them. */
export function fulfillmentRequest(
  reference: string,
  change: Partial<FulfillmentRequest> = {},
): FulfillmentRequest {
  return {
    reference,
    orderReference: `order-of-${reference}`,
    locationCode: 'DC-1',
    requestedAt: '2026-03-01T10:00:00Z',
    lines: [
      { lineReference: `${reference}/1`, sku: 'LAMP-1', quantity: '2', unit: 'C62' },
      { lineReference: `${reference}/2`, sku: 'CUP-1', quantity: '1', unit: 'C62' },
    ],
    correlationId: `trace-${reference}`,
    ...change,
  };
}

export function fulfillmentCancellation(
  reference: string,
  requestReference: string,
): FulfillmentCancellation {
  return {
    reference,
    requestReference,
    reasonCode: 'CUSTOMER_CHANGED_MIND',
    canceledAt: '2026-03-02T10:00:00Z',
    correlationId: `trace-${reference}`,
  };
}
