import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import type { Followed } from './follow.ts';

/**
 * Runs a subscription as graphql's own `subscribe` does, and tells beside each event what belongs to it: `extensions.cursor`, for one.
 * To somebody who understands cursors it says first, without data, where the stream begins.
 */
export async function subscribeWithCursors(
  args: ExecutionArgs,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();
  const followed = isFollowed(source) ? source : undefined;
  let opening = followed?.opening;

  const results: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]: () => results,
    async next() {
      if (opening !== undefined) {
        const value = { data: null, extensions: { ...opening } };
        opening = undefined;
        return { done: false, value };
      }
      const step = await events.next();
      if (step.done === true) return { done: true, value: undefined };
      // Read before the fields are, for it is of the event handed out last.
      const extensions = followed?.latest;
      const result = await execute({ ...args, rootValue: step.value });
      return {
        done: false,
        value:
          extensions === undefined
            ? result
            : { ...result, extensions: { ...result.extensions, ...extensions } },
      };
    },
    async return() {
      await events.return?.();
      return { done: true, value: undefined };
    },
    async throw(error: unknown) {
      await events.throw?.(error);
      return { done: true, value: undefined };
    },
  };
  return results;
}

function isFollowed(source: object): source is Followed<unknown> {
  return 'latest' in source;
}

/** What a subscribe message's extensions say of cursors, as a caller's `resume`. */
export function resumeOf(extensions: unknown): { readonly resume?: { readonly from: string | null } } {
  if (typeof extensions !== 'object' || extensions === null || !('resumeFrom' in extensions)) return {};
  const { resumeFrom } = extensions;
  return { resume: { from: typeof resumeFrom === 'string' ? resumeFrom : null } };
}
