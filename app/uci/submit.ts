import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import { type Decision, refused, userError } from '../../platform/errors.ts';
import type { GraphClient } from './graph-client.ts';
import { Interrupted } from './graph-client.ts';

/** What every payload of the graph carries beside its own fields. */
interface Payload {
  readonly userErrors: readonly z.infer<typeof userErrorSchema>[];
}

export const userErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  field: z.array(z.string()).nullable(),
  retryable: z.boolean(),
});

/** The selection that goes with `userErrorSchema`. */
export const USER_ERRORS = 'userErrors { code message field retryable }';

export type Submit = <T extends Payload>(
  /** A mutation of one field named `payload` with one variable, `$input`. */
  mutation: string,
  input: Record<string, unknown>,
  payload: z.ZodType<T>,
) => Promise<Decision<T>>;

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
/** About half a minute of pauses: longer than a payment stays in doubt. */
const MAX_ATTEMPTS = 10;

/** Goods that are not there do not come in while we wait, although the graph rightly says that it may be asked again. */
function passesSoon({ code, retryable }: z.infer<typeof userErrorSchema>): boolean {
  return retryable && code !== 'INSUFFICIENT_STOCK';
}

/**
 * Submits mutations. What the graph says may succeed later (a service that is away, a payment in doubt) is sent again unchanged, with
 * the same idempotency key, a bounded number of times.
 */
export function createSubmit(options: { client: GraphClient; clock: Clock; signal: AbortSignal }): Submit {
  const { client, clock, signal } = options;
  return async <T extends Payload>(
    mutation: string,
    input: Record<string, unknown>,
    payload: z.ZodType<T>,
  ): Promise<Decision<T>> => {
    let pauseMs = FIRST_PAUSE_MS;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await client.ask(mutation, { input }, z.object({ payload }));
      if (!answer.ok) return answer;
      const { userErrors } = answer.value.payload;
      const [first] = userErrors;
      if (first === undefined) return { ok: true, value: answer.value.payload };
      if (attempt >= MAX_ATTEMPTS || !userErrors.every(passesSoon)) {
        const more = userErrors.length > 1 ? ` (and ${userErrors.length - 1} more)` : '';
        return refused(
          userError(first.code, `${first.message}${more}`, {
            field: first.field ?? [],
            retryable: first.retryable,
          }),
        );
      }
      await clock.delay(pauseMs, signal);
      if (signal.aborted) throw new Interrupted();
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  };
}
