import { expect, it } from 'vitest';
import { DEFAULT_PICKUP_TIMES } from '../subgraphs/order/domain/pickup-times.ts';
import { pickupTimes } from './pickup-settings.ts';
import { readSettings } from './settings.ts';

const timesOf = (environment: Record<string, string>) => pickupTimes(readSettings(environment));
const HOUR_MS = 3_600_000;

it('given nothing is set, then goods are kept as long as order keeps them by itself', () => {
  expect(timesOf({})).toEqual(DEFAULT_PICKUP_TIMES);
});

it('given days, then goods are kept and customers reminded by them', () => {
  expect(timesOf({ PICKUP_DAYS: '3', PICKUP_REMINDER_DAYS: '2,0.5' })).toEqual({
    keepForMs: 72 * HOUR_MS,
    remindBeforeMs: [48 * HOUR_MS, 12 * HOUR_MS],
  });
});

it.each([
  ['PICKUP_DAYS', '0'],
  ['PICKUP_DAYS', 'a week'],
  ['PICKUP_REMINDER_DAYS', '1,soon'],
])('given %s is %s, then it says so with an example', (name, value) => {
  expect(() => timesOf({ [name]: value })).toThrow(new RegExp(`${name}.*such as`));
});
