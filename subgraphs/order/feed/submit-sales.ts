import { userError } from '../../../platform/errors.ts';
import { intentScope } from '../../../platform/idempotency/idempotency.ts';
import type { Caller } from '../../../platform/identity/identity.ts';
import {
  batchErrors,
  inSale,
  type OfflineSaleInput,
  type SubmitOfflineSalesInput,
  ticketErrors,
} from '../domain/offline-sale.ts';
import type { Order } from '../domain/order.ts';
import type { OrderUserErrorValue } from '../domain/price-lines.ts';
import { ticketOrderId } from '../domain/till-ticket.ts';
import type { Room } from '../room.ts';
import { inTime } from './in-time.ts';
import { judgeSubmitted, type Outcome, type Submitted } from './judge-submitted.ts';
import { unavailable } from './place.ts';
import { recordSale } from './record-sale.ts';
import { askShop, type Shop } from './sale-context.ts';

/** What became of each sale of a batch. */
export interface SubmittedSales {
  /** In the order of the sales. */
  readonly acceptedIds: readonly string[];
  readonly duplicates: readonly string[];
  readonly errors: readonly OrderUserErrorValue[];
}

/**
 * Makes an order of each sale that is not one yet, sale by sale: what happened to those before a crash stands, and the batch sent again
 * goes on behind them. Sales with the same number take turns, whatever batch or process brings them.
 */
export async function submitSales(
  room: Room,
  input: SubmitOfflineSalesInput,
  caller: Caller,
): Promise<SubmittedSales> {
  const wrong = batchErrors(input, caller.identity);
  if (wrong.length > 0) return { acceptedIds: [], duplicates: [], errors: wrong };
  const outcomes = new Map<number, Outcome>();
  const good: Submitted[] = [];
  for (const [index, sale] of input.sales.entries()) {
    const errors = ticketErrors(sale, index);
    if (errors.length > 0) outcomes.set(index, { kind: 'REFUSED', errors });
    else good.push(submittedSale(input, caller, sale, index));
  }
  const found = await room.orders.byIds(good.map(({ orderId }) => orderId));
  const standing = new Map(found.map((order) => [order._id, order]));
  const fresh = good.filter(({ orderId }) => !standing.has(orderId));
  const shop = await askShop(room, input, fresh, caller);
  const turns = [...Map.groupBy(good, ({ orderId }) => orderId)];
  await inTime(room, caller, turns, async ([orderId, turn]) => {
    const order = standing.get(orderId) ?? null;
    for (const [index, outcome] of await takeTurn(room, turn, order, shop, caller))
      outcomes.set(index, outcome);
  });
  return sumUp(input, good, outcomes);
}

function submittedSale(
  input: SubmitOfflineSalesInput,
  { identity }: Caller,
  sale: OfflineSaleInput,
  index: number,
): Submitted {
  const { locationId, registerId, idempotencyKey } = input;
  const ticket = {
    locationId,
    registerId,
    transactionId: sale.registerTransactionId,
    paymentIds: sale.paymentIds,
    intent: `${intentScope(identity)}/${idempotencyKey}`,
  };
  return { index, sale, orderId: ticketOrderId(ticket), ticket };
}

/** The sales of one number, one after the other: the first may become an order, the others are held against it. */
async function takeTurn(
  room: Room,
  turn: readonly Submitted[],
  standing: Order | null,
  shop: Shop,
  caller: Caller,
): Promise<Map<number, Outcome>> {
  const outcomes = new Map<number, Outcome>();
  for (const submitted of turn) {
    const outcome =
      standing === null
        ? await takeOne(room, submitted, shop, caller)
        : await judgeSubmitted(room, submitted, standing, caller);
    const before = [...outcomes.values()].some(({ kind }) => kind === 'RECORDED');
    outcomes.set(submitted.index, outcome.kind === 'RECORDED' && before ? { kind: 'DUPLICATE' } : outcome);
  }
  return outcomes;
}

/** A sale that no order stood for when the batch came: it becomes one, unless somebody else was faster. */
async function takeOne(room: Room, submitted: Submitted, shop: Shop, caller: Caller): Promise<Outcome> {
  const { orderId, index } = submitted;
  const judge = async () => {
    const [order] = await room.orders.byIds([orderId]);
    return order === undefined ? null : judgeSubmitted(room, submitted, order, caller);
  };
  const attempt = async (): Promise<Outcome> => {
    const known = await judge();
    if (known !== null) return known;
    const context = shop.of(submitted.sale);
    if (!context.ok) return { kind: 'REFUSED', errors: context.errors.map((error) => atSale(error, index)) };
    const recorded = await recordSale(room, { ...submitted, ...context.value }, caller);
    if (!recorded.ok) return { kind: 'REFUSED', errors: recorded.errors };
    return recorded.value ? { kind: 'RECORDED' } : ((await judge()) ?? stillRunning(index));
  };
  const silent = (error: unknown): Outcome => ({
    kind: 'REFUSED',
    errors: [inSale(unavailable(error), index)],
  });
  const outcome = await room.attempts
    .alone(orderId, room.newId(), caller.deadlineMs, attempt, judge)
    .catch(silent);
  return outcome ?? stillRunning(index);
}

function stillRunning(index: number): Outcome {
  const error = userError('STILL_RUNNING', 'The same sale is being recorded. Send it again.', {
    retryable: true,
  });
  return { kind: 'REFUSED', errors: [inSale(error, index)] };
}

/** What is wrong with the request as a whole keeps its own field. */
function atSale(error: OrderUserErrorValue, index: number): OrderUserErrorValue {
  return error.field === null ? inSale(error, index) : error;
}

function sumUp(
  { sales }: SubmitOfflineSalesInput,
  good: readonly Submitted[],
  outcomes: ReadonlyMap<number, Outcome>,
): SubmittedSales {
  const inOrder = sales.map((_, index) => outcomes.get(index) ?? stillRunning(index));
  const errors = inOrder.flatMap((outcome) => (outcome.kind === 'REFUSED' ? outcome.errors : []));
  const having = (kind: Outcome['kind']) => good.filter(({ index }) => outcomes.get(index)?.kind === kind);
  return {
    acceptedIds: having('RECORDED').map(({ orderId }) => orderId),
    duplicates: [...new Set(having('DUPLICATE').map(({ ticket }) => ticket.transactionId))],
    // One reason that all sales share, such as a channel that is missing, is told once.
    errors: [...new Map(errors.map((error) => [`${error.code} ${error.field?.join('.')}`, error])).values()],
  };
}
