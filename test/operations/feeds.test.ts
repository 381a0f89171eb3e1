import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../connectors/canonical/item.ts';
import type { Connector } from '../../connectors/port.ts';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { systemClock } from '../../platform/clock.ts';
import { createPoller, type Poller } from '../../platform/feed/poller.ts';
import { newId } from '../../platform/ids.ts';
import { policyOf } from '../../platform/outbox/system-policy.ts';
import { createReconciler } from '../../platform/reconciliation/reconciler.ts';
import type { Subgraph } from '../../platform/subgraph.ts';
import { createOperationsSubgraph } from '../../subgraphs/operations/index.ts';
import { item } from '../connectors/sandbox-erp-records.ts';
import { startSandboxUnderTest, TOKEN } from '../connectors/sandbox-under-test.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';
import { runOn } from './erp-operations.ts';

const POLL_MS = 20;
/** Polls of a feed that nothing holds back, while another is seen to rest: most of a second. */
const A_WHILE = 40;
describe('the polls of a system', () => {
  let store: TestStore;
  let sandbox: Awaited<ReturnType<typeof startSandboxUnderTest>>;
  let erp: Connector;
  let operations: Subgraph;
  const pollers: Poller[] = [];

  beforeAll(async () => {
    // Two failures in a row are enough, so that one that is wrongly counted shows.
    const breaker = { ...policyOf({}, 'erp').breaker, failuresInARow: 2 };
    store = await startTestStore(systemClock, { erp: { breaker } });
    sandbox = await startSandboxUnderTest();
    erp = createSandboxErpConnector({ url: sandbox.systems.erpUrl, token: TOKEN });
    operations = createOperationsSubgraph(store.dependencies);
    await store.dependencies.integration.health.register({
      _id: 'erp',
      connector: 'sandbox',
      kind: 'ERP',
      owns: [],
      conformance: 'full',
    });
    await operations.start();
  });
  afterEach(async () => {
    await sandbox.setFault('erp', 'none');
    await Promise.all(pollers.splice(0).map((poller) => poller.stop()));
    await tell('resumeSystem');
  });
  afterAll(async () => {
    await operations.stop();
    await erp.close();
    await sandbox.stop();
    await store.stop();
  });

  const { now } = Date;
  const health = () => store.dependencies.integration.health;
  const breaker = async () => (await health().model.findById('erp').lean())?.breaker;

  async function tell(action: 'pauseSystem' | 'resumeSystem') {
    const { data } = await runOn(
      operations,
      `mutation ($input: SystemActionInput!) { ${action}(input: $input) { userErrors { code } } }`,
      { input: { idempotencyKey: newId(), code: 'erp', reason: 'maintenance' } },
    );
    expect(data).toMatchObject({ [action]: { userErrors: [] } });
  }

  /** Reads the stand-in's items from the start, under a name of its own. */
  async function poll(everyMs = POLL_MS) {
    const seen = { reads: 0, titles: [] as string[], failures: [] as unknown[] };
    const { integration, clock, logger } = store.dependencies;
    const poller = createPoller<Item>({
      name: `items/${newId()}`,
      system: 'erp',
      connection: integration.connection,
      health: integration.health,
      clock,
      logger,
      everyMs,
      async read(cursor, options) {
        seen.reads += 1;
        try {
          return await erp.readChanges('items', cursor, options);
        } catch (error) {
          seen.failures.push(Reflect.get(Object(error), 'code'));
          throw error;
        }
      },
      async apply(changes) {
        seen.titles.push(...changes.map(({ record }) => record.title));
        return [];
      },
    });
    pollers.push(poller);
    await poller.start();
    await until('the feed was read once', () => poller.caughtUp());
    return seen;
  }

  /** A feed of a system that is always well: while it is polled on, time has passed for the others too. */
  async function aWhile(): Promise<void> {
    const { integration, clock, logger } = store.dependencies;
    let reads = 0;
    const poller = createPoller<never>({
      name: `steady/${newId()}`,
      system: 'steady',
      connection: integration.connection,
      health: integration.health,
      clock,
      logger,
      everyMs: POLL_MS,
      async read() {
        reads += 1;
        return { changes: [], cursor: '0', more: false };
      },
      apply: async () => [],
    });
    pollers.push(poller);
    await poller.start();
    await until('others were polled meanwhile', () => reads >= A_WHILE);
    await poller.stop();
  }

  const change = (title: string) =>
    erp.loadMasterData?.('items', [{ ...item('LAMP-1'), title }], { signal: AbortSignal.timeout(5_000) });

  it('given it is paused, then it is not read, and what changed meanwhile is read when it is resumed', async () => {
    const seen = await poll();
    await tell('pauseSystem');
    await until('the pause is known here', () => !health().readGate('erp').open);
    await aWhile();
    const { reads } = seen;
    await change('changed during the pause');
    await aWhile();
    expect(seen.reads).toBe(reads);
    expect(seen.titles).not.toContain('changed during the pause');
    await tell('resumeSystem');
    await until('the change is read', () => seen.titles.includes('changed during the pause'));
  });

  it('given it is resumed, then it is read at once, however long the next poll was away', async () => {
    const seen = await poll(10 * 60_000);
    await tell('pauseSystem');
    await aWhile();
    await change('while nobody looked');
    expect(seen.titles).not.toContain('while nobody looked');
    await tell('resumeSystem');
    await until('the change is read', () => seen.titles.includes('while nobody looked'), 5_000);
  });

  it('given it is paused, then the books are not compared either, and are by the next pass after it', async () => {
    let lists = 0;
    const reconciler = createReconciler({
      ...store.dependencies,
      system: 'erp',
      kind: 'salesOrder',
      source: '/subgraphs/order',
      ownerTeam: 'order operations',
      async list(cursor, options) {
        lists += 1;
        const page = await erp.listDocuments?.('salesOrder', cursor, options);
        return { documents: [], cursor: page?.cursor ?? '0', more: page?.more ?? false };
      },
      find: async () => null,
      isOurs: () => true,
      byReferences: async () => [],
      unreconciled: async () => [],
      reconciled: async () => {},
      disagreed: async () => {},
    });
    await reconciler.pass(AbortSignal.timeout(10_000));
    expect(lists).toBe(1);
    await tell('pauseSystem');
    await until('the pause is known here', async () => {
      await health().refresh();
      return !health().readGate('erp').open;
    });
    await reconciler.pass(AbortSignal.timeout(10_000));
    expect(lists).toBe(1);
    await tell('resumeSystem');
    await until('it is known to be resumed', async () => {
      await health().refresh();
      return health().readGate('erp').open;
    });
    await reconciler.pass(AbortSignal.timeout(10_000));
    expect(lists).toBe(2);
  });

  it('given it asks for patience, then it is left alone for so long, and that is no failure', async () => {
    const seen = await poll();
    await sandbox.post(`${sandbox.systems.url}/faults`, {
      system: 'erp',
      mode: 'throttled',
      latencyMs: 1_000,
    });
    const startedAt = now();
    await until('it asked three times', () => seen.failures.length >= 3);
    expect(seen.failures.slice(0, 3)).toEqual(['THROTTLED', 'THROTTLED', 'THROTTLED']);
    // Twice its second between the three.
    expect(now() - startedAt).toBeGreaterThanOrEqual(2_000);
    expect(await breaker()).toBe('CLOSED');
    expect(health().gate('erp')).toMatchObject({ open: false });
    await sandbox.setFault('erp', 'none');
    await change('after the throttling');
    await until('the change is read', () => seen.titles.includes('after the throttling'));
  });

  it('given its pages are no pages, then that counts against it, and it is read on when they are', async () => {
    const seen = await poll();
    await sandbox.setFault('erp', 'wrong');
    await until('calls are held back', async () => (await breaker()) === 'OPEN');
    expect(seen.failures.slice(0, 2)).toEqual(['SYSTEM_ERROR', 'CONTRACT_VIOLATION']);
    await sandbox.setFault('erp', 'none');
    await change('after the wrong pages');
    await until('the change is read', () => seen.titles.includes('after the wrong pages'));
    await until('calls are held back no more', async () => (await breaker()) === 'CLOSED');
  });
});
