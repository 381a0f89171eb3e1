import { afterEach, describe, expect, it } from 'vitest';
import { TestClock } from '../../platform/clock.ts';
import { createRateLimit } from '../../platform/outbox/rate-limit.ts';
import type { SystemGates } from '../../platform/outbox/system-gates.ts';
import { createSystemGates } from '../../platform/outbox/system-gates.ts';
import type { SystemHealth } from '../../platform/outbox/system-health.ts';
import { createSystemHealth } from '../../platform/outbox/system-health.ts';
import type { SystemPolicies } from '../../platform/outbox/system-policy.ts';
import { KEPT_OF_RATE } from '../../platform/outbox/system-policy.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';

/** The gates of `processes` that share one store and one clock, which the test drives: five minutes pass in a moment. */
async function given(processes: number, policies: SystemPolicies = {}) {
  const clock = new TestClock();
  const store = await startTestStore(clock);
  const { connection } = store.dependencies.integration;
  const made: { health: SystemHealth; gates: SystemGates }[] = [];
  for (let n = 0; n < processes; n += 1) {
    const health = createSystemHealth({ connection, clock, logger: silentLogger, policies });
    const rates = createRateLimit({ connection, clock });
    made.push({ health, gates: createSystemGates({ health, rates, clock }) });
  }
  await made[0]?.health.register({ _id: 'erp', connector: 'test', kind: 'ERP', owns: [], conformance: '' });
  return { clock, store, made };
}

const always = async () => true;

describe('a system that is down for five minutes', () => {
  let store: TestStore | undefined;
  afterEach(() => store?.stop());

  it('is called by four processes together hardly more often than there is work, counted over the outage and what follows', async () => {
    const { clock, made, store: opened } = await given(4);
    store = opened;
    const OUTAGE_MS = 5 * 60_000;
    const TICK_MS = 250;
    // One intent a second arrives; each waits until it has been carried out once.
    let waiting = 0;
    let intents = 0;
    let calls = 0;
    for (let nowMs = 0; nowMs < OUTAGE_MS + 120_000; nowMs += TICK_MS) {
      if (nowMs % 1_000 === 0 && nowMs < OUTAGE_MS) {
        waiting += 1;
        intents += 1;
      }
      const isDown = nowMs < OUTAGE_MS;
      for (const { health, gates } of made) {
        if (waiting === 0) break;
        const ticket = await gates.enter('erp', 'order', always);
        if (ticket === null) continue;
        calls += 1;
        if (isDown)
          health.failed('erp', { kind: 'not-done', code: 'CONNECTION_REFUSED', message: 'refused' });
        else {
          health.succeeded('erp');
          waiting -= 1;
        }
        ticket.leave({ repeat: calls > 1, failed: isDown });
        // What was found out is on its way to the store before the next process looks.
        await new Promise((resolve) => setImmediate(resolve));
      }
      clock.advance(TICK_MS);
    }
    expect(waiting).toBe(0);
    expect(calls / intents).toBeLessThanOrEqual(1.1 + 20 / intents);
  }, 60_000);

  it('is tried out by one process at a time', async () => {
    const { clock, made, store: opened } = await given(4);
    store = opened;
    const first = made[0];
    if (first === undefined) throw new Error('no process');
    for (let call = 0; call < 5; call += 1)
      first.health.failed('erp', { kind: 'not-done', code: 'CONNECTION_REFUSED', message: 'refused' });
    expect(first.health.gate('erp')).toMatchObject({ open: false });
    clock.advance(1_000);
    await expect
      .poll(async () => {
        await Promise.all(made.map(({ health }) => health.refresh()));
        clock.advance(500);
        return made.map(({ health }) => health.gate('erp').open);
      })
      .toEqual(['try', 'try', 'try', 'try']);
    const tickets = await Promise.all(made.map(({ gates }) => gates.enter('erp', 'order', always)));
    expect(tickets.filter((ticket) => ticket !== null)).toHaveLength(1);
  });
});

describe('a rate that processes share', () => {
  let store: TestStore | undefined;
  afterEach(() => store?.stop());

  it('is kept by four processes together, orders first, the catalogue never at rest', async () => {
    const rate = { perSecond: 20, burst: 20, kept: KEPT_OF_RATE };
    const { clock, made, store: opened } = await given(4, { erp: { rate } });
    store = opened;
    const got = { order: 0, catalogue: 0 };
    for (let nowMs = 0; nowMs < 6_000; nowMs += 100) {
      for (const lane of ['order', 'catalogue'] as const) {
        for (const { gates } of made) {
          const ticket = await gates.enter('erp', lane, always);
          if (ticket === null) continue;
          got[lane] += 1;
          ticket.leave({ repeat: false, failed: false });
        }
      }
      clock.advance(100);
    }
    expect(got.order + got.catalogue).toBeLessThanOrEqual(20 * 6 + 25);
    expect(got.order + got.catalogue).toBeGreaterThanOrEqual(20 * 6 * 0.9);
    expect(got.catalogue).toBeGreaterThanOrEqual(20 * 6 * KEPT_OF_RATE.catalogue * 0.9);
    expect(got.order).toBeGreaterThan(got.catalogue * 4);
  });

  it('given that the system asks for patience, then no process calls it before', async () => {
    const { clock, made, store: opened } = await given(2);
    store = opened;
    const [first, second] = made;
    if (first === undefined || second === undefined) throw new Error('two processes');
    first.health.failed('erp', {
      kind: 'not-done',
      code: 'THROTTLED',
      message: 'later',
      retryAfterMs: 30_000,
    });
    expect(first.health.gate('erp')).toEqual({ open: false, retryInMs: 30_000 });
    await expect
      .poll(async () => {
        clock.advance(500);
        await second.health.refresh();
        return second.health.gate('erp').open;
      })
      .toBe(false);
    clock.advance(30_000);
    expect(first.health.gate('erp')).toEqual({ open: true });
    expect(second.health.gate('erp')).toEqual({ open: true });
  });
});
