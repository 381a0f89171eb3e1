import type { Connector } from '../port.ts';
import {
  byKey,
  createSandboxConnector,
  type SandboxConnectorOptions,
  type StandIn,
} from './sandbox-connector.ts';

const of = (paymentExternalId: string) => `/${encodeURIComponent(paymentExternalId)}`;

const PROVIDER: StandIn = {
  face: 'payments',
  kind: 'PAYMENT_PROVIDER',
  capabilities: {
    feeds: {},
    documents: {
      paymentAuthorization: byKey,
      paymentCapture: byKey,
      paymentVoid: byKey,
      paymentRefund: byKey,
    },
    masterData: [],
  },
  paths: {
    paymentAuthorization: () => '/authorizations',
    paymentCapture: ({ paymentExternalId }) => `${of(paymentExternalId)}/captures`,
    paymentVoid: ({ paymentExternalId }) => `${of(paymentExternalId)}/voids`,
    paymentRefund: ({ paymentExternalId }) => `${of(paymentExternalId)}/refunds`,
  },
};

/**
 * Speaks to the sandbox payment provider over HTTP. A decline is `rejected` with the issuer's reason as code: `CARD_DECLINED`,
 * `INSUFFICIENT_FUNDS`, `EXPIRED_CARD`.
 */
export function createSandboxPaymentsConnector(
  options: Omit<SandboxConnectorOptions, 'webhookSecrets'>,
): Connector {
  return createSandboxConnector(options, PROVIDER).connector;
}
