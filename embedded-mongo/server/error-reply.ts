import { CommandError } from '../errors.ts';
import type { Doc } from '../values/kinds.ts';

/** Codes after which the same write may be sent again: the server was going away or did not get around to it. */
const retryable: ReadonlySet<number> = new Set([
  6, 7, 89, 91, 134, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436,
]);
/** Codes after which a change stream may be opened again where it was. */
const resumable: ReadonlySet<number> = new Set([...retryable, 43, 63, 133, 150, 234, 13_388]);
const transient: ReadonlySet<number> = new Set([24, 112, 246, 251, 267]);

/** The reply for a failed command, with the labels that make drivers try again where that may help. */
export function errorReply(error: unknown, command: Doc): Doc {
  const known =
    error instanceof CommandError
      ? error
      : new CommandError('InternalError', error instanceof Error ? error.message : String(error));
  const labels = [
    ...new Set([...known.labels, ...(known.ownLabelsOnly ? [] : labelsFor(known.code, command))]),
  ];
  return {
    ok: 0,
    errmsg: known.message,
    code: known.code,
    codeName: known.codeName,
    ...known.fields,
    ...(labels.length > 0 ? { errorLabels: labels } : {}),
  };
}

/** The labels MongoDB gives an error of this command. */
export function labelsFor(code: number, command: Doc): string[] {
  const name = Object.keys(command)[0] ?? '';
  const transacted = command.autocommit === false;
  const ends = name === 'commitTransaction' || name === 'abortTransaction';
  const labels: string[] = [];
  const maybeTransient = transient.has(code) || (retryable.has(code) && !ends);
  if (transacted && maybeTransient && name !== 'abortTransaction') labels.push('TransientTransactionError');
  if (retryable.has(code) && command.txnNumber !== undefined && (!transacted || ends))
    labels.push('RetryableWriteError');
  if (resumable.has(code) && (name === 'getMore' || name === 'aggregate'))
    labels.push('ResumableChangeStreamError');
  return labels;
}
