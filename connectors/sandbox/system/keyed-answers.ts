import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { type Answer, badRequest, refusalOf, unprocessable } from './answer.ts';
import type { Storage } from './storage.ts';

/** What was decided about a request; `keep`: the same answer is given for its key from now on. */
export interface KeyedAnswer {
  readonly answer: Answer;
  readonly keep: boolean;
}

interface KeptAnswer {
  fingerprint: string;
  answer: Answer;
}

/**
 * How the stand-ins that take an Idempotency-Key use it: the same key and body get the first answer again, the same key with another body
 * 409. Requests that were never carried out (a wrong field, an unknown thing) are not kept, so that a corrected one may use the key again.
 */
export interface KeyedAnswers {
  /** Parses, replays or runs `accept` once under `key`; all in one commit. */
  once<T extends { correlationId: string }>(
    request: { key: string | undefined; path: string; body: unknown },
    schema: z.ZodType<T, unknown>,
    accept: (document: T) => KeyedAnswer,
  ): Promise<Answer>;
}

export function createKeyedAnswers(storage: Storage, system: string): KeyedAnswers {
  return {
    async once({ key, path, body }, schema, accept) {
      if (key === undefined || key === '' || key.length > 255) {
        return badRequest(
          'IDEMPOTENCY_KEY_MISSING',
          'an Idempotency-Key of at most 255 characters is needed',
        );
      }
      const { data, error } = schema.safeParse(body);
      if (error) return unprocessable(refusalOf(error));
      // The correlation id names the attempt's trace and may differ between two attempts at one thing.
      const content = JSON.stringify([path, { ...data, correlationId: '' }]);
      const fingerprint = createHash('sha256').update(content).digest('hex');
      const kept = `${system}/${key}`;
      return storage.transact(() => {
        // Only this function writes answers.
        const known = storage.answers.get(kept) as KeptAnswer | undefined;
        if (known?.fingerprint === fingerprint) {
          return { ...known.answer, headers: { 'idempotent-replayed': 'true' } };
        }
        if (known !== undefined) {
          const message = 'the idempotency key was used for another request';
          return { status: 409, body: { error: { code: 'IDEMPOTENCY_KEY_REUSED', message } } };
        }
        const { answer, keep } = accept(data);
        if (keep) storage.answers.put(kept, { fingerprint, answer } satisfies KeptAnswer);
        return answer;
      });
    },
  };
}

/** The Idempotency-Key of a request's headers; the first, should there be several. */
export function keyOf(headers: {
  readonly [name: string]: string | string[] | undefined;
}): string | undefined {
  const key = headers['idempotency-key'];
  return Array.isArray(key) ? key[0] : key;
}
