import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSeed } from './one-seed.ts';
import { startWorld } from './world.ts';

/** The long run is `npm run test:saga`; each time this test runs it takes another seed, and names it when it fails. */
describe('a process that is killed between a request and its acknowledgement', () => {
  let started: Awaited<ReturnType<typeof startWorld>>;
  beforeAll(async () => {
    started = await startWorld();
  });
  afterAll(() => started.stop());

  it('loses nothing, keeps the order within an aggregate, and makes one document an intent', async () => {
    const seed = 1_000 + Math.floor(Math.random() * 1_000_000);
    const { deaths, problems } = await runSeed(seed, started.world);
    expect(problems, `npm run test:saga -- --seeds 1 --seed ${seed}: ${deaths.join('; ')}`).toEqual([]);
  }, 120_000);
});
