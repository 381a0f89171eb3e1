import { accepted } from '../../../platform/errors.ts';
import { type Intent, type IntentOutcome, keyProblem } from '../../../platform/idempotency/idempotency.ts';
import type { Context } from '../context.ts';
import type { OrderUserErrorValue } from '../domain/price-lines.ts';
import { type SubmittedSales, submitSales } from '../feed/submit-sales.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { writtenOrder } from './order-payload.ts';

type KeptSales = Pick<SubmittedSales, 'acceptedIds' | 'duplicates'>;

/**
 * What a till sold by itself. The answer is kept with the key once every sale of the batch stands; until then the same key goes on where
 * it was, and says of the sales that it recorded before that they are accepted.
 */
export function submitOfflineSales(room: Room): NonNullable<MutationResolvers['submitOfflineSales']> {
  return async (_parent, { input }, context) => {
    const { caller } = context;
    const { identity } = caller;
    const intent: Intent = { identity, mutation: 'submitOfflineSales', key: input.idempotencyKey, input };
    const wrongKey = keyProblem(intent.key);
    if (wrongKey !== null) return payload(context, { done: false, errors: [wrongKey] });
    const known = await room.idempotency.recall<KeptSales>(intent);
    if (known !== null) return payload(context, known);
    const { acceptedIds, duplicates, errors } = await submitSales(room, input, caller);
    room.integration.operations.wake('order');
    const kept = { acceptedIds, duplicates };
    if (errors.length > 0) return payload(context, { done: true, value: kept, replayed: false }, errors);
    return payload(context, await room.idempotency.once<KeptSales>(intent, async () => accepted(kept)));
  };
}

async function payload(
  context: Context,
  outcome: IntentOutcome<KeptSales>,
  errors: readonly OrderUserErrorValue[] = [],
) {
  if (!outcome.done)
    return { accepted: [], duplicates: [], replayed: false, userErrors: [...outcome.errors] };
  const { acceptedIds, duplicates } = outcome.value;
  return {
    accepted: await Promise.all(acceptedIds.map((id) => writtenOrder(context, id))),
    duplicates: [...duplicates],
    replayed: outcome.replayed,
    userErrors: [...errors],
  };
}
