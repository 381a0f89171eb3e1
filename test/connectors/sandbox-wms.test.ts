import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ConformanceHarness } from '../../connectors/conformance/harness.ts';
import { describeConnectorConformance } from '../../connectors/conformance/suite.ts';
import { createSandboxWmsConnector } from '../../connectors/sandbox/sandbox-wms.ts';
import { startSandboxUnderTest, TOKEN } from './sandbox-under-test.ts';
import { fulfillmentCancellation, fulfillmentRequest } from './sandbox-wms-records.ts';

describeConnectorConformance({
  name: 'sandbox warehouse',
  feeds: ['shipments'],
  documents: ['fulfillmentRequest', 'fulfillmentCancellation'],
  faults: ['down', 'slow', 'throttled', 'lossy-ack', 'duplicating', 'reordering', 'wrong'],
  start,
});

const numbered = z.object({ number: z.string() });
const refusal = z.object({ error: z.object({ code: z.string() }) });

async function start(): Promise<ConformanceHarness> {
  const sandbox = await startSandboxUnderTest();
  const { wmsUrl } = sandbox.systems;
  const open = (timeoutMs: number) => createSandboxWmsConnector({ url: wmsUrl, token: TOKEN, timeoutMs });
  const requests = `${wmsUrl}/wms/fulfillment-requests`;
  const request = async (reference: string) => {
    const { body } = await sandbox.post(requests, fulfillmentRequest(reference));
    return numbered.parse(body).number;
  };
  const later = { requestedAt: '2026-03-31T10:00:00Z' };

  return {
    connector: open(5_000),
    withTimeout: open,
    setFault: (fault) => sandbox.setFault('wms', fault),
    stop: sandbox.stop,
    feeds: {
      // The warehouse writes these itself, so it never holds one that cannot be read.
      shipments: {
        async write(name) {
          const number = await request(name);
          const { status } = await sandbox.post(`${requests}/${number}/shipment`, { carrier: 'POST' });
          if (status !== 201) throw new Error(`${name} did not leave`);
        },
        nameOf: (read) => String(Reflect.get(Object(read), 'requestReference')),
      },
    },
    documents: {
      fulfillmentRequest: {
        make: async (reference) => fulfillmentRequest(reference, reference.endsWith('other') ? later : {}),
        refused: async (reference) => ({
          document: fulfillmentRequest(reference, {
            lines: [{ lineReference: `${reference}/1`, sku: 'LAMP-1', quantity: '1.5', unit: 'C62' }],
          }),
          code: 'NOT_WHOLE',
          field: ['lines', '0', 'quantity'],
        }),
        count: (reference) => sandbox.count('wms', 'fulfillmentRequest', reference),
      },
      fulfillmentCancellation: {
        async make(reference) {
          await sandbox.post(requests, fulfillmentRequest(`request-of-${reference}`));
          return fulfillmentCancellation(reference, `request-of-${reference}`);
        },
        refused: async (reference) => ({
          document: fulfillmentCancellation(reference, `request-of-${reference}`),
          code: 'REQUEST_NOT_FOUND',
          field: ['requestReference'],
        }),
        count: (reference) => sandbox.count('wms', 'fulfillmentCancellation', reference),
      },
    },
  };
}

describe('the sandbox warehouse', () => {
  let sandbox: Awaited<ReturnType<typeof startSandboxUnderTest>>;
  let requests: string;
  beforeAll(async () => {
    sandbox = await startSandboxUnderTest();
    requests = `${sandbox.systems.wmsUrl}/wms/fulfillment-requests`;
  });
  afterAll(() => sandbox.stop());

  const request = async (reference: string) =>
    numbered.parse((await sandbox.post(requests, fulfillmentRequest(reference))).body).number;

  it('refuses what it does not know by its name, at any depth', async () => {
    const good = fulfillmentRequest('odd');
    const [line] = good.lines;
    const answers = await Promise.all([
      sandbox.post(requests, { ...good, priority: 'HIGH' }),
      sandbox.post(requests, { ...good, lines: [{ ...line, gift: true }] }),
    ]);
    expect(answers).toMatchObject([
      { status: 422, body: { error: { code: 'UNKNOWN_FIELD', field: ['priority'] } } },
      { status: 422, body: { error: { code: 'UNKNOWN_FIELD', field: ['lines', '0', 'gift'] } } },
    ]);
    expect(await sandbox.count('wms', 'fulfillmentRequest', 'odd')).toBe(0);
  });

  it('ships a request once and whole, and keeps what has left from being canceled', async () => {
    const number = await request('gone');
    const ship = (body: object) =>
      sandbox.post(`${requests}/${number}/shipment`, { carrier: 'POST', ...body });
    const refused = [
      await ship({ packages: [{ lineReferences: ['gone/1', 'gone/9'] }] }),
      await ship({ packages: [{ lineReferences: ['gone/1'] }] }),
    ];
    const shipped = await ship({
      trackingNumber: 'T-1',
      packages: [{ lineReferences: ['gone/1', 'gone/2'] }],
    });
    refused.push(await ship({}));
    refused.push(
      await sandbox.post(`${requests}/${number}/cancellation`, fulfillmentCancellation('gone-x', 'gone')),
    );
    expect(refused.map(({ status, body }) => [status, refusal.parse(body).error.code])).toEqual([
      [422, 'UNKNOWN_LINE'],
      [422, 'LINE_NOT_PACKED'],
      [422, 'ALREADY_SHIPPED'],
      [422, 'ALREADY_SHIPPED'],
    ]);
    expect(shipped).toMatchObject({ status: 201, body: { document: { trackingNumber: 'T-1' } } });
    expect(await sandbox.count('wms', 'shipment', 'gone')).toBe(1);
  });

  it('lets nothing leave that was canceled', async () => {
    const number = await request('kept');
    const canceled = await sandbox.post(
      `${requests}/${number}/cancellation`,
      fulfillmentCancellation('kept-x', 'kept'),
    );
    const shipped = await sandbox.post(`${requests}/${number}/shipment`, { carrier: 'POST' });
    expect(canceled.status).toBe(201);
    expect(shipped).toMatchObject({ status: 422, body: { error: { code: 'REQUEST_CANCELED' } } });
  });
});
