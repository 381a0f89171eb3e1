import { expect, test } from 'vitest';
import { type Clock, TestClock } from '../../platform/clock.ts';
import { accepted, refused, userError } from '../../platform/errors.ts';
import { decimal } from '../../platform/money.ts';
import { ServerGone } from './graph-client.ts';
import type { Entry } from './invoices.ts';
import { type ReplayOptions, replay } from './replay.ts';
import { createReport } from './report.ts';
import type { Graph } from './step.ts';
import { createTally } from './tally.ts';

/** Invoices of one fee of a pound each, a minute after one another: one request for each. */
async function* fees(count: number): AsyncGenerator<Entry> {
  for (let index = 0; index < count; index += 1) {
    const number = `C9${index}`;
    const soldAt = `2010-12-01 08:${String(index).padStart(2, '0')}:00`;
    const line = { line: index + 2, invoice: number, sku: 'CRUK', description: '', quantity: -1, soldAt };
    yield { invoice: { number, lines: [{ ...line, unitPrice: '1.00', customer: null, country: '' }] } };
  }
}

const posted = {
  entry: { id: 'e', number: 'n', lines: [{ account: '1200-bank', debit: null, credit: { amount: '1.00' } }] },
  replayed: false,
  userErrors: [],
};

function graphThat(
  answer: (asked: number) => unknown,
  clock: Clock = new TestClock(),
): Graph & { asked: number } {
  const graph = {
    asked: 0,
    clock,
    directory: {
      channelId: 'channel',
      locationId: 'location',
      variants: async () => accepted([]),
      customer: async () => accepted(null),
    },
    async submit<T>(_: string, __: Record<string, unknown>, payload: { parse(value: unknown): T }) {
      graph.asked += 1;
      const given = answer(graph.asked);
      return typeof given === 'string' ? refused(userError(given, 'No.')) : accepted(payload.parse(given));
    },
  };
  return graph;
}

function run(options: Partial<ReplayOptions> & Pick<ReplayOptions, 'graph' | 'entries'>) {
  const tally = createTally();
  const clock = options.clock ?? new TestClock();
  const stop = new AbortController().signal;
  return { tally, end: replay({ tally, clock, stop, concurrency: 4, ...options }) };
}

test('given many workers, every invoice goes through once', async () => {
  const graph = graphThat(() => posted);
  const { tally, end } = run({ entries: fees(50), graph });
  expect(await end).toMatchObject({ reason: 'complete', unfinishedLines: 0 });
  expect(graph.asked).toBe(50);
  expect(tally.result()).toMatchObject({ addsUp: true, lines: { done: 50 }, value: { fees: '-50.00' } });
});

test('given a refusal, its lines are rejected and the others go on', async () => {
  const { tally, end } = run({
    entries: fees(3),
    graph: graphThat((asked) => (asked === 2 ? 'JOURNAL_UNBALANCED' : posted)),
  });
  await end;
  expect(tally.result()).toMatchObject({
    addsUp: true,
    lines: { done: 2, rejected: 1 },
    value: { fees: '-2.00', rejected: '-1.00' },
    rejections: { byCode: { JOURNAL_UNBALANCED: 1 } },
  });
});

test('given a server that is gone, what was under way is counted and nothing more is begun', async () => {
  const graph = graphThat((asked) => {
    if (asked > 5) throw new ServerGone('http://127.0.0.1:1', 60_000, new Error('ECONNREFUSED'));
    return posted;
  });
  const { tally, end } = run({ entries: fees(50), graph, concurrency: 1 });
  expect(await end).toMatchObject({ reason: 'serverGone', unfinishedLines: 1 });
  expect([graph.asked, tally.result().lines.done]).toEqual([6, 5]);
});

test('given an answer of another shape, the run ends there and its report says why', async () => {
  const { tally, end } = run({ entries: fees(9), graph: graphThat(() => ({ entry: 7 })), concurrency: 1 });
  const report = createReport({ file: 'f', url: 'u', startedAt: 's' }, await end, tally.result());
  expect(report).toMatchObject({ complete: false, unfinishedLines: 1, lines: { done: 0 } });
  expect(report.incompleteBecause).toMatch(/entry/);
});

test('given a stop, no further invoice is begun', async () => {
  const stop = new AbortController();
  const graph = graphThat((asked) => {
    if (asked === 3) stop.abort();
    return posted;
  });
  const { end } = run({ entries: fees(50), graph, stop: stop.signal, concurrency: 1 });
  expect(await end).toMatchObject({ reason: 'stopped', unfinishedLines: 0 });
  expect(graph.asked).toBe(3);
});

test("given a speed, invoices are begun at that many times the file's own pace", async () => {
  const clock = new TestClock();
  const waits: number[] = [];
  const timed: Clock = {
    now: () => clock.now(),
    delay: async (ms) => {
      waits.push(ms);
      clock.advance(ms);
    },
  };
  const { end } = run({
    entries: fees(4),
    graph: graphThat(() => posted, timed),
    clock: timed,
    speed: 2,
    concurrency: 1,
  });
  expect(await end).toMatchObject({ elapsedMs: 90_000 });
  expect(waits).toEqual([30_000, 30_000, 30_000]);
});

test('what the graph says it posted counts, not what was sent', async () => {
  const wrong = structuredClone(posted);
  for (const line of wrong.entry.lines) line.credit = { amount: decimal('0.99').toFixed(2) };
  const { tally, end } = run({ entries: fees(1), graph: graphThat(() => wrong) });
  await end;
  expect(tally.result()).toMatchObject({ addsUp: false, value: { fees: '-0.99', difference: '-0.01' } });
});
