import { expect, it } from 'vitest';
import { TestClock } from './clock.ts';
import { createRepeating } from './repeating.ts';
import { silentLogger } from './telemetry/logger.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function given(answers: readonly ('again' | 'fail' | undefined)[], restsFirst = false) {
  const clock = new TestClock();
  const left = [...answers];
  const state = { turns: 0 };
  const repeating = createRepeating({
    name: 'sweep',
    everyMs: 1_000,
    clock,
    logger: silentLogger,
    failure: 'it could not be swept',
    restsFirst,
    async turn() {
      state.turns += 1;
      const answer = left.shift();
      if (answer === 'fail') throw new Error('no broom');
      return answer;
    },
  });
  return { clock, state, repeating };
}

it('given there is more to do, then the next turn comes at once, else after a rest', async () => {
  const { clock, state, repeating } = given(['again', 'again', undefined]);
  await repeating.start();
  await settled();
  expect(state.turns).toBe(3);
  clock.advance(999);
  await settled();
  expect(state.turns).toBe(3);
  clock.advance(1);
  await settled();
  expect(state.turns).toBe(4);
  await repeating.stop();
});

it('given a turn fails, then it says so, stays ready and goes on', async () => {
  const { clock, state, repeating } = given(['fail', undefined]);
  await repeating.start();
  await settled();
  expect(repeating.health()).toEqual({ ready: true, detail: 'no broom' });
  clock.advance(1_000);
  await settled();
  expect(state.turns).toBe(2);
  expect(repeating.health()).toEqual({ ready: true });
  await repeating.stop();
});

it('given it rests first, then nothing is done before; stopped, nothing is done after', async () => {
  const { clock, state, repeating } = given([], true);
  await repeating.start();
  await settled();
  expect(state.turns).toBe(0);
  clock.advance(1_000);
  await settled();
  expect(state.turns).toBe(1);
  await repeating.stop();
  clock.advance(5_000);
  await settled();
  expect(state.turns).toBe(1);
});
