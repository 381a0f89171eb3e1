import { GraphError } from '../../../platform/errors.ts';
import type { IntentOutcome } from '../../../platform/idempotency/idempotency.ts';
import type { Context } from '../context.ts';
import type { Order } from '../domain/order.ts';
import type { OrderUserErrorValue } from '../domain/price-lines.ts';

/** What is kept of an intent about an order. */
export interface KeptOrder {
  readonly orderId: string;
  readonly operationId: string | null;
}

/** The answer to a change of an order, read back as it stands now. */
export async function orderPayload(context: Context, outcome: IntentOutcome<KeptOrder>) {
  if (!outcome.done)
    return {
      order: null,
      operation: null,
      replayed: false,
      userErrors: [...outcome.errors] as OrderUserErrorValue[],
    };
  const { orderId, operationId } = outcome.value;
  return {
    order: await writtenOrder(context, orderId),
    operation: operationId === null ? null : { __typename: 'Operation' as const, id: operationId },
    replayed: outcome.replayed,
    userErrors: [],
  };
}

/** An order that was just written, past anything this request has loaded before. */
export async function writtenOrder({ loaders }: Context, orderId: string): Promise<Order> {
  const order = await loaders.orderById.clear(orderId).load(orderId);
  if (order === null)
    throw new GraphError('INTERNAL_SERVER_ERROR', `order ${orderId} was written and is gone`);
  return order;
}
