import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { systemClock as clock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { createIntegration } from '../../platform/integration.ts';
import { createDispatcher } from '../../platform/outbox/dispatcher.ts';
import type { Running } from '../../platform/subgraph.ts';
import { startSandboxUnderTest, TOKEN } from '../connectors/sandbox-under-test.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';

const INTENTS = 50;
const PER_SECOND = 10;
const countedSchema = z.object({ calls: z.number(), refused: z.number() });

describe('an ERP that takes so many calls a second and says how many are left', () => {
  let test: TestStore;
  let sandbox: Awaited<ReturnType<typeof startSandboxUnderTest>>;
  beforeAll(async () => {
    test = await startTestStore();
    sandbox = await startSandboxUnderTest();
  });
  afterAll(async () => {
    await sandbox.stop();
    await test.stop();
  });

  /** Two processes' dispatchers call it for every intent; answers how often it was called and refused, counted by itself. */
  async function carryOutAll(owner: string, isHeeded: boolean) {
    const { store, logger, integration } = test.dependencies;
    await integration.health.register({
      _id: owner,
      connector: 'sandbox',
      kind: 'ERP',
      owns: [],
      conformance: '',
    });
    await sandbox.post(`${sandbox.systems.url}/faults`, {
      system: 'erp',
      mode: 'throttled',
      perSecond: PER_SECOND,
    });
    const running: Running[] = [];
    const closing: (() => Promise<void>)[] = [];
    for (const _process of [1, 2]) {
      const process = createIntegration({ store, clock, newId, logger });
      const erp = createSandboxErpConnector({ url: sandbox.systems.erpUrl, token: TOKEN, system: owner });
      closing.push(() => erp.close());
      if (isHeeded) erp.onBudget?.((budget) => process.rates.heed(owner, budget));
      const call = async (_: unknown, { signal }: { signal: AbortSignal }) => {
        await erp.ping(signal);
        return { externalId: 'there' };
      };
      running.push(
        createDispatcher({
          owner,
          systems: [owner],
          handlers: [{ kind: 'call', steps: { call: { send: call, ask: call } } }],
          operations: process.operations,
          health: process.health,
          gates: process.gates,
          store,
          clock,
          logger,
        }),
      );
    }
    const { operations } = integration;
    await store.transaction(async (session) => {
      for (let n = 0; n < INTENTS; n += 1) {
        await operations.enqueue(session, {
          owner,
          kind: 'call',
          subjectId: String(n),
          aggregate: `${owner}:${n}`,
          correlationId: 'c',
          idempotencyKey: `${owner}:${n}`,
          lane: 'order',
          steps: [{ name: 'call', system: owner }],
          payload: {},
        });
      }
    });
    for (const dispatcher of running) await dispatcher.start();
    await until(
      'all is done',
      async () => (await operations.model.countDocuments({ owner, state: { $ne: 'SUCCEEDED' } })) === 0,
      40_000,
    );
    await Promise.all(running.map((dispatcher) => dispatcher.stop()));
    await Promise.all(closing.map((close) => close()));
    const { body } = await sandbox.ask(`${sandbox.systems.url}/calls?system=erp`);
    return countedSchema.parse(body);
  }

  it('refuses hardly any call when what it says is heeded, and many when only its refusals are', async () => {
    const unheeded = await carryOutAll('unheeded', false);
    const heeded = await carryOutAll('heeded', true);
    expect(heeded.calls - heeded.refused).toBe(INTENTS);
    // Each time it is out of patience, whoever has not heard so finds out by being refused: after ten calls, and every second after that.
    expect(unheeded.refused).toBeGreaterThanOrEqual(INTENTS / PER_SECOND - 2);
    expect(heeded.refused).toBeLessThanOrEqual(unheeded.refused / 3);
  }, 90_000);
});
