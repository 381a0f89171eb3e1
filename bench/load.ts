import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';

export interface Slice {
  readonly requests: number;
  readonly seconds: number;
  readonly latenciesMs: readonly number[];
  /** Answers with errors or without data; a benchmark with any of them says nothing. */
  readonly failures: number;
}

/** One user's next piece of work: asks until it is done, and answers whether it went well. */
export type Work = (post: (body: unknown) => Promise<unknown>) => Promise<boolean>;

/** Keeps `users` busy with `work` for `seconds`, each starting the next piece when the last is done. */
export async function load(options: {
  url: string;
  token: string;
  users: number;
  seconds: number;
  work: Work;
}): Promise<Slice> {
  const url = new URL('/graphql', options.url);
  const pool = new Pool(url.origin, { connections: options.users });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${options.token}` };
  const post = async (body: unknown) => {
    const response = await pool.request({
      method: 'POST',
      path: url.pathname,
      headers,
      body: JSON.stringify(body),
    });
    return response.body.json();
  };
  const latenciesMs: number[] = [];
  let failures = 0;
  const began = performance.now();
  const until = began + options.seconds * 1000;
  const user = async () => {
    while (performance.now() < until) {
      const sent = performance.now();
      const good = await options.work(post).catch(() => false);
      latenciesMs.push(performance.now() - sent);
      if (!good) failures += 1;
    }
  };
  await Promise.all(Array.from({ length: options.users }, user));
  await pool.close();
  return { requests: latenciesMs.length, seconds: (performance.now() - began) / 1000, latenciesMs, failures };
}

export interface Figures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly requests: number;
  readonly failures: number;
}

export function figuresOf(slices: readonly Slice[]): Figures {
  const sorted = slices.flatMap((slice) => slice.latenciesMs).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    perSecond: median(slices.map((slice) => slice.requests / slice.seconds)),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    requests: sorted.length,
    failures: slices.reduce((sum, slice) => sum + slice.failures, 0),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
