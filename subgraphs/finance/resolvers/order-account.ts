import { GraphError, userError } from '../../../platform/errors.ts';
import type { Caller } from '../../../platform/identity/identity.ts';
import { compareMoney, money, zero } from '../../../platform/money.ts';
import { decideOpening, type OrderAccount } from '../domain/order-account.ts';
import type { OrderTax } from '../domain/order-tax.ts';
import { taxToBe } from '../feed/quote-tax.ts';
import type { MutationResolvers, OpenOrderAccountInput } from '../generated.ts';
import type { Room } from '../room.ts';

/*
 * Both are harmless to repeat by what they say, not by their key: an order that was undone and is tried again asks with the same key
 * and must not be answered from memory.
 */

/** Binds payments to an order that is about to be confirmed. Opening again, also with other payments, replaces what was bound before. */
export function openOrderAccount(room: Room): NonNullable<MutationResolvers['openOrderAccount']> {
  return async (_parent, { input }, { caller }) => {
    onlyForRooms(caller);
    return { userErrors: await open(room, input, await taxToBeOf(room, input, caller)) };
  };
}

/** Lets the payments of an order go that did not come about; they may pay for another one. */
export function closeOrderAccount(room: Room): NonNullable<MutationResolvers['closeOrderAccount']> {
  return async (_parent, { input }, { caller }) => {
    onlyForRooms(caller);
    const { accounts, payments } = room.finance;
    const userErrors = await room.store.transaction(async (session) => {
      const account = await accounts.find(session, input.orderId);
      if (account === null || account.status === 'CLOSED') return [];
      if (account.confirmedAt !== null) return [standing(account)];
      await accounts.save(session, { ...account, status: 'CLOSED' });
      for (const payment of (await payments.byIds(account.paymentIds, session)).values()) {
        if (payment.orderId === account._id)
          await payments.save(session, { ...payment, orderId: null, bound: false });
      }
      return [];
    });
    return { userErrors };
  };
}

async function open(room: Room, input: OpenOrderAccountInput, tax: OrderTax | null) {
  const { accounts, payments, orderTaxes } = room.finance;
  const total = money(input.total.amount, input.total.currencyCode);
  return room.store.transaction(async (session) => {
    const known = await accounts.find(session, input.orderId);
    if (known !== null && same(known, input)) return [];
    if (known !== null && known.confirmedAt !== null) return [standing(known)];
    const ids = [...input.paymentIds, ...(known?.paymentIds ?? [])];
    const records = await payments.byIds(ids, session);
    const request = {
      orderId: input.orderId,
      customerId: input.customerId ?? null,
      total,
      paymentIds: input.paymentIds,
    };
    const decided = decideOpening(request, records);
    if (!decided.ok) return [...decided.errors];
    const account: OrderAccount = {
      _id: input.orderId,
      orderNumber: input.orderNumber,
      customerId: request.customerId,
      total,
      paymentIds: decided.value,
      status: 'OPEN',
      confirmedAt: null,
      shipped: money(zero, total.currencyCode),
      version: known?.version ?? 1,
    };
    if (known === null) await accounts.insert(session, account);
    else await accounts.save(session, account);
    if (tax !== null) await orderTaxes.put(session, tax);
    for (const payment of records.values()) {
      const wanted = decided.value.includes(payment._id);
      if (wanted && !(payment.bound && payment.orderId === input.orderId)) {
        await payments.save(session, { ...payment, orderId: input.orderId, bound: true });
      } else if (!wanted && payment.orderId === input.orderId) {
        await payments.save(session, { ...payment, orderId: null, bound: false });
      }
    }
    return [];
  });
}

/** Asked before anything is written: nothing waits for the tax system in a transaction, and no order for its answer. */
async function taxToBeOf(
  room: Room,
  { orderId, orderNumber, total, taxable }: OpenOrderAccountInput,
  caller: Caller,
): Promise<OrderTax | null> {
  if (taxable == null || taxable.lines.length === 0) return null;
  const { country, pricesIncludeTax } = taxable;
  const { currencyCode } = total;
  const lines = taxable.lines.map(({ orderLineId, taxCategoryCode, amount }) => ({
    orderLineId,
    taxCategoryCode,
    amount,
  }));
  const order = { _id: orderId, orderNumber, currencyCode, country, pricesIncludeTax, lines };
  return taxToBe(room, order, caller);
}

/** Whether the account stands open for just this: then there is nothing to do. */
function same(known: OrderAccount, input: OpenOrderAccountInput): boolean {
  return (
    known.status === 'OPEN' &&
    known.orderNumber === input.orderNumber &&
    known.customerId === (input.customerId ?? null) &&
    known.total.currencyCode === input.total.currencyCode &&
    compareMoney(known.total, money(input.total.amount, input.total.currencyCode)) === 0 &&
    known.paymentIds.join() === [...new Set(input.paymentIds)].join()
  );
}

function standing(account: OrderAccount) {
  return userError(
    'ORDER_ACCOUNT_CONFIRMED',
    `Order ${account.orderNumber} stands; its account stays as it is.`,
    {
      field: ['input', 'orderId'],
    },
  );
}

function onlyForRooms(caller: Caller): void {
  if (caller.identity.kind === 'service') return;
  throw new GraphError('FORBIDDEN', 'order accounts are opened and closed by the order subgraph');
}
