import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const READY_WITHIN_MS = 30_000;

/** The whole graph as a process of its own, as `npm start` runs it, on a free port and a data directory of its own. */
export interface House {
  readonly url: string;
  readonly dataDirectory: string;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>;
  /** Removes the data directory; stops the process first if it runs. */
  remove(): Promise<void>;
}

export async function startHouse(
  options: { dataDirectory?: string; environment?: Record<string, string>; readyWithinMs?: number } = {},
): Promise<House> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'ucg-house-')));
  const { MONGODB_URI: _, ...inherited } = process.env;
  const started = await startProcess(
    ['app/main.ts'],
    { ...inherited, PORT: '0', DATA_DIR: dataDirectory, LOG_LEVEL: 'error', ...options.environment },
    / ready at (\S+)/,
    options.readyWithinMs,
  );
  return {
    url: started.match,
    dataDirectory,
    stop: started.stop,
    kill: started.kill,
    async remove() {
      await started.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** Runs one of the app's ways to run until its output matches. Rejects with what it said when it ends before that. */
export async function startProcess(
  commandLine: readonly string[],
  environment: NodeJS.ProcessEnv,
  ready: RegExp,
  readyWithinMs = READY_WITHIN_MS,
): Promise<{
  match: string;
  output: () => string;
  send: (signal: NodeJS.Signals) => void;
  stop: () => Promise<number | null>;
  kill: () => Promise<void>;
}> {
  const child = spawn(process.execPath, commandLine, {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const match = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${commandLine.join(' ')} was not ready within ${readyWithinMs} ms:\n${output}`));
    }, readyWithinMs);
    const hear = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const found = ready.exec(output);
      if (found === null) return;
      clearTimeout(late);
      resolve(found[1] ?? found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`${commandLine.join(' ')} ended with ${code}:\n${output}`));
    });
  });
  return {
    match,
    output: () => output,
    send: (signal) => void child.kill(signal),
    stop: () => end(child, 'SIGTERM'),
    kill: async () => void (await end(child, 'SIGKILL')),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}
