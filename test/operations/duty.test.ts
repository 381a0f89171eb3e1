import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { clearException, reportException } from '../../platform/events/exceptions.ts';
import { newId } from '../../platform/ids.ts';
import { verifyWebhook } from '../../platform/inbox/standard-webhooks.ts';
import { DEFAULT_RETRY, type OperationRecord } from '../../platform/outbox/operation.ts';
import type { Running, Subgraph } from '../../platform/subgraph.ts';
import { createOperationsSubgraph } from '../../subgraphs/operations/index.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';
import { askOn, dispatcherToErp } from './erp-operations.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
/** A desk that is told of exceptions: what it heard, checked as a receiver would, and how it answers next. */
async function startDesk() {
  const heard: { id: string; body: { type: string; data: Record<string, unknown> } }[] = [];
  const answers: number[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const rawBody = Buffer.concat(chunks);
      const headers = request.headers as Record<string, string | undefined>;
      const problem = verifyWebhook({ secrets: [SECRET], headers, rawBody, now: new Date() });
      const status = problem === null ? (answers.shift() ?? 204) : 401;
      if (status === 204)
        heard.push({ id: headers['webhook-id'] ?? '', body: JSON.parse(rawBody.toString('utf8')) });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    heard,
    answers,
    // A TCP server's address is never the name of a pipe.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let store: TestStore;
let subgraph: Subgraph;
let dispatcher: Running;
let business: Awaited<ReturnType<typeof startDesk>>;
let technical: Awaited<ReturnType<typeof startDesk>>;
let isRefusing = false;
const called: { subjectId: string; at: number }[] = [];

beforeAll(async () => {
  business = await startDesk();
  technical = await startDesk();
  const retry = { ...DEFAULT_RETRY, firstDelayMs: 20, maxDelayMs: 100 };
  store = await startTestStore(systemClock, { 'webhook-business': { retry } });
  subgraph = createOperationsSubgraph({
    ...store.dependencies,
    receivers: {
      BUSINESS: { url: business.url, secret: SECRET },
      TECHNICAL: { url: technical.url, secret: SECRET },
    },
  });
  dispatcher = await dispatcherToErp(store, [
    {
      kind: 'order.place',
      steps: {
        create: {
          async send(operation) {
            called.push({ subjectId: operation.subjectId, at: Date.now() });
            if (isRefusing)
              throw Object.assign(new Error('no such item'), { outcome: 'rejected', code: 'UNKNOWN_SKU' });
            return { externalId: 'SO-1' };
          },
          ask: async () => null,
        },
      },
    },
  ]);
  await subgraph.start();
  await dispatcher.start();
});
afterAll(async () => {
  await dispatcher.stop();
  await subgraph.stop();
  await store.stop();
  await business.stop();
  await technical.stop();
});

const ask = <D>(document: string, variables?: Record<string, unknown>) =>
  askOn<D>(subgraph, document, variables);

async function enqueue(subjectId: string): Promise<string> {
  const { operations } = store.dependencies.integration;
  const id = await store.dependencies.store.transaction((session) =>
    operations.enqueue(session, {
      owner: 'order',
      kind: 'order.place',
      subjectId,
      aggregate: `order:${subjectId}`,
      correlationId: 'c',
      idempotencyKey: subjectId,
      lane: 'order',
      steps: [{ name: 'create', system: 'erp' }],
      payload: {},
    }),
  );
  operations.wake('order');
  return id;
}
const stateOf = async (id: string) =>
  (await store.dependencies.integration.operations.model.findById(id).lean<OperationRecord>())?.state;

interface Action {
  system: { code: string; state: string; pauseReason: string | null } | null;
  userErrors: { code: string; field: string[] | null }[];
}
const act = async (
  action: 'pauseSystem' | 'resumeSystem',
  code: string,
  reason = 'upgrade',
): Promise<Action> => {
  const answer = await ask<Record<string, Action>>(
    `mutation ($input: SystemActionInput!) { answer: ${action}(input: $input) { system { code state pauseReason } userErrors { code field } } }`,
    { input: { idempotencyKey: newId(), code, reason } },
  );
  const action_ = answer['answer'];
  if (action_ === undefined) throw new Error('no answer');
  return action_;
};

interface Shown {
  id: string;
  kind: string;
  subjectId: string;
  audience: string;
  ownerTeam: string;
}
const open = async (): Promise<Shown[]> =>
  (
    await ask<{ businessExceptions: { edges: { node: Shown }[] } }>(
      '{ businessExceptions(first: 100) { edges { node { id kind subjectId audience ownerTeam } } } }',
    )
  ).businessExceptions.edges.map(({ node }) => node);

describe('a person on duty', () => {
  it('pauses a system: nothing goes out to it until it is let go on, and then everything does', async () => {
    expect(await act('pauseSystem', 'erp')).toEqual({
      system: { code: 'erp', state: 'PAUSED', pauseReason: 'upgrade' },
      userErrors: [],
    });
    // Every process knows within a second.
    await store.dependencies.integration.health.refresh();
    await until('this one knows', async () => {
      await store.dependencies.integration.health.refresh();
      return store.dependencies.integration.health.gate('erp').open === false;
    });
    const before = called.length;
    const ids = [await enqueue('p1'), await enqueue('p2')];
    const probe = await store.dependencies.integration.gates.enter('erp', 'order', async () => true);
    expect(probe).toBeNull();
    expect(called).toHaveLength(before);
    expect(await act('resumeSystem', 'erp', 'done')).toMatchObject({
      system: { state: 'UP', pauseReason: null },
    });
    for (const id of ids) await until('it has gone out', async () => (await stateOf(id)) === 'SUCCEEDED');
  });

  it('is told which field is wrong', async () => {
    expect(await act('pauseSystem', 'erp', ' ')).toMatchObject({ userErrors: [{ code: 'REASON_MISSING' }] });
    expect(await act('pauseSystem', 'nobody')).toMatchObject({
      system: null,
      userErrors: [{ code: 'SYSTEM_NOT_FOUND', field: ['input', 'code'] }],
    });
  });

  it('puts many parked operations back to work, the oldest, and no faster than asked', async () => {
    isRefusing = true;
    const subjects = ['m1', 'm2', 'm3', 'm4', 'm5'];
    const ids: string[] = [];
    for (const subject of subjects) ids.push(await enqueue(subject));
    for (const id of ids) await until('it is parked', async () => (await stateOf(id)) === 'DEAD_LETTERED');
    isRefusing = false;
    const before = called.length;
    const { replayOperations } = await ask<{
      replayOperations: { replayed: number; left: number; userErrors: unknown[] };
    }>(
      'mutation ($input: ReplayOperationsInput!) { replayOperations(input: $input) { replayed left lastDueAt userErrors { code } } }',
      { input: { idempotencyKey: newId(), system: 'erp', errorCode: 'UNKNOWN_SKU', limit: 4, perSecond: 5 } },
    );
    expect(replayOperations).toMatchObject({ replayed: 4, left: 1, userErrors: [] });
    for (const id of ids.slice(0, 4))
      await until('it is done', async () => (await stateOf(id)) === 'SUCCEEDED');
    expect(await stateOf(ids[4] ?? '')).toBe('DEAD_LETTERED');
    const replayed = called.slice(before);
    // The oldest four. Two that are due at one look of the dispatcher may go out side by side: they are different orders.
    expect(replayed.map(({ subjectId }) => subjectId).sort()).toEqual(subjects.slice(0, 4));
    // The fourth is due 600 ms after the first, however fast they are carried out.
    const sentAt = (subject: string) => replayed.find(({ subjectId }) => subjectId === subject)?.at ?? 0;
    expect(sentAt('m4') - sentAt('m1')).toBeGreaterThanOrEqual(200);
  });
});

describe('exceptions', () => {
  it('reach the people they concern, signed, once each, also when their desk was away at first', async () => {
    business.answers.push(500, 503);
    const { integration } = store.dependencies;
    const reporter = { events: integration.events, source: '/subgraphs/inventory', correlationId: 'c' };
    const report = (kind: string, audience: 'BUSINESS' | 'TECHNICAL') =>
      store.dependencies.store.transaction((session) =>
        reportException(session, reporter, {
          kind,
          subjectId: 'SKU-1',
          detail: 'the warehouse says 3, we say 5',
          ownerTeam: 'stock control',
          audience,
          severity: 'MEDIUM',
        }),
      );
    await report('INVENTORY_DISCREPANCY', 'BUSINESS');
    await report('INVENTORY_DISCREPANCY', 'BUSINESS');
    await report('DUPLICATE_SUSPECTED', 'TECHNICAL');
    const told = await until('the desk has heard', () =>
      business.heard.find(({ body }) => body.data['kind'] === 'INVENTORY_DISCREPANCY'),
    );
    expect(told.body).toMatchObject({
      type: 'businessException.raised',
      data: { subjectId: 'SKU-1', ownerTeam: 'stock control', detail: 'the warehouse says 3, we say 5' },
    });
    await until('the other desk has heard', () => technical.heard.length > 0);
    expect(technical.heard.map(({ body }) => body.data['kind'])).toEqual(['DUPLICATE_SUSPECTED']);
    await store.dependencies.store.transaction((session) =>
      clearException(session, reporter, { kind: 'INVENTORY_DISCREPANCY', subjectId: 'SKU-1' }),
    );
    await until('it is closed', async () =>
      (await open()).every(({ kind }) => kind !== 'INVENTORY_DISCREPANCY'),
    );
    const closed = await until('the desk has heard that too', () =>
      business.heard.find(
        ({ body }) => body.type === 'businessException.resolved' && body.data['subjectId'] === 'SKU-1',
      ),
    );
    expect(closed.id).not.toBe(told.id);
    expect(closed.body.data).toMatchObject({
      _id: told.body.data['_id'],
      resolution: 'Its cause is gone.',
      resolvedBy: '/subgraphs/inventory',
      resolvedAt: expect.any(String),
    });
    expect(business.heard.filter(({ body }) => body.data['subjectId'] === 'SKU-1')).toHaveLength(2);
  });

  it('reported by a room are closed by it; what an operation raised about the same order stays until it succeeds', async () => {
    const { integration } = store.dependencies;
    const reporter = { events: integration.events, source: '/subgraphs/order', correlationId: 'c' };
    const about = { kind: 'ERP_ORDER_CREATE_FAILED', subjectId: 'both' };
    await store.dependencies.store.transaction((session) =>
      reportException(session, reporter, {
        ...about,
        detail: 'somebody has to look',
        ownerTeam: 'order operations',
        audience: 'BUSINESS',
        severity: 'HIGH',
      }),
    );
    isRefusing = true;
    const id = await enqueue('both');
    const ofBoth = async () => (await open()).filter(({ subjectId }) => subjectId === 'both');
    await until('both are open', async () => (await ofBoth()).length === 2);
    await store.dependencies.store.transaction((session) => clearException(session, reporter, about));
    await until('one is closed', async () => (await ofBoth()).length === 1);
    isRefusing = false;
    await ask(
      'mutation ($input: ReplayOperationInput!) { replayOperation(input: $input) { operation { id } } }',
      {
        input: { idempotencyKey: newId(), id },
      },
    );
    await until('the other too', async () => (await ofBoth()).length === 0);
    const told = () => business.heard.filter(({ body }) => body.data['subjectId'] === 'both');
    await until('the desk has heard of all', () => told().length === 4);
    const order = (cause: (data: Record<string, unknown>) => boolean) =>
      told().flatMap(({ body }) => (cause(body.data) ? [body.type.split('.')[1]] : []));
    expect(order((data) => data['operationId'] === id)).toEqual(['raised', 'resolved']);
    expect(order((data) => data['operationId'] === null)).toEqual(['raised', 'resolved']);
  });

  it('are not raised about a system for work that only waits behind a parked operation', async () => {
    isRefusing = true;
    const first = await enqueue('blocked');
    await until('it is parked', async () => (await stateOf(first)) === 'DEAD_LETTERED');
    const second = await enqueue('blocked');
    isRefusing = false;
    await store.dependencies.integration.operations.model.updateOne(
      { _id: second },
      { $set: { createdAt: new Date(Date.now() - 60 * 60_000) } },
    );
    const { systems } = await ask<{ systems: Record<string, unknown>[] }>(
      '{ systems { code backlog oldestBacklogSeconds } }',
    );
    expect(systems.find(({ code }) => code === 'erp')).toMatchObject({
      backlog: 1,
      oldestBacklogSeconds: null,
    });
  });

  it('tell of a system that work waits for too long, and are closed when it waits no more', async () => {
    await act('pauseSystem', 'erp', 'outage');
    await until('this process knows', async () => {
      await store.dependencies.integration.health.refresh();
      return store.dependencies.integration.health.gate('erp').open === false;
    });
    const id = await enqueue('late');
    const longAgo = new Date(Date.now() - 6 * 60_000);
    await store.dependencies.integration.operations.model.updateOne(
      { _id: id },
      { $set: { createdAt: longAgo } },
    );
    const breach = await until(
      'it is raised',
      async () => (await open()).find(({ kind }) => kind === 'SYNC_LAG_BREACH'),
      25_000,
    );
    expect(breach).toMatchObject({ subjectId: 'erp', audience: 'TECHNICAL', ownerTeam: 'integration' });
    await act('resumeSystem', 'erp', 'back');
    await until('it has gone out', async () => (await stateOf(id)) === 'SUCCEEDED');
    await until(
      'it is closed',
      async () => (await open()).every(({ kind }) => kind !== 'SYNC_LAG_BREACH'),
      25_000,
    );
    await until('the technical desk has heard', () =>
      technical.heard.some(({ body }) => body.data['kind'] === 'SYNC_LAG_BREACH'),
    );
  }, 60_000);
});
