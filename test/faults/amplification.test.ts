import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJsonOverHttp } from '../../connectors/json-over-http.ts';
import { systemClock as clock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { createIntegration } from '../../platform/integration.ts';
import { createDispatcher } from '../../platform/outbox/dispatcher.ts';
import { DEFAULT_POLICY } from '../../platform/outbox/system-policy.ts';
import type { Running } from '../../platform/subgraph.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';

/** Five minutes of outage pass in five seconds: every delay of the policy is a sixtieth. */
const FASTER = 60;
const OUTAGE_MS = (5 * 60_000) / FASTER;
const INTENTS = 200;

/** A system at a socket that counts who connects; while it is down it cuts every connection without a word. */
async function startCountedSystem() {
  let isDown = true;
  let connections = 0;
  let answers = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    if (isDown) {
      socket.destroy();
      return;
    }
    socket.once('data', () => {
      answers += 1;
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A TCP server's address is never the name of a pipe.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counted: () => ({ connections, answers }),
    comeBack: () => {
      isDown = false;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

describe('a system that is down for five minutes, counted at its own door', () => {
  let test: TestStore;
  let system: Awaited<ReturnType<typeof startCountedSystem>>;
  const running: Running[] = [];
  const closing: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    test = await startTestStore();
    system = await startCountedSystem();
  });
  afterAll(async () => {
    await Promise.all(running.map((dispatcher) => dispatcher.stop()));
    await Promise.all(closing.map((close) => close()));
    await system.stop();
    await test.stop();
  });

  it('is called by two dispatchers hardly more often than there is work', async () => {
    const { store, logger } = test.dependencies;
    const { breaker, retry, retryQuota } = DEFAULT_POLICY;
    const policies = {
      erp: {
        retry: { ...retry, firstDelayMs: retry.firstDelayMs / FASTER, maxDelayMs: retry.maxDelayMs / FASTER },
        retryQuota: { ...retryQuota, earnedEveryMs: retryQuota.earnedEveryMs / FASTER },
        breaker: {
          ...breaker,
          firstOpenMs: breaker.firstOpenMs / FASTER,
          maxOpenMs: breaker.maxOpenMs / FASTER,
        },
      },
    };
    const replicas = [1, 2].map(() => createIntegration({ store, clock, newId, logger, policies }));
    const { operations, health } = test.dependencies.integration;
    await health.register({ _id: 'erp', connector: 'test', kind: 'ERP', owns: [], conformance: '' });
    for (const replica of replicas) {
      const http = createJsonOverHttp({
        system: 'erp',
        url: system.url,
        headers: {},
        timeoutMs: 2_000,
        maxConnections: 8,
      });
      closing.push(() => http.close());
      const call = async ({ subjectId }: { subjectId: string }, { signal }: { signal: AbortSignal }) => {
        await http.call({ method: 'POST', path: '/', body: { subjectId }, signal });
        return { externalId: subjectId };
      };
      const dispatcher = createDispatcher({
        owner: 'amplified',
        systems: ['erp'],
        // The system takes our key: asking is sending.
        handlers: [{ kind: 'amplified.post', steps: { post: { send: call, ask: call } } }],
        operations: replica.operations,
        health: replica.health,
        gates: replica.gates,
        store,
        clock,
        logger,
      });
      running.push(dispatcher);
      await dispatcher.start();
    }

    const beganAt = Date.now();
    for (let n = 0; n < INTENTS; n += 1) {
      await store.transaction((session) =>
        operations.enqueue(session, {
          owner: 'amplified',
          kind: 'amplified.post',
          subjectId: String(n),
          aggregate: `amplified:${n}`,
          correlationId: 'c',
          idempotencyKey: String(n),
          lane: 'order',
          steps: [{ name: 'post', system: 'erp' }],
          payload: {},
        }),
      );
      await clock.delay(Math.max(0, beganAt + (n * OUTAGE_MS) / INTENTS - Date.now()));
    }
    await clock.delay(Math.max(0, beganAt + OUTAGE_MS - Date.now()));
    const duringTheOutage = system.counted().connections;
    system.comeBack();
    const unfinished = () =>
      operations.model.countDocuments({ owner: 'amplified', state: { $ne: 'SUCCEEDED' } });
    await until('all is done', async () => (await unfinished()) === 0, 25_000);
    const { connections, answers } = system.counted();
    expect(answers).toBe(INTENTS);
    // Each dispatcher has to fail a few times to notice, and the tries that find out when it is back are not for free.
    expect(connections / INTENTS).toBeLessThanOrEqual(1.1 + 30 / INTENTS);
    expect(duringTheOutage).toBeLessThanOrEqual(60);
  }, 60_000);
});
