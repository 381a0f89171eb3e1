import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import {
  createDispatcher,
  type OperationHandler,
  type StepAnswer,
  type StepCall,
} from '../../platform/outbox/dispatcher.ts';
import { DEFAULT_RETRY, type OperationRecord } from '../../platform/outbox/operation.ts';
import { replayOperation } from '../../platform/outbox/replay.ts';
import type { Running } from '../../platform/subgraph.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';

/** A system of record as a plain object: what it holds by reference, and what happens to the next calls. */
function ledger() {
  const held = new Map<string, string>();
  const order: string[] = [];
  const sent: string[] = [];
  const poison = new Set<string>();
  const troubles: Error[] = [];
  const mishaps: ('refuse-connection' | 'lose-answer' | 'lose-request' | 'say-no')[] = [];
  const fail = (outcome: string, code: string) => Object.assign(new Error(code), { outcome, code });
  return {
    held,
    order,
    sent,
    mishaps,
    poison,
    troubles,
    fail,
    create(reference: string) {
      const trouble = troubles.shift();
      if (trouble !== undefined) throw trouble;
      if (poison.has(reference)) throw new TypeError('cannot read the lines of undefined');
      sent.push(reference);
      const mishap = mishaps.shift();
      if (mishap === 'refuse-connection') throw fail('not-sent', 'CONNECTION_REFUSED');
      if (mishap === 'lose-request') throw fail('in-doubt', 'TIMEOUT');
      if (mishap === 'say-no') throw fail('rejected', 'UNKNOWN_SKU');
      if (held.has(reference)) throw new Error(`${reference} was created twice`);
      held.set(reference, `DOC-${held.size + 1}`);
      order.push(reference);
      if (mishap === 'lose-answer') throw fail('in-doubt', 'TIMEOUT');
      return { externalId: held.get(reference) ?? '' };
    },
  };
}

/** Each test has an owner of its own, which calls a system of the same name. */
const OWNERS = [
  'two',
  'lossy',
  'unasked',
  'settling',
  'refusing',
  'parking',
  'dying',
  'race',
  'after',
  'poison',
  'sibling',
];

