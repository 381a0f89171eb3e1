import { expect, test } from 'vitest';
import { isLocalTime, londonInstant } from './london-time.ts';

test('given a winter day, London is at UTC', () => {
  expect(londonInstant('2010-12-01 08:26:00')).toBe('2010-12-01T08:26:00.000Z');
});

test('given a summer day, London is an hour ahead of UTC', () => {
  expect(londonInstant('2011-07-01 12:00:00')).toBe('2011-07-01T11:00:00.000Z');
});

test('given the days the clocks change, the last and the first minute are told apart', () => {
  expect(londonInstant('2011-03-27 00:59:59')).toBe('2011-03-27T00:59:59.000Z');
  expect(londonInstant('2011-03-27 02:00:00')).toBe('2011-03-27T01:00:00.000Z');
  expect(londonInstant('2011-10-30 00:59:59')).toBe('2011-10-29T23:59:59.000Z');
  expect(londonInstant('2011-10-30 02:00:00')).toBe('2011-10-30T02:00:00.000Z');
});

test('given an hour that comes twice, it is the first; given one that is missing, it is the one after', () => {
  expect(londonInstant('2011-10-30 01:30:00')).toBe('2011-10-30T00:30:00.000Z');
  expect(londonInstant('2011-03-27 01:30:00')).toBe('2011-03-27T01:30:00.000Z');
});

test('given what is no time, there is no instant', () => {
  for (const text of [
    '',
    '2011-02-30 10:00:00',
    '2011-13-01 10:00:00',
    '01/12/2010 08:26',
    '2011-01-01 25:00:00',
  ])
    expect([text, isLocalTime(text), londonInstant(text)]).toEqual([text, false, null]);
});
