import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { systemClock } from '../../platform/clock.ts';
import { countOf, fileOf, problemOf, speedOf, urlOf } from '../uci/command-line.ts';
import { openDirectory } from '../uci/directory.ts';
import { createGraphClient, ServerGone } from '../uci/graph-client.ts';
import { planFile, readInvoices } from '../uci/invoices.ts';
import { showProgress } from '../uci/progress.ts';
import { type ReplayEnd, replay } from '../uci/replay.ts';
import { createReport, type ReplayReport, reportTable } from '../uci/report.ts';
import { createSubmit } from '../uci/submit.ts';
import { createTally } from '../uci/tally.ts';

const USAGE = `usage: npm run replay -- uci <file.csv or .csv.gz> [--limit <invoices>] [--speed <times the file's pace>]
         [--concurrency <invoices at once, 8>] [--url <http://127.0.0.1:4000>] [--report <file.json>]
         [--patience <seconds the graph may be away, 60>]`;

const EXIT = { wrong: 1, serverGone: 2, interrupted: 130 } as const;

/** `npm run replay`: puts a file's invoices through the graph. Exits 0 when it is through and the values add up. */
async function run(): Promise<number> {
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
  const path = fileOf(positionals, USAGE);
  const url = urlOf(values.url, USAGE);
  const limit = countOf('limit', values.limit, 999_999_999, USAGE);
  const speed = speedOf(values.speed, USAGE);
  const concurrency = countOf('concurrency', values.concurrency, 256, USAGE) ?? 8;
  const awayLimitMs = (countOf('patience', values.patience, 3_600, USAGE) ?? 60) * 1_000;
  const clock = systemClock;
  const stop = stopAtSignal();

  const plan = await planFile(path, { limit, signal: stop });
  const client = createGraphClient({ url, connections: concurrency, clock, signal: stop, awayLimitMs });
  const directory = await openDirectory(client);
  const tally = createTally();
  const progress = showProgress({
    label: 'replay',
    total: plan.lastLines.size,
    unit: 'invoices',
    stream: process.stderr,
    clock,
  });
  const startedAt = clock.now().toISOString();
  let end: ReplayEnd;
  try {
    end = await replay({
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
    await client.close();
  }
  const report = createReport({ file: path, url, startedAt }, end, tally.result());
  if (values.report !== undefined) await writeFile(values.report, `${JSON.stringify(report, null, 2)}\n`);
  console.log(reportTable(report));
  return exitCode(end, report);
}

function exitCode(end: ReplayEnd, report: ReplayReport): number {
  if (end.reason === 'serverGone') return EXIT.serverGone;
  if (end.reason === 'stopped') return EXIT.interrupted;
  return end.reason === 'complete' && report.complete && report.addsUp ? 0 : EXIT.wrong;
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

try {
  process.exitCode = await run();
} catch (error) {
  console.error(problemOf(error, USAGE));
  process.exitCode = error instanceof ServerGone ? EXIT.serverGone : EXIT.wrong;
}
