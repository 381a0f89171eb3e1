import { describe, expect, it } from 'vitest';
import { killRounds } from './processes/kill-rounds.ts';

describe('a process killed between any two steps of claiming, allocating, releasing and expiring', () => {
  it('loses no unit and doubles none: what it had begun is finished once by the next', async () => {
    // A slice of three; `npm run test:kill -- --seeds 200` strikes at every step.
    const { rounds, positions } = await killRounds({ firstSeed: Date.now() % 1_000_000, rounds: 3 });
    expect(rounds).toBe(3);
    expect(positions).toBeGreaterThan(10);
  }, 90_000);
});
