import { expect, it } from 'vitest';
import { windowMs, windowText } from './service-window.ts';

it('reads days, hours and minutes, and a day when nothing is said', () => {
  expect(windowMs('PT1H')).toBe(3_600_000);
  expect(windowMs('P1DT2H30M')).toBe((26 * 60 + 30) * 60_000);
  expect(windowMs(null)).toBe(24 * 3_600_000);
  expect(windowText(windowMs('P1D'))).toBe('PT24H');
  expect(windowText(90 * 60_000)).toBe('PT1H30M');
  expect(windowText(30_000)).toBe('PT1M');
});

it('refuses anything else, and says what would be right', () => {
  for (const wrong of ['', 'P', 'PT', '1h', 'PT0M', 'P32D', 'PT1.5H', 'P1M'])
    expect(() => windowMs(wrong), wrong).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
});
