import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeedChange } from '../../platform/feed/feed.ts';
import { createPoller } from '../../platform/feed/poller.ts';
import { quarantineModel } from '../../platform/feed/quarantine.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';

describe('a feed', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(() => test.stop());

  function given(name: string, changes: FeedChange<string>[]) {
    const { integration, clock, logger } = test.dependencies;
    const applied: string[] = [];
    const state = { readFails: 0, applyFails: 0 };
    const poller = createPoller<string>({
      name,
      system: name,
      connection: integration.connection,
      health: integration.health,
      clock,
      logger,
      everyMs: 10,
      pageSize: 2,
      // `unknown lamp` and `lamp` are the same article, told at first as nobody knows it.
      keyOf: (record) => record.replace('unknown ', ''),
      async read(cursor, { limit }) {
        if (state.readFails-- > 0) throw Object.assign(new Error('refused'), { code: 'CONNECTION_REFUSED' });
        const from = Number(cursor ?? 0);
        const page = changes.slice(from, from + limit);
        return {
          changes: page,
          cursor: String(from + page.length),
          more: from + page.length < changes.length,
        };
      },
      async apply(good) {
        if (state.applyFails-- > 0) throw new Error('store down');
        const isUnknown = ({ record }: { record: string }) => record.startsWith('unknown');
        applied.push(...good.filter((one) => !isUnknown(one)).map(({ record }) => record));
        return good.filter(isUnknown).map(({ eventId }) => ({
          eventId,
          rejected: { code: 'SKU_UNKNOWN', message: 'no such sku', field: ['sku'], raw: 'unknown' },
        }));
      },
    });
    return { poller, applied, state };
  }
  const change = (eventId: string, record: string): FeedChange<string> => ({
    eventId,
    occurredAt: '2026-01-01T00:00:00Z',
    record,
  });

  it('is read to its end page by page; what cannot be read or accepted is set aside with its reason and the rest goes on', async () => {
    const { poller, applied } = given('mixed', [
      change('1', 'a'),
      {
        eventId: '2',
        occurredAt: '2026-01-01T00:00:00Z',
        rejected: { code: 'INVALID_VALUE', message: 'not a unit', field: ['unit'], raw: '{}' },
      },
      change('3', 'unknown'),
      change('4', 'b'),
    ]);
    await poller.start();
    await until('it is caught up', () => poller.caughtUp());
    await poller.stop();
    expect(applied).toEqual(['a', 'b']);
    const aside = await quarantineModel(test.dependencies.integration.connection)
      .find({ feed: 'mixed' })
      .sort({ eventId: 1 })
      .lean();
    expect(aside.map(({ eventId, code, field }) => [eventId, code, field])).toEqual([
      ['2', 'INVALID_VALUE', 'unit'],
      ['3', 'SKU_UNKNOWN', 'sku'],
    ]);
  });

  it('ends the matter of a bad record when a good one of the same name comes after it, and only then', async () => {
    const bad = (eventId: string, key?: string): FeedChange<string> => ({
      eventId,
      occurredAt: '2026-01-01T00:00:00Z',
      rejected: { code: 'INVALID_VALUE', message: 'no', raw: eventId, ...(key === undefined ? {} : { key }) },
    });
    const { poller } = given('mended', [
      bad('1', 'lamp'),
      bad('2'),
      change('3', 'unknown cup'),
      change('4', 'lamp'),
      change('5', 'cup'),
      bad('6', 'cup'),
      bad('7', 'vase'),
      change('8', 'vase'),
      change('9', 'unknown bowl'),
    ]);
    await poller.start();
    await until('it is caught up', () => poller.caughtUp());
    await poller.stop();
    const aside = await quarantineModel(test.dependencies.integration.connection)
      .find({ feed: 'mended' })
      .sort({ eventId: 1 })
      .lean();
    // The cup was good once, and bad again; pages have two records.
    expect(aside.map(({ eventId, mendedAt }) => [eventId, mendedAt !== null])).toEqual([
      ['1', true],
      ['2', false],
      ['3', false],
      ['6', false],
      ['7', true],
      ['9', false],
    ]);
  });

  it('goes on where it stood after a restart', async () => {
    const changes = [change('1', 'a')];
    const first = given('restarted', changes);
    await first.poller.start();
    await until('it is caught up', () => first.poller.caughtUp());
    await first.poller.stop();
    changes.push(change('2', 'b'));
    const second = given('restarted', changes);
    await second.poller.start();
    await until('it is caught up', () => second.poller.caughtUp());
    await second.poller.stop();
    expect(second.applied).toEqual(['b']);
  });

  it('loses nothing while its system is away or its page cannot be applied', async () => {
    const { poller, applied, state } = given('shaky', [change('1', 'a'), change('2', 'b'), change('3', 'c')]);
    state.readFails = 2;
    state.applyFails = 1;
    await poller.start();
    await until('it is caught up', () => poller.caughtUp());
    await poller.stop();
    expect(applied).toEqual(['a', 'b', 'c']);
  });
});
