import type { ConformanceHarness } from '../../connectors/conformance/harness.ts';
import { describeConnectorConformance } from '../../connectors/conformance/suite.ts';
import type { DocumentKind } from '../../connectors/documents.ts';
import { createSandboxPaymentsConnector } from '../../connectors/sandbox/sandbox-payments.ts';
import { startSandboxUnderTest, TOKEN } from './sandbox-under-test.ts';

describeConnectorConformance({
  name: 'sandbox payment provider',
  feeds: [],
  documents: ['paymentAuthorization', 'paymentCapture', 'paymentVoid', 'paymentRefund'],
  faults: ['down', 'slow', 'throttled', 'lossy-ack', 'wrong'],
  start,
});

async function start(): Promise<ConformanceHarness> {
  const sandbox = await startSandboxUnderTest();
  const open = (timeoutMs: number) =>
    createSandboxPaymentsConnector({ url: sandbox.systems.paymentsUrl, token: TOKEN, timeoutMs });
  const connector = open(5_000);
  const within = () => AbortSignal.timeout(10_000);

  /** The provider's id of a payment of 30.00 EUR made for `reference`, captured where that is wanted. */
  async function payment(reference: string, captured = false): Promise<string> {
    const authorization = authorizationOf(`payment-of-${reference}`);
    const { externalId } = await connector.createDocument('paymentAuthorization', authorization, {
      key: `payment-of-${reference}`,
      signal: within(),
    });
    if (captured) {
      const document = action(`capture-of-${reference}`, externalId);
      await connector.createDocument('paymentCapture', document, {
        key: document.reference,
        signal: within(),
      });
    }
    return externalId;
  }
  const count = (kind: DocumentKind) => (reference: string) => sandbox.count('payments', kind, reference);

  return {
    connector,
    withTimeout: open,
    setFault: (fault) => sandbox.setFault('payments', fault),
    stop: sandbox.stop,
    feeds: {},
    documents: {
      paymentAuthorization: {
        make: async (reference) =>
          authorizationOf(reference, reference.endsWith('other') ? '31.00' : '30.00'),
        refused: async (reference) => ({
          document: { ...authorizationOf(reference), token: 'tok_declined' },
          code: 'CARD_DECLINED',
          field: ['token'],
        }),
        count: count('paymentAuthorization'),
      },
      paymentCapture: {
        make: async (reference) => action(reference, await payment(reference)),
        refused: async (reference) => ({
          document: { ...action(reference, await payment(reference)), amount: '30.01' },
          code: 'CAPTURE_EXCEEDS_AUTHORIZATION',
          field: ['amount'],
        }),
        count: count('paymentCapture'),
      },
      paymentVoid: {
        make: async (reference) => voidOf(reference, await payment(reference)),
        refused: async (reference) => ({
          document: voidOf(reference, await payment(reference, true)),
          code: 'ALREADY_CAPTURED',
          field: ['paymentExternalId'],
        }),
        count: count('paymentVoid'),
      },
      paymentRefund: {
        make: async (reference) => action(reference, await payment(reference, true)),
        refused: async (reference) => ({
          document: { ...action(reference, await payment(reference, true)), amount: '30.01' },
          code: 'REFUND_EXCEEDS_CAPTURE',
          field: ['amount'],
        }),
        count: count('paymentRefund'),
      },
    },
  };
}

function authorizationOf(reference: string, amount = '30.00') {
  return { reference, amount, currencyCode: 'EUR', token: 'tok_visa', correlationId: `trace-${reference}` };
}

function action(reference: string, paymentExternalId: string) {
  return { reference, paymentExternalId, amount: '30.00', currencyCode: 'EUR', correlationId: 'trace' };
}

function voidOf(reference: string, paymentExternalId: string) {
  return { reference, paymentExternalId, correlationId: 'trace' };
}
