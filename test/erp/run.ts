import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureTryton } from './tryton-packages.ts';
import { PREPARED_IN, prepareTryton } from './tryton-server.ts';

/** `npm run test:erp`: a Tryton with a demonstration company, then every test in this folder against copies of it. */
const say = (text: string) => console.log(`[erp] ${text}`);
const secondsSince = (startedMs: number) => `${((performance.now() - startedMs) / 1_000).toFixed(0)} s`;

const missing = ensureTryton(say);
if (missing === null) await test();
else say(`skipped: ${missing}`);

async function test(): Promise<void> {
  const startedMs = performance.now();
  const directory = await mkdtemp(join(tmpdir(), 'tryton-prepared-'));
  try {
    await prepareTryton(directory);
    say(`the company is set up after ${secondsSince(startedMs)}`);
    // One file at a time: each has a Tryton of its own, and one of those keeps a core busy.
    const slowly = ['--no-file-parallelism', '--testTimeout', '180000', '--hookTimeout', '180000'];
    const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
    const tests = spawn(
      process.execPath,
      [vitest, 'run', ...slowly, ...(process.argv.length > 2 ? process.argv.slice(2) : ['test/erp'])],
      { stdio: 'inherit', env: { ...process.env, [PREPARED_IN]: directory } },
    );
    const [code] = await once(tests, 'exit');
    say(`${code === 0 ? 'passed' : 'failed'} after ${secondsSince(startedMs)}`);
    process.exitCode = code ?? 1;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
