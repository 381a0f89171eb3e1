import { parseArgs } from 'node:util';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { systemClock } from '../../platform/clock.ts';
import { fileOf, problemOf, urlOf } from '../uci/command-line.ts';
import { createGraphClient } from '../uci/graph-client.ts';
import { planFile, readInvoices, type UnreadableLine } from '../uci/invoices.ts';
import { type LoadedFeed, loadMasterData } from '../uci/load.ts';
import { createMasterDataCollector, type MasterData } from '../uci/master-data.ts';
import { showProgress } from '../uci/progress.ts';
import { waitUntilVisible } from '../uci/visible.ts';

const USAGE = 'usage: npm run import -- uci <file.csv or .csv.gz> [--url <http://127.0.0.1:4000>]';

/** How long the graph may take to show what the ERP was given. */
const VISIBLE_WITHIN_MS = 180_000;
/** The proxy in front of the sandbox ERP has its own token and overwrites this one. */
const PROXY_TOKEN = 'sandbox';
const CONNECTIONS = 4;
const LISTED = 20;

/** `npm run import`: loads the master data a file implies into the sandbox ERP and waits until the graph shows it. */
async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { url: { type: 'string', default: 'http://127.0.0.1:4000' } },
  });
  const path = fileOf(positionals, USAGE);
  const url = urlOf(values.url, USAGE);
  const clock = systemClock;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error('stopped; run the import again to go on')));

  const { data, unreadable } = await collect(path, stop.signal);
  const erp = createSandboxErpConnector({ url: `${url}/sandbox/systems`, token: PROXY_TOKEN });
  const client = createGraphClient({ url, connections: CONNECTIONS, clock, signal: stop.signal });
  try {
    const records = Object.values(data).reduce((sum, of) => sum + of.length, 0);
    const loading = showProgress({
      label: 'load',
      total: records,
      unit: 'records',
      stream: process.stderr,
      clock,
    });
    const loaded = await loadMasterData(erp, data, {
      clock,
      signal: stop.signal,
      onLoaded: (count) => loading.advance(count),
    }).finally(() => loading.stop());
    const things = data.items.length + data.customers.length;
    const showing = showProgress({
      label: 'in the graph',
      total: things,
      unit: 'things',
      stream: process.stderr,
      clock,
    });
    const { missing, examples } = await waitUntilVisible(client, data, {
      clock,
      timeoutMs: VISIBLE_WITHIN_MS,
      signal: stop.signal,
      onVisible: (count) => showing.advance(count),
    }).finally(() => showing.stop());

    console.log(table(loaded));
    for (const line of problems(loaded, unreadable)) console.log(line);
    if (missing > 0)
      console.log(
        `${missing} of ${things} are not in the graph after ${VISIBLE_WITHIN_MS / 1000} s: ${examples.join(', ')}`,
      );
    const isCut = unreadable.some(({ code }) => code === 'TRUNCATED_GZIP' || code === 'CORRUPT_GZIP');
    return missing > 0 || isCut || loaded.some(({ rejected }) => rejected.length > 0) ? 1 : 0;
  } finally {
    await Promise.all([erp.close(), client.close()]);
  }
}

async function collect(
  path: string,
  signal: AbortSignal,
): Promise<{ data: MasterData; unreadable: UnreadableLine[] }> {
  const plan = await planFile(path, { signal });
  const collector = createMasterDataCollector();
  const unreadable: UnreadableLine[] = [];
  const reading = showProgress({
    label: 'read',
    total: plan.lastLines.size,
    unit: 'invoices',
    stream: process.stderr,
    clock: systemClock,
  });
  for await (const entry of readInvoices(path, plan)) {
    signal.throwIfAborted();
    if (entry.unreadable !== undefined) unreadable.push(entry.unreadable);
    else {
      collector.add(entry.invoice);
      reading.advance();
    }
  }
  reading.stop();
  return { data: collector.records(), unreadable };
}

function table(loaded: readonly LoadedFeed[]): string {
  return loaded
    .map(
      ({ feed, written, unchanged, rejected }) =>
        `${feed.padEnd(14)} ${String(written).padStart(6)} written ${String(unchanged).padStart(6)} unchanged ${String(rejected.length).padStart(6)} rejected`,
    )
    .join('\n');
}

/** What was not taken, at most some of it by name. */
function problems(loaded: readonly LoadedFeed[], unreadable: readonly UnreadableLine[]): string[] {
  const all = [
    ...unreadable.map(({ line, code, message }) => `line ${line} rejected: ${code}, ${message}`),
    ...loaded.flatMap(({ feed, rejected }) =>
      rejected.map(({ key, code, message }) => `${feed} ${key} rejected by the ERP: ${code}, ${message}`),
    ),
  ];
  const more = all.length - LISTED;
  return more > 0 ? [...all.slice(0, LISTED), `and ${more} more`] : all;
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(problemOf(error, USAGE));
  process.exitCode = 1;
}
