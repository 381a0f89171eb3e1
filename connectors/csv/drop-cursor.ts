import { z } from 'zod';

/** Which file of a folder drop is being read, and how far. A cursor that comes back says that all before it was applied. */
export interface DropCursor {
  /** Empty before the first file. */
  readonly name: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** The last line that was given on; 0 for none. */
  readonly line: number;
  /** Lines given on as rejected so far. */
  readonly rejectedLines: number;
  /** Whether there is no more to read of it. */
  readonly complete: boolean;
  /** Why nothing of the file was read; null when it can be. */
  readonly refused: FileRefusal | null;
}

/** Why a whole file is not read. */
export interface FileRefusal {
  /**
   * `WRONG_HEADER`, `WRONG_ENCODING`, `TRUNCATED_GZIP`, `CORRUPT_GZIP`, `FILE_TOO_LARGE`, `FILE_TOO_OLD`, `INCOMPLETE` (its marker
   * never came), `NOT_A_FILE` (a link or a folder), `UNSAFE_NAME`.
   */
  readonly code: string;
  readonly message: string;
}

export const NO_FILE: DropCursor = {
  name: '',
  sha256: '',
  sizeBytes: 0,
  modifiedMs: 0,
  line: 0,
  rejectedLines: 0,
  complete: true,
  refused: null,
};

// A name that could lead out of the folder is none that was ever given out.
const schema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9._ -]*$/),
  sha256: z.string(),
  sizeBytes: z.number(),
  modifiedMs: z.number(),
  line: z.number().int().min(0),
  rejectedLines: z.number().int().min(0),
  complete: z.boolean(),
  refused: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
});

export function formatDropCursor(cursor: DropCursor): string {
  return JSON.stringify(cursor);
}

/** Null when the text is no cursor of a folder drop. */
export function parseDropCursor(text: string): DropCursor | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
