import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { countOf, fileOf, problemOf, speedOf, urlOf } from '../uci/command-line.ts';
import { openDirectory } from '../uci/directory.ts';
import { createGraphClient, type GraphClient, reasonOf, ServerGone } from '../uci/graph-client.ts';
import { type FilePlan, planFile, readInvoices } from '../uci/invoices.ts';
import { showProgress } from '../uci/progress.ts';
import { type ReplayEnd, replay } from '../uci/replay.ts';
import { createReport, reportTable } from '../uci/report.ts';
import { createSubmit } from '../uci/submit.ts';
import { createTally } from '../uci/tally.ts';

const USAGE = `usage: npm run replay -- uci <file.csv or .csv.gz> [--limit <invoices>] [--speed <times the file's pace>]
         [--concurrency <invoices at once, 8>] [--url <http://127.0.0.1:4000>] [--report <file.json>]
         [--patience <seconds the graph may be away, 60>]`;

const EXIT = { wrong: 1, serverGone: 2, interrupted: 130 } as const;
const SAY_AWAY_EVERY_MS = 10_000;

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:4000' },
      limit: { type: 'string' },
      speed: { type: 'string' },
      concurrency: { type: 'string', default: '8' },
      report: { type: 'string' },
      patience: { type: 'string', default: '60' },
    },
  });
  return {
    path: fileOf(positionals, USAGE),
    url: urlOf(values.url, USAGE),
    limit: countOf('limit', values.limit, 999_999_999, USAGE),
    speed: speedOf(values.speed, USAGE),
    concurrency: countOf('concurrency', values.concurrency, 256, USAGE) ?? 8,
    awayLimitMs: (countOf('patience', values.patience, 3_600, USAGE) ?? 60) * 1_000,
    report: values.report,
  };
}

type Options = ReturnType<typeof readOptions>;

/** `npm run replay`: puts a file's invoices through the graph. Answers the exit code: 0 when it is through and the values add up. */
async function run(options: Options, stop: AbortSignal, clock: Clock): Promise<number> {
  const { path, url, limit, concurrency, awayLimitMs } = options;
  const plan = await planFile(path, { limit, signal: stop });
  const client = createGraphClient({
    url,
    connections: concurrency,
    clock,
    signal: stop,
    awayLimitMs,
    onAway: sayAway(url, awayLimitMs, clock),
  });
  const tally = createTally();
  const startedAt = clock.now().toISOString();
  const end = await putThrough(options, { plan, client, tally, clock, stop }).finally(() => client.close());
  const report = createReport({ file: path, url, startedAt }, end, tally.result());
  if (options.report !== undefined) await writeFile(options.report, `${JSON.stringify(report, null, 2)}\n`);
  console.log(reportTable(report));
  if (end.cause !== undefined) console.error(end.cause);
  if (end.reason === 'serverGone') return EXIT.serverGone;
  if (end.reason === 'stopped') return EXIT.interrupted;
  return report.complete && report.addsUp ? 0 : EXIT.wrong;
}

async function putThrough(
  { path, speed, concurrency }: Options,
  run: {
    plan: FilePlan;
    client: GraphClient;
    tally: ReturnType<typeof createTally>;
    clock: Clock;
    stop: AbortSignal;
  },
): Promise<ReplayEnd> {
  const { plan, client, tally, clock, stop } = run;
  const directory = await openDirectory(client);
  const progress = showProgress({
    label: 'replay',
    total: plan.lastLines.size,
    unit: 'invoices',
    stream: process.stderr,
    clock,
  });
  try {
    return await replay({
      entries: readInvoices(path, plan),
      graph: { submit: createSubmit({ client, clock, signal: stop }), directory, clock },
      tally,
      clock,
      concurrency,
      speed,
      stop,
      onInvoice: () => progress.advance(),
    });
  } finally {
    progress.stop();
  }
}

/** Says that the graph is away, once for many requests. */
function sayAway(url: string, awayLimitMs: number, clock: Clock): (cause: unknown) => void {
  let saidMs = Number.NEGATIVE_INFINITY;
  return (cause) => {
    const nowMs = clock.now().getTime();
    if (nowMs - saidMs < SAY_AWAY_EVERY_MS) return;
    saidMs = nowMs;
    console.error(
      `${url} does not answer (${reasonOf(cause)}); trying again for up to ${awayLimitMs / 1000} s`,
    );
  };
}

/** The first Ctrl-C ends the run in order, the second one at once. */
function stopAtSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(EXIT.interrupted);
      console.error('stopping: what is under way is finished first; once more stops at once');
      stop.abort();
    });
  return stop.signal;
}

const stop = stopAtSignal();
try {
  process.exitCode = await run(readOptions(), stop, systemClock);
} catch (error) {
  if (!stop.aborted) console.error(problemOf(error, USAGE));
  process.exitCode = stop.aborted
    ? EXIT.interrupted
    : error instanceof ServerGone
      ? EXIT.serverGone
      : EXIT.wrong;
}
