import { client } from '../kit/client.ts';
import { variant } from './erp-records.ts';

/** What was true, and from when: between `sentAt` and `doneAt` of a change both the old and the new value are. */
export interface Truth {
  readonly value: number;
  readonly sentAt: number;
  readonly doneAt: number;
}

export interface Answered {
  readonly value: number;
  readonly basis: string;
  readonly asOf: number;
  readonly stalenessMs: number;
  readonly askedAt: number;
}

/** Asks a process about one article, over and over, until `stop`; keeps each answer. */
export function watch(url: string, sku: string) {
  const graph = client(url, 'staff');
  const answers: Answered[] = [];
  const errors: unknown[] = [];
  let isStopped = false;
  const done = (async () => {
    while (!isStopped) {
      const askedAt = Date.now();
      const { data, errors: failed } = await graph.ask<{ availability: AvailabilityAnswer[] }>(
        `query ($variantIds: [ID!]!) { availability(variantIds: $variantIds, channelId: "web") {
          availableToPromise { value } freshness { basis asOf stalenessMs } } }`,
        { variantIds: [variant(sku)] },
      );
      const [answer] = data?.availability ?? [];
      if (answer === undefined) errors.push(failed);
      else
        answers.push({
          value: Number(answer.availableToPromise.value),
          basis: answer.freshness.basis,
          asOf: Date.parse(answer.freshness.asOf),
          stalenessMs: answer.freshness.stalenessMs,
          askedAt,
        });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  return {
    answers,
    errors,
    /** The answers given from now on. */
    from: () => {
      const index = answers.length;
      return () => answers.slice(index);
    },
    async stop() {
      isStopped = true;
      await done;
    },
  };
}

interface AvailabilityAnswer {
  readonly availableToPromise: { readonly value: string };
  readonly freshness: { readonly basis: string; readonly asOf: string; readonly stalenessMs: number };
}

/**
 * The answers that lie: a value that had ended to be true before the moment it is said to be of; or one that was over for longer than
 * the bound when it was asked for, and is not called a FALLBACK.
 */
export function lies(answers: readonly Answered[], truths: readonly Truth[], boundMs: number): Answered[] {
  const endOf = new Map(truths.map(({ value }, index) => [value, truths[index + 1]?.doneAt ?? Infinity]));
  return answers.filter(({ value, basis, asOf, askedAt }) => {
    const end = endOf.get(value) ?? -Infinity;
    return asOf > end || (basis !== 'FALLBACK' && askedAt - boundMs > end);
  });
}
