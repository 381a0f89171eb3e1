import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import { place, variant } from './erp-records.ts';
import { reserve } from './reserve.ts';
import type { StartedInventory } from './start-inventory.ts';

/** An order as inventory knows it: what it claimed, each claim a piece of work of its own. */
export interface ClaimedOrder {
  readonly orderId: string;
  readonly claims: readonly {
    readonly reservationId: string;
    readonly workId: string;
    readonly code: string;
    readonly units: number;
    readonly backordered: number;
  }[];
}

export interface AllocationSeen {
  readonly state: string;
  readonly quantity: { readonly value: string };
  readonly picked: { readonly value: string };
  readonly backordered: { readonly value: string };
  readonly expectedAt: string | null;
  readonly reservation: { readonly state: string };
}

/** Claims for an order and confirms it, as order does; `more` goes with the claim, `meanwhile` happens between the two. */
export async function ordered(
  inventory: StartedInventory,
  line: readonly [sku: string, units: number, code?: string],
  more: Record<string, unknown> = {},
  meanwhile: () => Promise<void> = async () => {},
): Promise<ClaimedOrder> {
  const orderId = newId();
  const { reservations, userErrors } = await reserve(inventory, [line], { ownerId: orderId, ...more });
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  const claims = reservations.map(({ id, location, quantity, backordered }) => ({
    reservationId: id,
    workId: newId(),
    code: location.code,
    units: Number(quantity.value),
    backordered: Number(backordered.value),
  }));
  await meanwhile();
  await inventory.publish('order.confirmed', {
    orderId,
    reservations: claims.map(({ reservationId, workId }) => ({
      reservationId,
      orderLineId: 'line',
      fulfillmentOrderId: workId,
    })),
  });
  await until('the order has its stock', async () => {
    const found = await Promise.all(claims.map(({ workId }) => allocationsOf(inventory, workId)));
    return found.every((allocations) => allocations.length === 1);
  });
  return { orderId, claims };
}

/** Tells of goods of one claim, or of some of them: picked, shipped, not collected. */
export function tellOf(
  inventory: StartedInventory,
  type: 'order.picked' | 'order.shipped' | 'order.pickupExpired',
  sku: string,
  { orderId }: ClaimedOrder,
  { workId, code, units }: ClaimedOrder['claims'][number],
  more: { units?: number; at?: string; handedOver?: boolean } = {},
): Promise<void> {
  const at = more.at ?? '2026-03-01T13:00:00Z';
  return inventory.publish(type, {
    orderId,
    fulfillmentOrderId: workId,
    shipmentId: newId(),
    shippedAt: at,
    pickedAt: at,
    expiredAt: at,
    handedOver: more.handedOver,
    lines: [
      {
        orderLineId: 'line',
        variantId: variant(sku),
        locationId: place(code),
        quantity: more.units ?? units,
      },
    ],
  });
}

export async function allocationsOf(
  inventory: StartedInventory,
  workOrderId: string,
): Promise<AllocationSeen[]> {
  const data = await inventory.ask<{ _entities: { allocations: AllocationSeen[] }[] }>(
    `query Work($representations: [_Any!]!) { _entities(representations: $representations) { ... on WorkOrder {
      allocations { state quantity { value } picked { value } backordered { value } expectedAt reservation { state } } } } }`,
    { representations: [{ __typename: 'WorkOrder', id: workOrderId }] },
  );
  return data._entities[0]?.allocations ?? [];
}
