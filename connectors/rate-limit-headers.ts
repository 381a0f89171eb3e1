import type { CallBudget } from '../platform/outbox/call-budget.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The budget in the headers `RateLimit` and `RateLimit-Policy` of the IETF's draft for HTTP: `"calls";r=13` left of `"calls";q=20;w=1`, 20 in
 * a second. Of several policies the first one that the system gives a remainder for. Null: nothing that can be read.
 */
export function budgetOfRateLimitHeaders(headers: Headers): CallBudget | null {
  const [name, remaining] = itemsOf(headers['ratelimit']).flatMap(({ name: of, r }) =>
    r === undefined ? [] : [of, r],
  );
  const policy = itemsOf(headers['ratelimit-policy']).find((item) => item.name === name);
  if (typeof remaining !== 'number' || policy?.q === undefined) return null;
  const restoresPerSecond = policy.q / (policy.w ?? 1);
  return restoresPerSecond > 0 && Number.isFinite(restoresPerSecond)
    ? { remaining, limit: policy.q, restoresPerSecond }
    : null;
}

interface Item {
  readonly name: string;
  readonly q?: number;
  readonly w?: number;
  readonly r?: number;
}

function itemsOf(header: string | string[] | undefined): Item[] {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  return text.split(',').map((item) => {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim());
    const numbers = parameters.flatMap((parameter) => {
      const [, key, value] = /^([qwr])=(\d{1,9})$/.exec(parameter) ?? [];
      return key === undefined ? [] : [[key, Number(value)]];
    });
    return { name, ...Object.fromEntries(numbers) };
  });
}
