import type { Connector } from '../port.ts';
import {
  byKey,
  createSandboxConnector,
  type SandboxConnectorOptions,
  type StandIn,
} from './sandbox-connector.ts';

const TAX_SYSTEM: StandIn = {
  face: 'tax',
  kind: 'TAX',
  capabilities: {
    feeds: {},
    documents: { taxQuote: byKey, taxDocument: byKey, taxVoid: byKey },
    masterData: [],
  },
  paths: {
    taxQuote: () => '/quotes',
    taxDocument: () => '/commitments',
    async taxVoid({ documentReference }, desk, request) {
      const missing = { code: 'TAX_DOCUMENT_NOT_FOUND', field: ['documentReference'] };
      const number = await desk.numberOf('taxDocument', documentReference, missing, request);
      return `/commitments/${encodeURIComponent(number)}/void`;
    },
  },
};

/** Speaks to the sandbox tax system over HTTP. The receipts of quotes and of tax documents say what the tax is. */
export function createSandboxTaxConnector(
  options: Omit<SandboxConnectorOptions, 'webhookSecrets'>,
): Connector {
  return createSandboxConnector(options, TAX_SYSTEM).connector;
}