describe('the outbox', () => {
  let test: TestStore;
  const running: Running[] = [];
  beforeAll(async () => {
    const retry = { ...DEFAULT_RETRY, maxAttempts: 50, firstDelayMs: 5, maxDelayMs: 20 };
    test = await startTestStore(systemClock, Object.fromEntries(OWNERS.map((owner) => [owner, { retry }])));
  });
  afterAll(async () => {
    await Promise.all(running.map((dispatcher) => dispatcher.stop()));
    await test.stop();
  });

  function given(owner: string, mishapsOfAsking: ((call: StepCall) => StepAnswer | null)[] = []) {
    const system = ledger();
    const noted: string[] = [];
    const handler: OperationHandler = {
      kind: `${owner}.post`,
      steps: {
        create: {
          send: async (operation) => system.create(operation.subjectId),
          ask: async (operation, call) => {
            const mishap = mishapsOfAsking.shift();
            if (mishap !== undefined) return mishap(call);
            const externalId = system.held.get(operation.subjectId);
            return externalId === undefined ? null : { externalId };
          },
        },
      },
      async onStep(_session, operation, step) {
        if (step.state === 'SUCCEEDED') noted.push(operation.subjectId);
      },
    };
    const { store, integration, clock, logger } = test.dependencies;
    const { operations, health, gates } = integration;
    const start = async () => {
      const dispatcher = createDispatcher({
        owner,
        systems: [owner],
        handlers: [handler],
        operations,
        health,
        gates,
        store,
        clock,
        logger,
      });
      running.push(dispatcher);
      await dispatcher.start();
      return dispatcher;
    };
    const enqueue = async (subjectId: string, aggregate: string, after: string[] = []) => {
      const id = await store.transaction((session) =>
        operations.enqueue(session, {
          owner,
          kind: handler.kind,
          subjectId,
          aggregate,
          after,
          correlationId: `c-${subjectId}`,
          idempotencyKey: `k-${subjectId}`,
          lane: 'order',
          steps: [{ name: 'create', system: owner }],
          payload: {},
        }),
      );
      operations.wake(owner);
      return id;
    };
    const stateOf = async (id: string) =>
      (await operations.model.findById(id).lean<OperationRecord>())?.state;
    return { system, noted, start, enqueue, stateOf };
  }

  it('carries out many operations once each, in order within an aggregate, with two dispatchers at work', async () => {
    const { system, start, enqueue, stateOf } = given('two');
    const ids: string[] = [];
    for (const step of [1, 2, 3])
      for (const aggregate of ['a', 'b', 'c', 'd']) ids.push(await enqueue(`${aggregate}${step}`, aggregate));
    await Promise.all([start(), start()]);
    for (const id of ids) await until(`${id} is done`, async () => (await stateOf(id)) === 'SUCCEEDED');
    for (const aggregate of ['a', 'b', 'c', 'd']) {
      expect(system.order.filter((reference) => reference.startsWith(aggregate))).toEqual(
        [1, 2, 3].map((step) => `${aggregate}${step}`),
      );
    }
    expect(system.held.size).toBe(12);
  });

  it('asks instead of sending again when the answer was lost', async () => {
    const { system, noted, start, enqueue, stateOf } = given('lossy');
    system.mishaps.push('lose-answer');
    await start();
    const id = await enqueue('order-1', 'order-1');
    await until('it is done', async () => (await stateOf(id)) === 'SUCCEEDED');
    expect(system.sent).toEqual(['order-1']);
    expect(noted).toEqual(['order-1']);
  });

  it('asks again, and sends nothing, when the question did not get through', async () => {
    const unreachable = () => {
      throw system.fail('not-sent', 'CONNECTION_REFUSED');
    };
    const { system, start, enqueue, stateOf } = given('unasked', [unreachable, unreachable]);
    system.mishaps.push('lose-answer');
    await start();
    const id = await enqueue('order-1', 'order-1');
    await until('it is done', async () => (await stateOf(id)) === 'SUCCEEDED');
    expect(system.sent).toEqual(['order-1']);
  });

  it('keeps the moment of the doubtful call while it asks, until it sends again', async () => {
    const asked: (Date | null)[] = [];
    const notYet = (call: StepCall) => {
      asked.push(call.lastSentAt);
      return { askAgainInMs: 5 };
    };
    const { system, start, enqueue, stateOf } = given('settling', [notYet, notYet]);
    system.mishaps.push('lose-request');
    const enqueuedAt = Date.now();
    await start();
    const id = await enqueue('order-1', 'order-1');
    await until('it is done', async () => (await stateOf(id)) === 'SUCCEEDED');
    expect(system.sent).toEqual(['order-1', 'order-1']);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual(asked[0]);
    expect(asked[0]?.getTime()).toBeGreaterThanOrEqual(enqueuedAt);
    const { model } = test.dependencies.integration.operations;
    const done = await model.findById(id).lean<OperationRecord>();
    expect(done?.steps[0]?.lastSentAt?.getTime()).toBeGreaterThan(asked[0]?.getTime() ?? 0);
  });

  it('tries again when the connection was refused', async () => {
    const { system, start, enqueue, stateOf } = given('refusing');
    system.mishaps.push('refuse-connection', 'refuse-connection');
    await start();
    const id = await enqueue('order-1', 'order-1');
    await until('it is done', async () => (await stateOf(id)) === 'SUCCEEDED');
    expect(system.sent).toHaveLength(3);
  });

  it('parks what the system refuses, holds back the aggregate, lets others pass, and goes on after a replay', async () => {
    const { system, start, enqueue, stateOf } = given('parking');
    system.mishaps.push('say-no');
    await start();
    const first = await enqueue('a1', 'a');
    await until('the first is parked', async () => (await stateOf(first)) === 'DEAD_LETTERED');
    const behind = await enqueue('a2', 'a');
    const other = await enqueue('b1', 'b');
    await until('the other aggregate goes on', async () => (await stateOf(other)) === 'SUCCEEDED');
    expect(await stateOf(behind)).toBe('ACCEPTED');

    const { store, integration, clock } = test.dependencies;
    const replayed = await store.transaction((session) =>
      replayOperation(session, { id: first, fromStep: null }, { model: integration.operations.model, clock }),
    );
    expect(replayed.ok).toBe(true);
    integration.operations.wake('parking');
    await until('the second of the aggregate is done', async () => (await stateOf(behind)) === 'SUCCEEDED');
    expect(system.order).toEqual(['b1', 'a1', 'a2']);
  });

  it('finds out what became of a call whose dispatcher died', async () => {
    const { system, start, enqueue, stateOf } = given('dying');
    const id = await enqueue('order-1', 'order-1');
    // What a killed process leaves behind: a lease that ran out, a step on the wire, and a document in the system.
    system.create('order-1');
    const past = new Date(Date.now() - 1_000);
    await test.dependencies.integration.operations.model.updateOne(
      { _id: id },
      {
        $set: {
          state: 'IN_PROGRESS',
          leasedBy: 'dead',
          leasedUntil: past,
          dueAt: past,
          'steps.0.state': 'IN_FLIGHT',
          'steps.0.attempts': 1,
        },
      },
    );
    await start();
    await until('it is done', async () => (await stateOf(id)) === 'SUCCEEDED');
    expect(system.sent).toEqual(['order-1']);
  });

  it('never leaves an operation waiting for one that ended at the very moment it was written', async () => {
    const { system, start, enqueue, stateOf } = given('race');
    await start();
    // Each is written while the one before it is being carried out or has just ended.
    const ids: string[] = [];
    for (let n = 0; n < 60; n += 1) ids.push(await enqueue(`r${String(n).padStart(2, '0')}`, 'one'));
    for (const id of ids) await until(`${id} is done`, async () => (await stateOf(id)) === 'SUCCEEDED');
    expect(system.order).toEqual([...system.order].sort());
    expect(system.order).toHaveLength(60);
  });

  it('given an operation that comes after those of another aggregate, then it waits for them and no longer', async () => {
    const { system, start, enqueue, stateOf } = given('after');
    system.mishaps.push('refuse-connection', 'refuse-connection');
    const customer = await enqueue('customer', 'customer:1');
    const order = await enqueue('order', 'order:1', ['customer:1']);
    const other = await enqueue('other', 'order:2', ['customer:2']);
    await start();
    for (const id of [customer, order, other])
      await until(`${id} is done`, async () => (await stateOf(id)) === 'SUCCEEDED');
    expect(system.order.indexOf('customer')).toBeLessThan(system.order.indexOf('order'));
  });

  it('given work that our own code cannot do, then it is parked after a few tries, and the system is not blamed', async () => {
    const { system, start, enqueue, stateOf } = given('poison');
    system.poison.add('bad');
    await start();
    const bad = await enqueue('bad', 'p1');
    const good = await enqueue('good', 'p2');
    await until('it is parked', async () => (await stateOf(bad)) === 'DEAD_LETTERED');
    await until('the other is done', async () => (await stateOf(good)) === 'SUCCEEDED');
    const parked = await test.dependencies.integration.operations.model.findById(bad).lean<OperationRecord>();
    expect(parked?.steps[0]).toMatchObject({
      lastErrorCode: 'UNEXPECTED',
      surprises: DEFAULT_RETRY.maxSurprises,
    });
    expect(test.dependencies.integration.health.gate('poison')).toEqual({ open: true });
  });

  it('given a sibling that cannot be asked, then the system that was not called is not blamed', async () => {
    const { system, start, enqueue, stateOf } = given('sibling');
    const unreachable = () =>
      Object.assign(system.fail('not-sent', 'SIBLING_UNAVAILABLE'), { system: 'inventory' });
    system.troubles.push(...Array.from({ length: 4 }, unreachable));
    system.mishaps.push('refuse-connection', 'refuse-connection', 'refuse-connection');
    await start();
    const ids = [await enqueue('one', 's1'), await enqueue('two', 's2'), await enqueue('three', 's3')];
    for (const id of ids) await until(`${id} is done`, async () => (await stateOf(id)) === 'SUCCEEDED');
    // Seven failures in a row would have opened the breaker of a system that was to blame for them.
    expect(system.troubles).toEqual([]);
    expect(test.dependencies.integration.health.gate('sibling')).toEqual({ open: true });
  });
});
