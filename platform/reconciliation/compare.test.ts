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
