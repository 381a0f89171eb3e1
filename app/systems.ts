import type { Connector } from '../connectors/port.ts';
import { createSandboxErpConnector } from '../connectors/sandbox/sandbox-erp.ts';
import { createSandboxPaymentsConnector } from '../connectors/sandbox/sandbox-payments.ts';
import type { Integration } from '../platform/integration.ts';
import type { Systems } from './subgraphs.ts';

/** Connects the sandbox's systems of record and tells operations that they are there. */
export async function connectSystems(options: {
  erp: { url: string; token: string; webhookSecrets?: readonly string[] };
  payments: { url: string; token: string };
  integration: Integration;
}): Promise<Systems & { close(): Promise<void> }> {
  const erp = createSandboxErpConnector(options.erp);
  const payments = createSandboxPaymentsConnector(options.payments);
  for (const connector of [erp, payments]) {
    await options.integration.health.register({
      _id: connector.system,
      connector: connector.connector,
      kind: connector.kind,
      owns: owned(connector),
      conformance: 'passes the connector conformance suite',
    });
  }
  return {
    erp,
    payments,
    async close() {
      await Promise.all([erp.close(), payments.close()]);
    },
  };
}

/** What a system is the record of: the feeds we read from it and the documents we create in it. */
function owned({ capabilities }: Connector): string[] {
  return [...Object.keys(capabilities.feeds), ...Object.keys(capabilities.documents)];
}
