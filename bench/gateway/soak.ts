import { contenderPlans, startContender } from './contenders.ts';
import { createLoad } from './load.ts';

const MEBIBYTE = 1024 * 1024;

/** Keeps ours under moderate load and prints its memory once a minute, garbage collected. What grows from minute to minute leaks. */
export async function soak(options: { originUrl: string; seconds: number; users: number }): Promise<void> {
  const plan = contenderPlans(options.originUrl, '').find(({ key }) => key === 'own');
  if (plan === undefined) throw new Error('ours is not among the contenders');
  const contender = await startContender(plan);
  const load = createLoad(contender, options.users);
  try {
    await load.checkAnswers();
    console.log(
      '| minute | requests/s | RSS MiB | heap MiB after collection |\n| ---: | ---: | ---: | ---: |',
    );
    for (let minute = 1; (minute - 1) * 60 < options.seconds; minute += 1) {
      const { requests, seconds } = await load.run(Math.min(60, options.seconds - (minute - 1) * 60), 50);
      const { rssBytes, heapBytes } = await contender.collected();
      const cells = [
        minute,
        (requests / seconds).toFixed(0),
        (rssBytes / MEBIBYTE).toFixed(0),
        (heapBytes / MEBIBYTE).toFixed(1),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  } finally {
    await load.stop();
    await contender.stop();
  }
}
