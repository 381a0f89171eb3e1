import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The sandbox's own signing secret, kept in the data directory so that tokens outlive a restart. */
export async function sandboxSecret(dataDirectory: string): Promise<Uint8Array> {
  const file = join(dataDirectory, 'sandbox-secret');
  await mkdir(dataDirectory, { recursive: true });
  try {
    await writeFile(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return Buffer.from(await readFile(file, 'utf8'), 'hex');
}
