import { parentPort, workerData } from 'node:worker_threads';
import { type ListenOn, type RunningServer, startServer } from './server/server.ts';

/** What the host gives the worker to start with. */
export type WorkerSettings = { directory: string; listen: ListenOn; oplogMaxBytes: number };
export type WorkerMessage =
  | { kind: 'ready'; address: string }
  | { kind: 'failed'; message: string }
  | { kind: 'fault'; message: string }
  | { kind: 'stopped' };

const text = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

async function main(): Promise<void> {
  // Set by start.ts, which is the only one to start this file.
  const settings = workerData as WorkerSettings;
  let server: RunningServer;
  try {
    server = await startServer({
      ...settings,
      report: (error) => tell({ kind: 'fault', message: text(error) }),
      onFailure(error) {
        // Memory and disk may differ now; only a fresh start from disk is safe.
        tell({ kind: 'fault', message: text(error) });
        process.exit(1);
      },
    });
  } catch (error) {
    tell({ kind: 'failed', message: text(error) });
    return;
  }
  parentPort?.once('message', () => {
    server.stop().then(
      () => {
        tell({ kind: 'stopped' });
        parentPort?.close();
      },
      (error: unknown) => {
        tell({ kind: 'fault', message: text(error) });
        process.exit(1);
      },
    );
  });
  tell({ kind: 'ready', address: server.address });
}

await main();
