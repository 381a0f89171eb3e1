import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crashRounds } from './crash-rounds.ts';

/** `npm run test:crash -- --rounds 200 --seed 7`: kills a working store that often. The seed is printed for the next time. */
const { values } = parseArgs({ options: { rounds: { type: 'string' }, seed: { type: 'string' } } });
const rounds = Number(values.rounds ?? 200);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const directory = mkdtempSync(join(tmpdir(), 'embedded-mongo-crash-'));

console.log(`${rounds} rounds, seed ${seed}`);
try {
  const report = await crashRounds({
    directory,
    rounds,
    seed,
    onRound(round, { acknowledged, events, transactions, unacknowledged }) {
      if (round % 10 === 0)
        console.log(
          `round ${round}: ${acknowledged} documents and ${transactions} transactions acknowledged, ${events} changes told of once and in order; ${unacknowledged} more were kept without an answer`,
        );
    },
  });
  console.log(`nothing lost, torn, repeated or out of order: ${JSON.stringify(report)}`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
