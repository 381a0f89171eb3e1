import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compare } from './compare.ts';
import { type Outcome, type Part, readExpectations, readOutcome, type Suite, suites } from './suites.ts';

/**
 * `npm run test:conformance`: the test suites of mongoose and of the MongoDB driver against the embedded store. They are
 * run from copies of their repositories with their dependencies installed, whose paths are in MONGOOSE_SOURCE and
 * DRIVER_SOURCE. Fails when a test fails that is not in `expected-failures.json`, or when one in there passes.
 * `--only crud` runs one folder of the driver's and reports without holding it against the list.
 */
const { values } = parseArgs({
  options: { only: { type: 'string' }, keep: { type: 'boolean', default: false } },
});
const partTimeoutMs = 15 * 60_000;
const { reasons, suites: expectations } = readExpectations();

for (const suite of suites) {
  const source = process.env[suite.variable];
  if (!source) {
    console.log(`${suite.name}: skipped, ${suite.variable} does not name a prepared copy of its repository`);
    continue;
  }
  const directory = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    report(suite, await outcomesOf(suite, source, directory));
  } finally {
    if (values.keep) console.log(`reports are kept in ${directory}`);
    else rmSync(directory, { recursive: true, force: true });
  }
}

async function outcomesOf(suite: Suite, source: string, directory: string): Promise<Outcome[]> {
  const server = await startServer(directory);
  try {
    const outcomes: Outcome[] = [];
    for (const part of suite.parts(server.address)) {
      if (values.only !== undefined && values.only !== part.name) continue;
      await runPart(part, source, directory);
      const outcome = readOutcome(directory, part.name);
      const counts = [outcome.passes, outcome.failures, outcome.pending].map(({ length }) => length);
      console.log(
        `${suite.name}/${part.name}: passed ${counts[0]}, failed ${counts[1]}, pending ${counts[2]}`,
      );
      outcomes.push(outcome);
    }
    return outcomes;
  } finally {
    server.process.kill();
  }
}

function report(suite: Suite, outcomes: Outcome[]): void {
  const expected = expectations[suite.name] ?? [];
  const { passed, failed, pending, unexpected, stale } = compare(outcomes, expected);
  console.log(`${suite.name}: passed ${passed}, failed ${failed}, pending ${pending}`);
  for (const title of unexpected) console.log(`  unexpected failure: ${title}`);
  if (values.only !== undefined) return;
  for (const title of stale) console.log(`  expected to fail, and did not: ${title}`);
  for (const [reason, sentence] of Object.entries(reasons)) {
    const count = expected.filter((one) => one.reason === reason).length;
    if (count > 0) console.log(`  ${count} expected, ${reason}: ${sentence}`);
  }
  if (unexpected.length + stale.length > 0) process.exitCode = 1;
}

async function startServer(directory: string): Promise<{ process: ChildProcess; address: string }> {
  const file = fileURLToPath(new URL('./server-process.ts', import.meta.url));
  const started = spawn(process.execPath, [file, join(directory, 'store')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [address] = await once(createInterface(started.stdout), 'line');
  return { process: started, address: String(address) };
}

async function runPart(part: Part, source: string, directory: string): Promise<void> {
  const output = join(directory, `${part.name}.json`);
  const mocha = spawn(
    join(source, 'node_modules/.bin/mocha'),
    ['--exit', '--reporter', 'json', '--reporter-option', `output=${output}`, ...part.arguments],
    { cwd: source, env: { ...process.env, ...part.environment }, stdio: 'ignore', timeout: partTimeoutMs },
  );
  await once(mocha, 'exit');
}
