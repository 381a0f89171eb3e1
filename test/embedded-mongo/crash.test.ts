import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { crashRounds } from './crash-rounds.ts';

/** A slice of `npm run test:crash`, which does this 200 times. */
const rounds = 3;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

let directory: string | undefined;
afterEach(() => {
  if (directory) rmSync(directory, { recursive: true, force: true });
});

test(`what was acknowledged survives a killed process (seed ${seed})`, async () => {
  directory = mkdtempSync(join(tmpdir(), 'embedded-mongo-crash-'));
  const { acknowledged, events } = await crashRounds({ directory, rounds, seed });
  expect(acknowledged).toBeGreaterThan(rounds);
  expect(events).toBeGreaterThanOrEqual(acknowledged);
}, 60_000);
