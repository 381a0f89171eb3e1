import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../platform/telemetry/logger.ts';

/** The supergraph of this house, as `npm run compose` writes it. */
export const COMPOSED_SUPERGRAPH = fileURLToPath(new URL('../supergraph.graphql', import.meta.url));

/** How often the file is looked at. By its status and not by events, which network and container volumes do not always send. */
const LOOK_EVERY_MS = 1000;

export interface SupergraphFile {
  /** Reads the file now, and serves it if it is another. What goes wrong is in the log; the supergraph that is served stays. */
  reload(): Promise<void>;
  stop(): void;
}

/** Follows a supergraph's file: when it changes, its content is swapped in. Replace it by renaming another over it. */
export function followSupergraphFile(
  file: string,
  options: { swap(supergraphSdl: string): Promise<void>; logger: Logger },
): SupergraphFile {
  const reload = async (): Promise<void> => {
    let sdl: string;
    try {
      sdl = await readFile(file, 'utf8');
    } catch (cause) {
      options.logger.error({ err: cause, file }, 'the supergraph cannot be read');
      return;
    }
    // A refusal has been logged by whoever refused.
    await options.swap(sdl).catch(() => undefined);
  };
  const look = () => void reload();
  watchFile(file, { interval: LOOK_EVERY_MS }, look);
  return { reload, stop: () => unwatchFile(file, look) };
}
