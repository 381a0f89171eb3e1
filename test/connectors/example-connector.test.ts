import type { ConformanceHarness } from '../../connectors/conformance/harness.ts';
import { describeConnectorConformance } from '../../connectors/conformance/suite.ts';
import { createCornerConnector } from './example/corner-connector.ts';
import { startCornerErp } from './example/corner-erp.ts';
import { salesOrder } from './sandbox-erp-records.ts';

/** The connector of docs/connect-your-erp.md, under the same suite as every other. */
describeConnectorConformance({
  name: 'corner shop ERP',
  feeds: ['items'],
  documents: ['salesOrder'],
  faults: ['down', 'slow', 'throttled', 'lossy-ack', 'wrong'],
  start,
});

async function start(): Promise<ConformanceHarness> {
  const erp = await startCornerErp();
  erp.put({ no: 'LAMP-1' });
  const open = (timeoutMs?: number) =>
    createCornerConnector({ url: erp.url, key: 'corner', ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  return {
    connector: open(),
    withTimeout: open,
    setFault: erp.setFault,
    stop: erp.stop,
    feeds: {
      items: {
        write: async (name) => erp.put({ no: name }),
        nameOf: (record) => String(Reflect.get(Object(record), 'sku')),
        async spoil() {
          erp.put({ no: 'NAMELESS', descr: null });
          return 'title';
        },
      },
    },
    documents: {
      salesOrder: {
        make: async (reference) =>
          salesOrder(reference, reference.endsWith('other') ? { channelCode: 'web-be' } : {}),
        refused: async (reference) => ({
          document: salesOrder(reference, {
            lines: salesOrder(reference).lines.map((line) => ({ ...line, sku: 'NO-SUCH' })),
          }),
          code: 'NO_SUCH_ARTICLE',
          field: ['lines', '0', 'sku'],
        }),
        count: async (reference) => erp.countOrders(reference),
      },
    },
  };
}
