import { expect, it } from 'vitest';
import { differencesOf, type Figures } from './compare.ts';

const ours: Figures = { number: 'SO-1', currencyCode: 'EUR', total: '12.50', canceled: false };

it('given both sides tell the same, amounts compared as numbers, then nothing differs', () => {
  expect(differencesOf(ours, { ...ours, total: '12.5' })).toEqual([]);
});

it('given a side that does not tell a figure, then it is not compared', () => {
  expect(differencesOf(ours, { number: null, currencyCode: null, total: null, canceled: null })).toEqual([]);
});

it('given figures that differ, then each is named with both sides', () => {
  expect(
    differencesOf(ours, { number: 'SO-2', currencyCode: 'EUR', total: '12.51', canceled: true }),
  ).toEqual([
    { field: 'number', ours: 'SO-1', theirs: 'SO-2' },
    { field: 'total', ours: '12.50', theirs: '12.51' },
    { field: 'canceled', ours: 'false', theirs: 'true' },
  ]);
});

it('given figures that only some documents have, then they are compared where both sides tell them, amounts as numbers', () => {
  const taken = { ...ours, state: 'CAPTURED', captured: '12.50', refunded: '0.00' };
  expect(differencesOf(taken, { ...ours, state: 'CAPTURED', captured: '12.5', refunded: '0' })).toEqual([]);
  expect(differencesOf(taken, { ...ours, state: 'REFUNDED', captured: '12.5', refunded: '12.5' })).toEqual([
    { field: 'state', ours: 'CAPTURED', theirs: 'REFUNDED' },
    { field: 'refunded', ours: '0.00', theirs: '12.5' },
  ]);
  expect(differencesOf(taken, ours)).toEqual([]);
});
