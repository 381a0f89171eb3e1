import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, lstat, mkdir, open, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folders of a drop, all on one file system, so that a file moves between them in one step. */
export interface DropDirectories {
  /** Where the other system puts its files. */
  readonly incoming: string;
  /** The one file of each feed that is being read: nobody else writes here. */
  readonly reading: string;
  readonly archive: string;
  readonly reject: string;
  /** Makes the folders that are missing, but never `in`: where that is missing the share is not there, and nothing must look empty. */
  prepare(): Promise<void>;
  /** Moves a file that was read to its end to the archive of that day; nothing happens when it is gone already. */
  toArchive(path: string, name: string, day: string): Promise<void>;
  /** Moves a file that cannot be read to the rejects, with a text beside it that says why. */
  toReject(path: string, name: string, reason: string): Promise<void>;
  /** Puts a text, which `write` gives piece by piece, among the rejects. It is there whole or not at all. */
  addReject(name: string, pieces: AsyncIterable<string>): Promise<void>;
}

export function createDropDirectories(root: string): DropDirectories {
  const directories = {
    incoming: join(root, 'in'),
    reading: join(root, 'reading'),
    archive: join(root, 'archive'),
    reject: join(root, 'reject'),
  };

  return {
    ...directories,
    async prepare() {
      await access(directories.incoming);
      for (const directory of [directories.reading, directories.archive, directories.reject])
        await mkdir(directory, { recursive: true });
    },
    async toArchive(path, name, day) {
      const directory = join(directories.archive, day);
      await mkdir(directory, { recursive: true });
      await ifThere(async () => rename(path, await freePlace(directory, name, path)));
    },
    async toReject(path, name, reason) {
      await ifThere(async () => {
        const place = await freePlace(directories.reject, name, path);
        await writeFile(`${place}.reason.txt`, `${reason}\n`);
        await rename(path, place);
      });
    },
    async addReject(name, pieces) {
      // Always the same name: what a crash leaves is written over by the next try.
      const draft = join(directories.reading, `.${name}.draft`);
      try {
        await writeSynced(draft, pieces);
        await rename(draft, await freePlace(directories.reject, name, draft));
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
}

/** The SHA-256 of what a file holds or, of a link, of where it points: a link is never followed. */
export async function contentHash(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const found = await lstat(path);
  if (found.isSymbolicLink()) return hash.update(await readlink(path)).digest('hex');
  if (!found.isFile()) return hash.update(String(found.ino)).digest('hex');
  const bytes: AsyncIterable<Buffer> = createReadStream(path, signal === undefined ? {} : { signal });
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}

/** Whether an error says that a file is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Where a file can go without covering another. One with the same content may be covered: that is the same move, begun before a crash.
 */
async function freePlace(directory: string, name: string, path: string): Promise<string> {
  const plain = join(directory, name);
  const taken = await contentHash(plain).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (taken === undefined) return plain;
  const hash = await contentHash(path);
  if (taken === hash) return plain;
  const [, stem = name, ending = ''] = /^(.*?)((?:\.csv)?(?:\.gz)?)$/.exec(name) ?? [];
  return join(directory, `${stem}.${hash.slice(0, 12)}${ending}`);
}

/** Another process, or this one before a crash, may have moved the file: then the work is done. */
async function ifThere(move: () => Promise<void>): Promise<void> {
  try {
    await move();
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

async function writeSynced(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const file = await open(path, 'w');
  try {
    for await (const piece of pieces) await file.write(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}
