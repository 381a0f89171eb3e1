import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Contender,
  contenderPlans,
  PEERS,
  peersInstalled,
  startContender,
  startReporting,
} from './contenders.ts';
import { type MeasuredSlice, type Row, tableOf } from './figures.ts';
import { goalsOf } from './goals.ts';
import { composeBenchSupergraph } from './graph/supergraph.ts';
import { createLoad, type Load } from './load.ts';
import { soak } from './soak.ts';

/**
 * `npm run bench:gateway`: our engine beside others and beside floors, on the public benchmark's graph and query. Everybody is alive and
 * warm at once, in a process of his own, and has his turn in short slices, round by round; see README.md beside this file.
 */
const { values } = parseArgs({
  options: {
    install: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '12' },
    seconds: { type: 'string', default: '2' },
    warm: { type: 'string', default: '6' },
    users: { type: 'string', default: '16' },
    /** Only these, by key and separated by commas. */
    only: { type: 'string' },
    /** Instead of comparing: ours alone under moderate load for so many seconds, its memory once a minute. */
    soak: { type: 'string' },
  },
});
const [rounds, seconds, warmSeconds, users] = [values.rounds, values.seconds, values.warm, values.users].map(
  Number,
) as [number, number, number, number];

interface Measured {
  readonly contender: Contender;
  readonly load: Load;
  readonly slices: MeasuredSlice[];
}

async function measureSlice({ contender, load, slices }: Measured): Promise<void> {
  const before = await contender.figures();
  const slice = await load.run(seconds);
  const after = await contender.figures();
  slices.push({ ...slice, cpuMs: after.cpuMs - before.cpuMs });
}

async function compare(originUrl: string, supergraphFile: string, running: Measured[]): Promise<void> {
  const wanted = values.only?.split(',');
  for (const plan of contenderPlans(originUrl, supergraphFile)) {
    if (wanted !== undefined && !wanted.includes(plan.key)) continue;
    if (plan.isPeer && !peersInstalled()) {
      console.log(`skipped: ${plan.name}. To have it, run once: npm run bench:gateway -- --install`);
      continue;
    }
    const contender = await startContender(plan);
    running.push({ contender, load: createLoad(contender, users), slices: [] });
  }
  for (const { load } of running) {
    await load.checkAnswers();
    await load.run(warmSeconds);
  }
  for (let round = 0; round < rounds; round += 1)
    for (const measured of running) await measureSlice(measured);

  const rows: Row[] = running.map(({ contender: { key, name }, slices }) => ({ key, name, slices }));
  const base = rows[0];
  if (base === undefined) throw new Error(`nobody to measure: ${values.only}`);
  console.log(
    `\n${new Date().toISOString()}: ${cpus().length} cores (${cpus()[0]?.model}), Node ${process.version}, load average at the end ${loadavg()[0]?.toFixed(1)}`,
  );
  console.log(
    `${users} users, ${rounds} rounds of ${seconds} s for each; every answer some 87 kB, equal to the reference\n`,
  );
  console.log(`${tableOf(rows, base)}\n`);
  for (const line of goalsOf(rows)) console.log(line);
}

if (values.install) {
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: PEERS,
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}

const directory = mkdtempSync(join(tmpdir(), 'bench-gateway-'));
const running: Measured[] = [];
const subgraphs = await startReporting(['subgraphs-process.ts']);
try {
  const supergraphFile = join(directory, 'supergraph.graphql');
  writeFileSync(supergraphFile, composeBenchSupergraph(subgraphs.url));
  if (values.soak !== undefined)
    await soak({ originUrl: subgraphs.url, seconds: Number(values.soak), users });
  else await compare(subgraphs.url, supergraphFile, running);
} finally {
  await Promise.all(running.map(({ load }) => load.stop()));
  await Promise.all([...running.map(({ contender }) => contender.stop()), subgraphs.stop()]);
  rmSync(directory, { recursive: true, force: true });
}
