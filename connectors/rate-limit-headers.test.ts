import { expect, it } from 'vitest';
import { budgetOfRateLimitHeaders } from './rate-limit-headers.ts';

it('reads what is left of the policy that it is left of', () => {
  expect(
    budgetOfRateLimitHeaders({ 'ratelimit-policy': '"calls";q=20;w=2', ratelimit: '"calls";r=13;t=1' }),
  ).toEqual({ remaining: 13, limit: 20, restoresPerSecond: 10 });
  expect(
    budgetOfRateLimitHeaders({
      'ratelimit-policy': '"daily";q=1000;w=86400, "burst";q=5;w=1',
      ratelimit: '"burst";r=0',
    }),
  ).toEqual({ remaining: 0, limit: 5, restoresPerSecond: 5 });
});

it('says nothing when the system does not, or not so that it can be read', () => {
  expect(budgetOfRateLimitHeaders({})).toBeNull();
  expect(budgetOfRateLimitHeaders({ ratelimit: '"calls";r=13' })).toBeNull();
  expect(budgetOfRateLimitHeaders({ 'ratelimit-policy': '"calls";q=20;w=1' })).toBeNull();
  expect(
    budgetOfRateLimitHeaders({ 'ratelimit-policy': '"calls";q=0;w=1', ratelimit: '"calls";r=0' }),
  ).toBeNull();
  expect(
    budgetOfRateLimitHeaders({ 'ratelimit-policy': '"calls";q=9;w=0', ratelimit: '"calls";r=many' }),
  ).toBeNull();
});
