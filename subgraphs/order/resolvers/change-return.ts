import type { ClientSession } from 'mongoose';
import { accepted, type Decision, GraphError, refused, userError } from '../../../platform/errors.ts';
import type { IntentOutcome } from '../../../platform/idempotency/idempotency.ts';
import type { Context } from '../context.ts';
import type { OrderUserErrorValue } from '../domain/price-lines.ts';
import type { Return } from '../domain/return.ts';
import { handlesReturns, maySeeReturn } from '../domain/return-access.ts';
import type { Room } from '../room.ts';

/** What is kept of an intent about a return. */
export interface KeptReturn {
  readonly returnId: string;
  readonly operationId: string | null;
}

export interface ReturnChange {
  readonly mutation: string;
  readonly input: { readonly idempotencyKey: string; readonly id: string };
  /** The return as it should be; pure. */
  decide(goods: Return): Decision<Return>;
  /** What else is written with it; answers the operation that tells the ERP, if any. */
  write?(session: ClientSession, after: Return): Promise<string | null>;
}

/** One change of one return by staff, once per intent: read, decide, write, all in one transaction. */
export function changeReturn(
  room: Room,
  { caller }: Context,
  change: ReturnChange,
): Promise<IntentOutcome<KeptReturn>> {
  const { input, mutation } = change;
  const intent = { identity: caller.identity, mutation, key: input.idempotencyKey, input };
  return room.idempotency.once<KeptReturn>(intent, async (session) => {
    if (!handlesReturns(caller.identity)) return refused(forbidden());
    const before = await room.returns.find(session, input.id);
    if (before === null || !maySeeReturn(caller.identity, before))
      return refused(
        userError('RETURN_UNKNOWN', `There is no return ${input.id}.`, { field: ['input', 'id'] }),
      );
    const decision = change.decide(before);
    if (!decision.ok) return decision;
    const after = decision.value;
    if (!(await room.returns.replace(session, before, after))) throw changedMeanwhile(`return ${before._id}`);
    const operationId = (await change.write?.(session, after)) ?? null;
    return accepted({ returnId: after._id, operationId });
  });
}

/** The answer to a change of a return, read back as it stands now. */
export async function returnPayload({ loaders }: Context, outcome: IntentOutcome<KeptReturn>) {
  if (!outcome.done) return refusedReturn(outcome.errors);
  const { returnId, operationId } = outcome.value;
  const goods = await loaders.returnById.clear(returnId).load(returnId);
  if (goods === null)
    throw new GraphError('INTERNAL_SERVER_ERROR', `return ${returnId} was written and is gone`);
  return {
    return: goods,
    operation: operationId === null ? null : { __typename: 'Operation' as const, id: operationId },
    replayed: outcome.replayed,
    userErrors: [],
  };
}

export function refusedReturn(errors: readonly OrderUserErrorValue[]) {
  return { return: null, operation: null, replayed: false, userErrors: [...errors] };
}

/** The store runs a transaction again when another got in its way; a version that moved within one is no such case but a broken store. */
export function changedMeanwhile(what: string): GraphError {
  return new GraphError('INTERNAL_SERVER_ERROR', `${what} changed within a transaction that had read it`);
}

function forbidden() {
  return userError('FORBIDDEN', 'Only a caller with the scope order:write may do this.', {
    field: ['input', 'id'],
  });
}
