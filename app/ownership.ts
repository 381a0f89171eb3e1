import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type Ownership, ownershipSchema } from '../connectors/ownership.ts';

/** The file that comes with the app: who owns what in the shop of `npm start`. */
const OWN_FILE = fileURLToPath(new URL('../ownership.yaml', import.meta.url));

/** Reads which system owns what. Throws, naming the file and the entry, when it says something it cannot say. */
export function readOwnership(file: string = OWN_FILE): Ownership {
  const { data, error } = ownershipSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (data !== undefined) return data;
  const problems = error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`${file}:\n${problems.join('\n')}`);
}
