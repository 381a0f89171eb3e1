import { once } from 'node:events';
import { connect } from 'node:net';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { serveSubgraph } from '../../app/serve/subgraph-server.ts';
import { systemClock } from '../../platform/clock.ts';
import { serviceIdentity } from '../../platform/identity/identity.ts';
import { createInternalTokens, IDENTITY_HEADER } from '../../platform/identity/internal-token.ts';
import type { Subgraph } from '../../platform/subgraph.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';
import { until } from '../kit/until.ts';

/** A room with one question, which it answers when `answer` is called. */
function slowRoom() {
  const asked: ((answer: string) => void)[] = [];
  const schema = buildSchema('type Query { slow: String }');
  const { slow } = schema.getQueryType()?.getFields() ?? {};
  if (slow !== undefined) slow.resolve = () => new Promise((resolve) => asked.push(resolve));
  const room: Subgraph = {
    name: 'product',
    schema,
    contextFor: (caller) => ({ caller }),
    start: async () => {},
    readiness: () => ({ ready: true, parts: [] }),
    stop: async () => {},
  };
  return { room, asked };
}

describe('a subgraph over HTTP that stops', () => {
  it('lets the running request end, and waits for no connection without one', async () => {
    const { room, asked } = slowRoom();
    const tokens = createInternalTokens({ secret: Buffer.alloc(32, 7), clock: systemClock });
    const server = await serveSubgraph({
      subgraph: room,
      host: '127.0.0.1',
      port: 0,
      tokens,
      clock: systemClock,
      logger: silentLogger,
    });
    const unused = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(unused, 'connect');
    const unusedGone = once(unused, 'close');
    const answer = fetch(server.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [IDENTITY_HEADER]: await tokens.sign(serviceIdentity('order')),
      },
      body: JSON.stringify({ query: '{ slow }' }),
    });
    await until('the question has arrived', () => asked.length === 1);

    const stoppingSince = performance.now();
    const stopped = server.stop();
    await unusedGone;
    asked[0]?.('done');
    expect(await (await answer).json()).toEqual({ data: { slow: 'done' } });
    await stopped;
    // Stragglers are cut off after eight seconds; nobody was one.
    expect(performance.now() - stoppingSince).toBeLessThan(4_000);
  });
});
