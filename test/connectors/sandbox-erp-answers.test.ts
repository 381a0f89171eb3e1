import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Connector } from '../../connectors/port.ts';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { salesOrder } from './sandbox-erp-records.ts';

/** Answers no good system gives, which is why they are scripted here: status and body by method. */
interface Script {
  GET?: [status: number, body: unknown];
  POST?: [status: number, body: unknown];
}

describe('the sandbox ERP connector, given an answer that fits no contract', () => {
  let server: Server | undefined;
  let connector: Connector | undefined;
  afterEach(async () => {
    await connector?.close();
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  });

  async function given(script: Script): Promise<Connector> {
    const listening = createServer((request, response) => {
      const answer = script[request.method === 'POST' ? 'POST' : 'GET'];
      if (answer === undefined) response.destroy();
      else response.writeHead(answer[0]).end(JSON.stringify(answer[1]));
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is never the name of a pipe.
    const { port } = listening.address() as AddressInfo;
    connector = createSandboxErpConnector({ url: `http://127.0.0.1:${port}`, token: 'a-token-for-tests' });
    return connector;
  }
  const request = () => ({ key: 'key', signal: AbortSignal.timeout(5_000) });
  const stored = {
    externalId: 'SO-1',
    number: 'SO-1',
    reference: 'ANOTHER',
    state: 'OPEN',
    acceptedAt: '2026-03-01T10:00:00Z',
    related: [],
  };

  it('takes no 404 for "not there" but the one that says so', async () => {
    const wrongAddress = await given({ GET: [404, { error: { code: 'NO_SUCH_ADDRESS', message: 'no' } }] });
    await expect(wrongAddress.findDocument('salesOrder', 'O-1', request())).rejects.toMatchObject({
      outcome: 'refused',
    });
    await wrongAddress.close();
    server?.close();
    const proxy = await given({ GET: [404, {}] });
    await expect(proxy.findDocument('salesOrder', 'O-1', request())).rejects.toMatchObject({
      outcome: 'in-doubt',
    });
  });

  it('takes no receipt of another document for its own', async () => {
    const erp = await given({ POST: [201, stored], GET: [200, stored] });
    const doubt = { outcome: 'in-doubt', code: 'CONTRACT_VIOLATION' };
    await expect(erp.createDocument('salesOrder', salesOrder('O-1'), request())).rejects.toMatchObject(doubt);
    await expect(erp.findDocument('salesOrder', 'O-1', request())).rejects.toMatchObject(doubt);
  });

  it('knows that a cancellation was not sent when already the look-up of its order failed', async () => {
    const erp = await given({});
    const cancellation = {
      reference: 'O-1/cancel',
      orderReference: 'O-1',
      reasonCode: 'CUSTOMER',
      canceledAt: '2026-03-01T10:00:00Z',
      correlationId: 'trace',
    };
    await expect(erp.createDocument('salesOrderCancellation', cancellation, request())).rejects.toMatchObject(
      {
        outcome: 'not-sent',
        code: 'CONNECTION_LOST',
      },
    );
  });

  it('takes no page that says there is more and gives nothing: its reader would ask for ever', async () => {
    const erp = await given({ GET: [200, { changes: [], more: true }] });
    await expect(erp.readChanges('items', null, { limit: 10, ...request() })).rejects.toMatchObject({
      code: 'CONTRACT_VIOLATION',
    });
  });
});
