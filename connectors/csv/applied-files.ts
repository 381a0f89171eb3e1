import { mkdir, opendir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { CsvFeedName } from './canonical-columns.ts';
import { isMissing } from './drop-directories.ts';

/** Which files were applied, by their content, kept beside the archive so that it is as lasting as the files are. */
export interface AppliedFiles {
  note(feed: CsvFeedName, sha256: string, name: string): Promise<void>;
  has(feed: CsvFeedName, sha256: string): Promise<boolean>;
  /** Forgets what was noted longer ago than `rememberMs`. */
  forgetOld(): Promise<void>;
}

/** @param options.rememberMs How long a content is known again. */
export function createAppliedFiles(options: {
  readonly directory: string;
  readonly clock: Clock;
  readonly rememberMs: number;
}): AppliedFiles {
  const { directory, clock, rememberMs } = options;
  const placeOf = (feed: CsvFeedName, sha256: string) => join(directory, `${feed}-${sha256}`);
  const isRemembered = (at: number) => clock.now().getTime() - at < rememberMs;

  return {
    async note(feed, sha256, name) {
      await mkdir(directory, { recursive: true });
      const now = clock.now();
      const place = placeOf(feed, sha256);
      await writeFile(place, `${JSON.stringify({ name, atMs: now.getTime() })}\n`);
      await utimes(place, now, now);
    },
    async has(feed, sha256) {
      try {
        const noted: unknown = JSON.parse(await readFile(placeOf(feed, sha256), 'utf8'));
        return isRemembered(Number(Reflect.get(Object(noted), 'atMs')));
      } catch (error) {
        // A note that a crash cut short says nothing: the file is applied again, which does no harm.
        if (isMissing(error) || error instanceof SyntaxError) return false;
        throw error;
      }
    },
    async forgetOld() {
      await mkdir(directory, { recursive: true });
      for await (const { name } of await opendir(directory)) {
        const path = join(directory, name);
        const found = await stat(path).catch(() => undefined);
        if (found !== undefined && !isRemembered(found.mtimeMs)) await rm(path, { force: true });
      }
    },
  };
}
