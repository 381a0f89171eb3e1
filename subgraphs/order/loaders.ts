import DataLoader from 'dataloader';
import type { Order } from './domain/order.ts';
import type { Return } from './domain/return.ts';
import type { Orders } from './store/orders.ts';
import type { Returns } from './store/returns.ts';

/** One question each, asked once per request for all who ask it. */
export interface Loaders {
  readonly orderById: DataLoader<string, Order | null>;
  readonly orderByNumber: DataLoader<string, Order | null>;
  readonly orderByWorkId: DataLoader<string, Order | null>;
  readonly orderByShipmentId: DataLoader<string, Order | null>;
  readonly orderByLineId: DataLoader<string, Order | null>;
  readonly returnById: DataLoader<string, Return | null>;
  readonly returnByRmaNumber: DataLoader<string, Return | null>;
  readonly returnByWorkId: DataLoader<string, Return | null>;
  /** All returns of an order, oldest first. */
  readonly returnsByOrder: DataLoader<string, Return[]>;
}

export function createLoaders(orders: Orders, returns: Returns): Loaders {
  return {
    orderById: new DataLoader(async (ids) => inOrder(ids, await orders.byIds(ids), (order) => order._id)),
    orderByNumber: new DataLoader(async (numbers) =>
      inOrder(numbers, await orders.byNumbers(numbers), (order) => order.number),
    ),
    orderByWorkId: new DataLoader(async (ids) =>
      byPart(ids, await orders.byWorkIds(ids), (order) => order.work),
    ),
    orderByShipmentId: new DataLoader(async (ids) =>
      byPart(ids, await orders.byShipmentIds(ids), (order) => order.shipments),
    ),
    orderByLineId: new DataLoader(async (ids) =>
      byPart(ids, await orders.byLineIds(ids), (order) => order.lines),
    ),
    returnById: new DataLoader(async (ids) => inOrder(ids, await returns.byIds(ids), (found) => found._id)),
    returnByRmaNumber: new DataLoader(async (numbers) =>
      inOrder(numbers, await returns.byRmaNumbers(numbers), (found) => found.rmaNumber),
    ),
    returnByWorkId: new DataLoader(async (ids) =>
      inOrder(ids, await returns.byWorkIds(ids), (found) => found.work?.id ?? ''),
    ),
    returnsByOrder: new DataLoader(async (orderIds) => {
      const found = Map.groupBy(await returns.ofOrders(orderIds), (row) => row.orderId);
      return orderIds.map((id) => found.get(id) ?? []);
    }),
  };
}

function inOrder<T>(keys: readonly string[], found: readonly T[], keyOf: (value: T) => string): (T | null)[] {
  const byKey = new Map(found.map((value) => [keyOf(value), value]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** The order each part belongs to, in the order of the parts' ids. */
function byPart(
  ids: readonly string[],
  found: readonly Order[],
  partsOf: (order: Order) => readonly { readonly id: string }[],
): (Order | null)[] {
  const byId = new Map(found.flatMap((order) => partsOf(order).map((part) => [part.id, order] as const)));
  return ids.map((id) => byId.get(id) ?? null);
}
