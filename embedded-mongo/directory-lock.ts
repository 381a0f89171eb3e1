import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** Why a store did not start. */
export class EmbeddedMongoError extends Error {
  readonly code: 'DIRECTORY_IN_USE' | 'START_FAILED' | 'SOCKET_PATH_UNUSABLE' | 'ADDRESS_NOT_LOOPBACK';
  constructor(code: EmbeddedMongoError['code'], message: string) {
    super(message);
    this.name = 'EmbeddedMongoError';
    this.code = code;
  }
}

type Owner = { pid: number; startedAt: string };
const attempts = 10;

/**
 * Takes the directory for this process. Throws DIRECTORY_IN_USE, with the owner's pid, while a living process has it;
 * the lock of a process that is gone is taken over.
 */
export function lockDirectory(directory: string): { release(): void } {
  const path = join(directory, 'owner.lock');
  const own: Owner = { pid: process.pid, startedAt: processStart(process.pid) };
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (create(path, own)) return { release: () => rmSync(path, { force: true }) };
    const text = read(path);
    if (text === undefined) continue;
    const owner = parse(text);
    if (owner && isAlive(owner))
      throw new EmbeddedMongoError('DIRECTORY_IN_USE', `${directory} is in use by process ${owner.pid}`);
    removeStale(path, text);
  }
  throw new EmbeddedMongoError('DIRECTORY_IN_USE', `${directory} is being taken by another process`);
}

function create(path: string, owner: Owner): boolean {
  // Written whole before it gets its name, so that nobody reads half a lock.
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  const file = openSync(draft, 'wx', 0o600);
  writeSync(file, JSON.stringify(owner));
  closeSync(file);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Moves the lock aside first: if it is not the stale one any more, somebody was quicker, and it is put back. */
function removeStale(path: string, expected: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
    if (read(aside) !== expected) linkSync(aside, path);
    unlinkSync(aside);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw error;
  }
}

function isAlive({ pid, startedAt }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  // A process number may have been given to another process since.
  return processStart(pid) === startedAt;
}

/** When a process was started, where the system tells (Linux); empty elsewhere. */
function processStart(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(text: string): Owner | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('startedAt' in value))
      return undefined;
    return typeof value.pid === 'number' ? { pid: value.pid, startedAt: String(value.startedAt) } : undefined;
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
