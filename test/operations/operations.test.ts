import { type ExecutionResult, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { createPoller } from '../../platform/feed/poller.ts';
import { createQuarantine } from '../../platform/feed/quarantine.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import { newId } from '../../platform/ids.ts';
import { DEFAULT_RETRY } from '../../platform/outbox/operation.ts';
import type { Running, Subgraph } from '../../platform/subgraph.ts';
import { createOperationsSubgraph } from '../../subgraphs/operations/index.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';
import { askOn, contextOf, dispatcherToErp, identityOf, operator, runOn } from './erp-operations.ts';

let store: TestStore;
let subgraph: Subgraph;
let dispatcher: Running;
/** What the system of record says to the next calls. */
let answer: 'yes' | 'no' | 'silence' = 'yes';

beforeAll(async () => {
  const retry = { ...DEFAULT_RETRY, maxAttempts: 1_000, firstDelayMs: 20, maxDelayMs: 50 };
  store = await startTestStore(systemClock, { erp: { retry } });
  subgraph = createOperationsSubgraph(store.dependencies);
  const send = async () => {
    if (answer === 'yes') return { externalId: 'SO-1' };
    const outcome = answer === 'no' ? 'rejected' : 'not-sent';
    throw Object.assign(new Error('no such item'), { outcome, code: 'UNKNOWN_SKU' });
  };
  const steps = { create: { send, ask: async () => null } };
  dispatcher = await dispatcherToErp(
    store,
    [
      { kind: 'order.place', steps },
      { kind: 'return.post', steps },
    ],
    { owns: ['orders'], conformance: 'full' },
  );
  await subgraph.start();
  await dispatcher.start();
});
afterAll(async () => {
  await dispatcher.stop();
  await subgraph.stop();
  await subgraph.stop();
  await store.stop();
});
beforeEach(() => {
  answer = 'yes';
});

const run = (document: string, variables?: Record<string, unknown>, who?: Identity) =>
  runOn(subgraph, document, variables, who);
const ask = <D>(document: string, variables?: Record<string, unknown>, who?: Identity) =>
  askOn<D>(subgraph, document, variables, who);

async function listen(document: string, variables: Record<string, unknown>, who = operator) {
  const stream = await subscribe({
    schema: subgraph.schema,
    document: parse(document),
    variableValues: variables,
    contextValue: contextOf(subgraph, who),
  });
  if (!(Symbol.asyncIterator in stream)) throw stream.errors?.[0];
  return stream as AsyncIterableIterator<ExecutionResult>;
}

async function enqueue(subjectId = newId(), kind = 'order.place'): Promise<string> {
  const { integration } = store.dependencies;
  const id = await store.dependencies.store.transaction((session) =>
    integration.operations.enqueue(session, {
      owner: 'order',
      kind,
      subjectId,
      aggregate: `order:${subjectId}`,
      correlationId: `trace-${subjectId}`,
      idempotencyKey: subjectId,
      lane: 'order',
      steps: [{ name: 'create', system: 'erp' }],
      payload: {},
    }),
  );
  integration.operations.wake('order');
  return id;
}

interface Shown {
  id: string;
  state: string;
  steps: {
    name: string;
    system: string;
    state: string;
    lastErrorCode: string | null;
    externalId: string | null;
  }[];
}
const OPERATION = 'id state kind subjectId steps { name system state lastErrorCode externalId }';

async function operation(id: string): Promise<Shown> {
  const data = await ask<{ operation: Shown }>(`query ($id: ID!) { operation(id: $id) { ${OPERATION} } }`, {
    id,
  });
  return data.operation;
}

async function exceptions(filter: Record<string, unknown> = {}) {
  const data = await ask<{
    businessExceptions: {
      edges: {
        node: {
          id: string;
          kind: string;
          subjectId: string;
          detail: string;
          operation: { id: string } | null;
        };
      }[];
    };
  }>(
    `query ($filter: BusinessExceptionFilterInput) {
      businessExceptions(first: 100, filter: $filter) {
        edges { node { id kind subjectId detail ownerTeam severity ageSeconds resolvedAt operation { id } } }
      }
    }`,
    { filter },
  );
  return data.businessExceptions.edges.map(({ node }) => node);
}
const exceptionOf = async (subjectId: string) =>
  (await exceptions()).find((exception) => exception.subjectId === subjectId);

const REPLAY = `mutation ($input: ReplayOperationInput!) {
  replayOperation(input: $input) { operation { id state } userErrors { code field } }
}`;

describe('operations', () => {
  it('shows an operation from acceptance to the id the system gave', async () => {
    const id = await enqueue();
    const done = await until('it succeeds', async () => {
      const shown = await operation(id);
      return shown.state === 'SUCCEEDED' && shown;
    });
    expect(done.steps).toEqual([
      { name: 'create', system: 'erp', state: 'SUCCEEDED', lastErrorCode: null, externalId: 'SO-1' },
    ]);
  });

  it('lists the newest first, page by page, and by every filter', async () => {
    const subject = newId();
    const ids: string[] = [];
    for (const kind of ['order.place', 'return.post', 'order.place'])
      ids.unshift(await enqueue(subject, kind));
    const list = async (variables: Record<string, unknown>) => {
      const data = await ask<{
        operations: {
          edges: { node: { id: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      }>(
        `query ($first: Int, $after: String, $filter: OperationFilterInput) {
          operations(first: $first, after: $after, filter: $filter) { edges { node { id } } pageInfo { hasNextPage endCursor } }
        }`,
        variables,
      );
      return { ids: data.operations.edges.map(({ node }) => node.id), ...data.operations.pageInfo };
    };
    const filter = { subjectId: subject };
    const first = await list({ first: 2, filter });
    expect(first).toMatchObject({ ids: ids.slice(0, 2), hasNextPage: true });
    expect(await list({ first: 2, after: first.endCursor, filter })).toMatchObject({
      ids: ids.slice(2),
      hasNextPage: false,
    });
    expect((await list({ filter: { ...filter, kinds: ['return.post'] } })).ids).toEqual([ids[1]]);
    expect((await list({ filter: { correlationId: `trace-${subject}` } })).ids).toEqual(ids);
    expect((await list({ filter: { ...filter, system: 'crm' } })).ids).toEqual([]);
    await until(
      'all are done',
      async () => (await list({ filter: { ...filter, states: ['SUCCEEDED'] } })).ids.length === 3,
    );
    const tooMany = await run('{ operations(first: 101) { edges { cursor } } }');
    expect(tooMany.errors?.[0]?.originalError).toMatchObject({ code: 'PAGE_TOO_LARGE' });
  });

  it('is followed from where it stands', async () => {
    answer = 'silence';
    const id = await enqueue();
    const stream = await listen('subscription ($id: ID!) { operationUpdated(id: $id) { state } }', { id });
    expect((await stream.next()).value?.data?.['operationUpdated']).toBeDefined();
    answer = 'yes';
    for (;;) {
      const { value } = await stream.next();
      if (value?.data?.['operationUpdated']?.state === 'SUCCEEDED') break;
    }
    await stream.return?.();
  });

  it('is for those who may read operations', async () => {
    for (const document of [
      `{ operation(id: "x") { id } }`,
      '{ operations { edges { cursor } } }',
      '{ businessExceptions { edges { cursor } } }',
      '{ systems { code } }',
    ]) {
      const refused = await run(document, {}, identityOf('shopper'));
      expect(refused.errors?.[0]?.originalError, document).toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(
      listen('subscription { operationUpdated(id: "x") { id } }', {}, identityOf('shopper')),
    ).rejects.toMatchObject({ originalError: { code: 'FORBIDDEN' } });
    const agentReplays = await run(
      REPLAY,
      { input: { idempotencyKey: newId(), id: 'x' } },
      identityOf('agent'),
    );
    expect(agentReplays.errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('work for people', () => {
  it('is raised once when an operation is parked, told to who listens, and gone when its replay succeeds', async () => {
    const raised = await listen(
      'subscription { businessExceptionRaised(kinds: [ERP_ORDER_CREATE_FAILED]) { subjectId kind operation { id state } } }',
      {},
    );
    answer = 'no';
    const subject = newId();
    const id = await enqueue(subject);
    expect((await raised.next()).value?.data).toEqual({
      businessExceptionRaised: {
        subjectId: subject,
        kind: 'ERP_ORDER_CREATE_FAILED',
        operation: { id, state: 'DEAD_LETTERED' },
      },
    });
    await raised.return?.();
    expect(await exceptionOf(subject)).toMatchObject({
      ownerTeam: 'order operations',
      severity: 'HIGH',
      detail: 'UNKNOWN_SKU: no such item',
    });

    const input = { idempotencyKey: newId(), id };
    answer = 'yes';
    const replayed = await ask<Record<string, unknown>>(REPLAY, { input });
    expect(replayed['replayOperation']).toMatchObject({ operation: { id }, userErrors: [] });
    await until('the exception is resolved', async () => (await exceptionOf(subject)) === undefined);
    expect((await operation(id)).state).toBe('SUCCEEDED');
    expect(await ask(REPLAY, { input: { ...input, idempotencyKey: newId() } })).toMatchObject({
      replayOperation: {
        operation: null,
        userErrors: [{ code: 'OPERATION_NOT_PARKED', field: ['input', 'id'] }],
      },
    });
  });

  it('when the replay fails too, then there is still one exception', async () => {
    answer = 'no';
    const subject = newId();
    const id = await enqueue(subject);
    await until('it is raised', async () => exceptionOf(subject));
    await ask(REPLAY, { input: { idempotencyKey: newId(), id } });
    await until('it is parked again', async () => (await operation(id)).state === 'DEAD_LETTERED');
    expect((await exceptions()).filter((exception) => exception.subjectId === subject)).toHaveLength(1);
  });

  it('is closed by a person who says how, and is not raised again when everything is looked through', async () => {
    const RESOLVE = `mutation ($input: ResolveBusinessExceptionInput!) {
      resolveBusinessException(input: $input) { operation { id } userErrors { code field } }
    }`;
    answer = 'no';
    const subject = newId();
    const id = await enqueue(subject);
    const raised = await until('it is raised', async () => exceptionOf(subject));
    const resolve = (resolution: string, exception = raised.id) =>
      ask(RESOLVE, { input: { idempotencyKey: newId(), id: exception, resolution } });
    expect(await resolve(' ')).toMatchObject({
      resolveBusinessException: {
        userErrors: [{ code: 'RESOLUTION_MISSING', field: ['input', 'resolution'] }],
      },
    });
    expect(await resolve('?', newId())).toMatchObject({
      resolveBusinessException: { userErrors: [{ code: 'EXCEPTION_NOT_FOUND' }] },
    });
    expect(await resolve('entered by hand')).toEqual({
      resolveBusinessException: { operation: { id }, userErrors: [] },
    });
    expect(await exceptionOf(subject)).toBeUndefined();
    await subgraph.stop();
    subgraph = createOperationsSubgraph(store.dependencies);
    await subgraph.start();
    expect(await exceptionOf(subject)).toBeUndefined();
  });

  it('is raised for what happened while nobody watched', async () => {
    await subgraph.stop();
    answer = 'no';
    const subject = newId();
    const id = await enqueue(subject);
    await until('it is parked', async () => {
      const found = await store.dependencies.integration.operations.model.findById(id).lean();
      return found?.state === 'DEAD_LETTERED';
    });
    subgraph = createOperationsSubgraph(store.dependencies);
    await subgraph.start();
    expect(await exceptionOf(subject)).toMatchObject({ kind: 'ERP_ORDER_CREATE_FAILED', operation: { id } });
  });

  it('ends for a record that came again as it should while nobody watched, and is not raised for one that did both', async () => {
    const { integration, clock, logger } = store.dependencies;
    const { connection } = integration;
    const feed = 'test/erp/mended';
    const aside = createQuarantine({ feed, system: 'erp', connection, clock, logger });
    const bad = (key: string) => ({ code: 'INVALID_VALUE', message: 'no GTIN', raw: key, key });
    for (const key of ['lamp', 'cup']) await aside.setAside(key, bad(key));
    for (const key of ['lamp', 'cup']) await until('it is raised', () => exceptionOf(`${feed}/${key}`));
    await subgraph.stop();
    await aside.setAside('vase', bad('vase'));
    await aside.mended(['lamp', 'vase']);
    subgraph = createOperationsSubgraph(store.dependencies);
    await subgraph.start();
    expect(await exceptionOf(`${feed}/lamp`)).toBeUndefined();
    expect(await exceptionOf(`${feed}/vase`)).toBeUndefined();
    expect(await exceptionOf(`${feed}/cup`)).toMatchObject({ kind: 'MASTER_DATA_REJECTED' });
    await aside.mended(['cup']);
    await until('nobody is called', async () => (await exceptionOf(`${feed}/cup`)) === undefined);
  });

  it('is raised for a record that could not be accepted, with the reason', async () => {
    const { integration, clock, logger } = store.dependencies;
    const eventId = newId();
    const poller = createPoller({
      name: 'test/erp/items',
      system: 'erp',
      connection: integration.connection,
      clock,
      logger,
      health: integration.health,
      read: async () => ({
        changes: [
          {
            eventId,
            occurredAt: '2026-03-01T10:00:00Z',
            rejected: { code: 'INVALID_VALUE', message: 'no GTIN', field: ['gtin'], raw: '{"gtin":"x"}' },
          },
        ],
        cursor: '1',
        more: false,
      }),
      apply: async () => [],
    });
    await poller.start();
    const raised = await until('it is raised', () => exceptionOf(`test/erp/items/${eventId}`));
    await poller.stop();
    expect(raised).toMatchObject({
      kind: 'MASTER_DATA_REJECTED',
      detail: 'INVALID_VALUE: no GTIN (gtin)',
      operation: null,
    });
    expect((await exceptions({ kinds: ['ORDER_STUCK'] })).map(({ id }) => id)).not.toContain(raised.id);
    expect(await exceptions({ olderThanSeconds: 3_600 })).toEqual([]);
  });
});

describe('systems', () => {
  it('shows what waits for a system that does not answer, that it is down, and that it is up again', async () => {
    interface System {
      code: string;
      state: string;
      breaker: string;
      backlog: number;
      oldestBacklogSeconds: number | null;
      lastErrorCode: string | null;
    }
    const erp = async () => {
      const { systems } = await ask<{ systems: System[] }>(
        '{ systems { code connector kind state owns backlog oldestBacklogSeconds breaker lastSuccessAt lastErrorCode conformance } }',
      );
      return systems.find(({ code }) => code === 'erp');
    };
    answer = 'silence';
    await Promise.all([enqueue(), enqueue(), enqueue()]);
    const down = await until('calls are held back', async () => {
      const system = await erp();
      return system?.state === 'DOWN' && system;
    });
    expect(down).toMatchObject({ breaker: 'OPEN', backlog: 3, lastErrorCode: 'UNKNOWN_SKU' });
    expect(down.oldestBacklogSeconds).toBeGreaterThanOrEqual(0);
    answer = 'yes';
    const up = await until('it is up', async () => {
      const system = await erp();
      return system?.state === 'UP' && system.backlog === 0 && system;
    });
    expect(up).toMatchObject({ breaker: 'CLOSED', oldestBacklogSeconds: null });
  });
});
