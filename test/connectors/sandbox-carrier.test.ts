import { expect } from 'vitest';
import type { ConformanceHarness } from '../../connectors/conformance/harness.ts';
import { describeConnectorConformance } from '../../connectors/conformance/suite.ts';
import { createSandboxCarrierConnector } from '../../connectors/sandbox/sandbox-carrier.ts';
import { startSandboxUnderTest, TOKEN } from './sandbox-under-test.ts';

describeConnectorConformance({
  name: 'sandbox carrier',
  feeds: ['trackingEvents'],
  documents: [],
  faults: ['down', 'slow', 'throttled', 'duplicating', 'reordering', 'wrong'],
  start,
});

async function start(): Promise<ConformanceHarness> {
  const sandbox = await startSandboxUnderTest();
  const { carrierUrl } = sandbox.systems;
  const open = (timeoutMs: number) =>
    createSandboxCarrierConnector({ url: carrierUrl, token: TOKEN, timeoutMs });
  return {
    connector: open(5_000),
    withTimeout: open,
    setFault: (fault) => sandbox.setFault('carrier', fault),
    stop: sandbox.stop,
    documents: {},
    feeds: {
      // The carrier writes these itself, so it never holds one that cannot be read.
      trackingEvents: {
        async write(name) {
          const { status } = await sandbox.post(`${carrierUrl}/carrier/parcels/${name}/scans`, {
            status: 'IN_TRANSIT',
          });
          expect(status).toBe(201);
        },
        nameOf: (read) => String(Reflect.get(Object(read), 'trackingNumber')),
      },
    },
  };
}
