import { readFileSync } from 'node:fs';
import { startServer } from '../../embedded-mongo/server/server.ts';

/**
 * A store in a process of its own, so that what it takes can be told from what its client takes. Prints its address; then,
 * for each line it reads, one line of JSON with its memory after a full collection. Ends with its input.
 */
export type MemoryReading = {
  /** Memory that is the process's own. */
  anonymousBytes: number;
  /** Pages of the data file that are mapped at the moment; the system takes them back when it needs them. */
  fileBytes: number;
  heapBytes: number;
  bufferBytes: number;
};

const directory = process.argv[2] ?? '';
const fail = (error: unknown): never => {
  console.error(error);
  process.exit(1);
};
const server = await startServer({
  directory,
  listen: { host: '127.0.0.1', port: 0 },
  oplogMaxBytes: 2 ** 30,
  report: fail,
  onFailure: fail,
});
process.stdout.write(`${server.address}\n`);
process.stdin.on('data', () => process.stdout.write(`${JSON.stringify(reading())}\n`));
process.stdin.on('end', () => void server.stop().then(() => process.exit(0)));

function reading(): MemoryReading {
  if (!globalThis.gc) throw new Error('to be started with --expose-gc');
  globalThis.gc();
  globalThis.gc();
  const status = readFileSync('/proc/self/status', 'utf8');
  const kibibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN);
  const { heapUsed, external } = process.memoryUsage();
  return {
    anonymousBytes: kibibytes('RssAnon') * 1024,
    fileBytes: kibibytes('RssFile') * 1024,
    heapBytes: heapUsed,
    bufferBytes: external,
  };
}
