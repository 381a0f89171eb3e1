import { z } from 'zod';

/** How far a feed's files were read. Everything before `file` is done with. */
export interface FileCursor {
  file: string;
  sizeBytes: number;
  modifiedMs: number;
  /** The last line that was given on; 0 for none. */
  line: number;
  /** Fingerprint of all lines up to `line`: a file that was replaced is told from one that has grown. */
  fingerprint: string;
  /** Whether the file was read to its end as it stood then. */
  complete: boolean;
}

export const START: FileCursor = {
  file: '',
  sizeBytes: 0,
  modifiedMs: 0,
  line: 0,
  fingerprint: '',
  complete: true,
};

const schema = z.tuple([z.string(), z.number(), z.number(), z.number().int(), z.string(), z.boolean()]);

export function formatCursor(cursor: FileCursor): string {
  const { file, sizeBytes, modifiedMs, line, fingerprint, complete } = cursor;
  return JSON.stringify([file, sizeBytes, modifiedMs, line, fingerprint, complete]);
}

/** Null when the text is no cursor of ours. */
export function parseCursor(text: string): FileCursor | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const [file, sizeBytes, modifiedMs, line, fingerprint, complete] = parsed.data;
  return { file, sizeBytes, modifiedMs, line, fingerprint, complete };
}
