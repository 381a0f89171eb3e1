import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Ownership, ownershipSchema } from '../connectors/ownership.ts';

export const OWNERSHIP_FILE = new URL('../ownership.yaml', import.meta.url);

/** Reads which system owns what. Throws, naming the entry, when the file says something it cannot say. */
export function readOwnership(): Ownership {
  const { data, error } = ownershipSchema.safeParse(parse(readFileSync(OWNERSHIP_FILE, 'utf8')));
  if (data !== undefined) return data;
  const problems = error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`ownership.yaml:\n${problems.join('\n')}`);
}
