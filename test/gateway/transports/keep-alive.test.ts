import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { createHttpTransport } from '../../../gateway/transports/http.ts';
import type {
  SubgraphAnswer,
  SubgraphError,
  SubgraphTransport,
} from '../../../gateway/transports/transport.ts';
import { until } from '../tiny-graph.ts';

/** A subgraph that accepts a subscription and then answers pings, or is as silent as one whose machine has gone. */
async function serve(answersPings: boolean) {
  const seen: { pings: number; next(): void } = { pings: 0, next: () => undefined };
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: () => 'graphql-transport-ws',
  });
  server.on('connection', (socket) => {
    socket.on('message', (raw) => {
      const message: { type: string; id?: string } = JSON.parse(String(raw));
      if (message.type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (message.type === 'subscribe') {
        seen.next = () =>
          socket.send(JSON.stringify({ type: 'next', id: message.id, payload: { data: { ticked: 1 } } }));
      }
      if (message.type === 'ping') {
        seen.pings += 1;
        if (answersPings) socket.send('{"type":"pong"}');
      }
    });
  });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  return { server, seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` };
}

describe('a subscription whose connection is silent', () => {
  let served: Awaited<ReturnType<typeof serve>>;
  let transport: SubgraphTransport;
  afterEach(async () => {
    await transport.stop();
    for (const socket of served.server.clients) socket.terminate();
    await new Promise((resolve) => served.server.close(resolve));
  });

  const subscribe = async (answersPings: boolean, subscriptionKeepAliveMs: number) => {
    served = await serve(answersPings);
    transport = createHttpTransport({ name: 's', url: served.url, subscriptionKeepAliveMs });
    const told: { events: SubgraphAnswer[]; errors: SubgraphError[] } = { events: [], errors: [] };
    const subscription = transport.subscribe(
      { operation: 'subscription{ticked}', operationKind: 'subscription', variables: {} },
      {
        identityToken: 't',
        correlationId: 'c',
        timeoutMs: 1000,
        signal: new AbortController().signal,
      },
      {
        next: (event) => told.events.push(event),
        fail: (errors) => told.errors.push(...errors),
        complete: () => undefined,
      },
    );
    return { told, subscription };
  };

  it('is lost with a coded error when pings are not answered', async () => {
    const { told } = await subscribe(false, 30);
    await until('the loss is told', () => told.errors.length > 0);
    expect(told.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    await until('the connection is closed', () => served.server.clients.size === 0);
  });

  it('stays open as long as they are', async () => {
    const { told, subscription } = await subscribe(true, 500);
    await until('some pings were answered', () => served.seen.pings >= 3);
    expect(told.errors).toEqual([]);
    served.seen.next();
    await until('an event came', () => told.events.length === 1);
    subscription.close();
    await until('the connection is closed', () => served.server.clients.size === 0);
    expect(told.errors).toEqual([]);
  });
});
