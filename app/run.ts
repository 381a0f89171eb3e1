import { readSettings, type Settings, SettingsError } from './settings.ts';

/** A stop that takes longer is cut: whoever stops us waits ten seconds. */
const STOP_WITHIN_MS = 9_500;

/** Something that runs until it is stopped; `reload` is what a SIGHUP asks for, where there is something to read again. */
interface Started {
  stop(): Promise<void>;
  reload?(): Promise<void>;
}

/** Starts something by the environment's settings, tells that it is ready, and stops it at SIGTERM or SIGINT with exit code 0. */
export async function run<T extends Started>(
  start: (settings: Settings) => Promise<T>,
  ready: (started: T, settings: Settings) => void,
): Promise<void> {
  let started: T;
  try {
    const settings = readSettings(process.env);
    started = await start(settings);
    ready(started, settings);
  } catch (error) {
    console.error(error instanceof SettingsError ? error.message : error);
    process.exit(1);
  }
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    started.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (started.reload !== undefined) process.on('SIGHUP', () => void started.reload?.());
}
