import type { Connector } from '../port.ts';
import {
  bySequence,
  createSandboxConnector,
  type SandboxConnectorOptions,
  type StandIn,
} from './sandbox-connector.ts';

const CARRIER: StandIn = {
  face: 'carrier',
  kind: 'CARRIER',
  capabilities: { feeds: { trackingEvents: bySequence }, documents: {}, masterData: [] },
  paths: {},
};

/** Reads from the sandbox carrier where parcels are, over 4 connections unless told otherwise. It takes no documents. */
export function createSandboxCarrierConnector(options: SandboxConnectorOptions): Connector {
  return createSandboxConnector({ maxConnections: 4, ...options }, CARRIER).connector;
}
