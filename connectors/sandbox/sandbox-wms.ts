import type { Connector } from '../port.ts';
import {
  byReference,
  bySequence,
  createSandboxConnector,
  type SandboxConnectorOptions,
  type StandIn,
} from './sandbox-connector.ts';

const WAREHOUSE: StandIn = {
  face: 'wms',
  kind: 'WMS',
  capabilities: {
    feeds: { shipments: bySequence },
    documents: { fulfillmentRequest: byReference, fulfillmentCancellation: byReference },
    masterData: [],
  },
  paths: {
    fulfillmentRequest: () => '/fulfillment-requests',
    async fulfillmentCancellation({ requestReference }, desk, request) {
      const missing = { code: 'REQUEST_NOT_FOUND', field: ['requestReference'] };
      const number = await desk.numberOf('fulfillmentRequest', requestReference, missing, request);
      return `/fulfillment-requests/${encodeURIComponent(number)}/cancellation`;
    },
  },
};

/** Speaks to the sandbox warehouse over HTTP: takes work there and cancels it, and reads what has left. */
export function createSandboxWmsConnector(options: SandboxConnectorOptions): Connector {
  return createSandboxConnector(options, WAREHOUSE).connector;
}
