import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One of the commands as a process of its own, as a person would start it. */
export interface Command {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

export function start(name: 'import' | 'replay', ...options: string[]): Command {
  const child = spawn(process.execPath, [`app/cli/${name}.ts`, 'uci', ...options], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    heard.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    heard.stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...heard })));
  return { process: child, ended };
}

export const run = (name: 'import' | 'replay', ...options: string[]): Promise<Ended> =>
  start(name, ...options).ended;
