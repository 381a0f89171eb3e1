import { parseArgs } from 'node:util';
import { killRounds } from './kill-rounds.ts';

/** `npm run test:kill -- --seeds 200 --seed 1`: kills a process that claims, allocates, picks, ships, hands over, gives back and refills stock that often. */
const { values } = parseArgs({ options: { seeds: { type: 'string' }, seed: { type: 'string' } } });
const rounds = Number(values.seeds ?? 200);
const firstSeed = Number(values.seed ?? Date.now() % 1_000_000);

console.log(`seeds ${firstSeed} to ${firstSeed + rounds - 1}`);
const { struck, positions, waited, answered } = await killRounds({
  firstSeed,
  rounds,
  onRound(seed, report) {
    if (report.rounds % 10 === 0)
      console.log(`seed ${seed}: ${report.rounds} rounds, the balance held at ${report.positions} positions`);
  },
});
const where = [...struck].toSorted(([, left], [, right]) => right - left);
console.log(`struck ${where.map(([command, times]) => `${command}: ${times}`).join(', ')}`);
console.log(
  `no unit lost or doubled in ${rounds} rounds: the balance held at ${positions} positions of the ledger, ${waited} units sold ahead came to those who waited, ${answered} claims answered before the blow were there after it`,
);
