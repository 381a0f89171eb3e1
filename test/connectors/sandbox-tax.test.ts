import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaxQuoteRequest } from '../../connectors/canonical/tax-document.ts';
import type { ConformanceHarness } from '../../connectors/conformance/harness.ts';
import { describeConnectorConformance } from '../../connectors/conformance/suite.ts';
import type { DocumentByKind, DocumentKind } from '../../connectors/documents.ts';
import type { Connector } from '../../connectors/port.ts';
import { createSandboxTaxConnector } from '../../connectors/sandbox/sandbox-tax.ts';
import { startSandboxUnderTest, TOKEN } from './sandbox-under-test.ts';

describeConnectorConformance({
  name: 'sandbox tax system',
  feeds: [],
  documents: ['taxQuote', 'taxDocument', 'taxVoid'],
  faults: ['down', 'slow', 'throttled', 'lossy-ack', 'wrong'],
  start,
});

const within = () => AbortSignal.timeout(10_000);

/** Creates a document under a key of its own name. */
function create<K extends DocumentKind>(connector: Connector, kind: K, document: DocumentByKind[K]) {
  return connector.createDocument(kind, document, {
    key: `${kind}-${document.reference}`,
    signal: within(),
  });
}

async function start(): Promise<ConformanceHarness> {
  const sandbox = await startSandboxUnderTest();
  const open = (timeoutMs: number) =>
    createSandboxTaxConnector({ url: sandbox.systems.taxUrl, token: TOKEN, timeoutMs });
  const connector = open(5_000);
  const quoteFor = async (reference: string) =>
    (await create(connector, 'taxQuote', quote(`quote-of-${reference}`))).externalId;
  const count = (kind: DocumentKind) => (reference: string) => sandbox.count('tax', kind, reference);

  return {
    connector,
    withTimeout: open,
    setFault: (fault) => sandbox.setFault('tax', fault),
    stop: sandbox.stop,
    feeds: {},
    documents: {
      taxQuote: {
        make: async (reference) =>
          quote(reference, reference.endsWith('other') ? { pricesIncludeTax: false } : {}),
        refused: async (reference) => ({
          document: quote(reference, { country: 'XX' }),
          code: 'UNKNOWN_JURISDICTION',
          field: ['country'],
        }),
        count: count('taxQuote'),
      },
      taxDocument: {
        make: async (reference) => commitment(reference, await quoteFor(reference)),
        refused: async (reference) => ({
          document: commitment(reference, 'TQ-0'),
          code: 'QUOTE_NOT_FOUND',
          field: ['quoteExternalId'],
        }),
        count: count('taxDocument'),
      },
      taxVoid: {
        async make(reference) {
          const of = `document-of-${reference}`;
          await create(connector, 'taxDocument', commitment(of, await quoteFor(of)));
          return voidOf(reference, of);
        },
        refused: async (reference) => ({
          document: voidOf(reference, 'nothing'),
          code: 'TAX_DOCUMENT_NOT_FOUND',
          field: ['documentReference'],
        }),
        count: count('taxVoid'),
      },
    },
  };
}

describe('the sandbox tax system', () => {
  let sandbox: Awaited<ReturnType<typeof startSandboxUnderTest>>;
  let connector: Connector;
  beforeAll(async () => {
    sandbox = await startSandboxUnderTest();
    connector = createSandboxTaxConnector({ url: sandbox.systems.taxUrl, token: TOKEN });
  });
  afterAll(async () => {
    await connector.close();
    await sandbox.stop();
  });

  it('says with its receipts what the tax is', async () => {
    const quoted = await create(connector, 'taxQuote', quote('told'));
    expect(quoted).toMatchObject({ state: 'QUOTED', total: '2.00', currencyCode: 'GBP' });
    expect(quoted.tax?.lines).toMatchObject([{ lineReference: 'told/1', rate: '0.2', taxable: '10.00' }]);
    const committed = await create(connector, 'taxDocument', commitment('UC-told', quoted.externalId));
    expect(committed).toMatchObject({ state: 'COMMITTED', tax: quoted.tax });
  });

  it('makes one document of a quote, under whatever key it is asked again', async () => {
    const { externalId } = await create(connector, 'taxQuote', quote('once'));
    await create(connector, 'taxDocument', commitment('UC-once', externalId));
    await expect(create(connector, 'taxDocument', commitment('UC-twice', externalId))).rejects.toMatchObject({
      outcome: 'rejected',
      code: 'QUOTE_USED',
    });
    expect(await sandbox.count('tax', 'taxDocument', 'UC-twice')).toBe(0);
  });

  it('takes a document back once', async () => {
    const { externalId } = await create(connector, 'taxQuote', quote('back'));
    await create(connector, 'taxDocument', commitment('UC-back', externalId));
    await create(connector, 'taxVoid', voidOf('V-1', 'UC-back'));
    expect(await connector.findDocument('taxDocument', 'UC-back', { signal: within() })).toMatchObject({
      state: 'VOIDED',
    });
    await expect(create(connector, 'taxVoid', voidOf('V-2', 'UC-back'))).rejects.toMatchObject({
      code: 'ALREADY_VOIDED',
    });
  });
});

function quote(reference: string, change: Partial<TaxQuoteRequest> = {}): TaxQuoteRequest {
  return {
    reference,
    orderReference: `order-of-${reference}`,
    country: 'GB',
    currencyCode: 'GBP',
    pricesIncludeTax: true,
    lines: [{ lineReference: `${reference}/1`, taxCategory: 'STANDARD', amount: '12.00' }],
    correlationId: 'trace',
    ...change,
  };
}

function commitment(reference: string, quoteExternalId: string) {
  return { reference, quoteExternalId, correlationId: 'trace' };
}

function voidOf(reference: string, documentReference: string) {
  return { reference, documentReference, reasonCode: 'ORDER_CANCELED', correlationId: 'trace' };
}
