import type { Identity } from '../../platform/identity/identity.ts';
import { idFromKey, newId } from '../../platform/ids.ts';
import { place, variant } from './erp-records.ts';
import { type StartedInventory, staff } from './start-inventory.ts';

export const RESERVE = /* GraphQL */ `
  mutation Reserve($input: ReserveInventoryInput!) {
    reserveInventory(input: $input) {
      reservations { id state reference quantity { value unit } backordered { value } variant { id } location { code } expiresAt version }
      userErrors { code field retryable availableQuantity { value unit } }
    }
  }
`;

export interface ReservePayload {
  reservations: {
    id: string;
    state: string;
    reference: string | null;
    quantity: { value: string; unit: string };
    backordered: { value: string };
    variant: { id: string };
    location: { code: string };
    expiresAt: string;
    version: number;
  }[];
  userErrors: {
    code: string;
    field: string[] | null;
    retryable: boolean;
    availableQuantity: { value: string; unit: string } | null;
  }[];
}

/** Reserves for an order unless told otherwise; a line is `[sku, quantity]` or `[sku, quantity, location code]`. */
export async function reserve(
  inventory: StartedInventory,
  lines: readonly (readonly [sku: string, quantity: number | string, code?: string])[],
  more: Record<string, unknown> = {},
  identity: Identity = staff,
): Promise<ReservePayload> {
  const input = {
    idempotencyKey: newId(),
    ownerType: 'ORDER_LINE',
    ownerId: newId(),
    channelId: idFromKey('channel', 'web'),
    lines: lines.map(([sku, value, code], index) => ({
      variantId: variant(sku),
      quantity: { value: String(value), unit: 'C62' },
      locationId: code === undefined ? null : place(code),
      reference: `line-${index}`,
    })),
    ...more,
  };
  const data = await inventory.ask<{ reserveInventory: ReservePayload }>(RESERVE, { input }, identity);
  return data.reserveInventory;
}
