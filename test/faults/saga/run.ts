import { parseArgs } from 'node:util';
import { runSeed } from './one-seed.ts';
import { startWorld } from './world.ts';

/**
 * `npm run test:saga -- --seeds 200 --seed 1`: processes that die with SIGKILL at each of the points between a request and its
 * acknowledgement. Ends with 1 and the seeds that went wrong.
 */
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const first = Number(values.seed);
const count = Number(values.seeds);
const { world, stop } = await startWorld();
const failed: number[] = [];
const reached = new Map<string, number>();
const beganAt = Date.now();
try {
  for (let seed = first; seed < first + count; seed += 1) {
    const { deaths, problems } = await runSeed(seed, world);
    for (const death of deaths) {
      if (death.endsWith('(not reached)')) continue;
      const point = death.split(' ')[0] ?? '';
      reached.set(point, (reached.get(point) ?? 0) + 1);
    }
    if (problems.length > 0) {
      failed.push(seed);
      console.error(`seed ${seed}: ${deaths.join('; ')}\n  ${problems.join('\n  ')}`);
    }
    if ((seed - first + 1) % 20 === 0) console.error(`up to seed ${seed}, ${failed.length} failed`);
  }
} finally {
  await stop();
}
const deaths = [...reached].map(([point, times]) => `${point} ${times}`).join(', ');
console.log(
  `${count} seeds from ${first} in ${Math.round((Date.now() - beganAt) / 1_000)} s; deaths: ${deaths}; ${failed.length} failed${failed.length === 0 ? '' : `: ${failed.join(', ')}`}`,
);
if (failed.length > 0) process.exitCode = 1;
