import type { Identity } from '../../platform/identity/identity.ts';
import { newId } from '../../platform/ids.ts';
import { place, variant } from './erp-records.ts';
import type { StartedInventory } from './start-inventory.ts';

export interface StockPayload {
  transactions: {
    id: string;
    type: string;
    fromState: string | null;
    toState: string | null;
    quantity: { value: string };
    occurredAt: string;
    reasonCode: string | null;
  }[];
  replayed: boolean;
  userErrors: { code: string; field: string[] | null; availableQuantity: { value: string } | null }[];
}

const FIELDS = `transactions { id type fromState toState quantity { value } occurredAt reasonCode } replayed
  userErrors { code field availableQuantity { value } }`;

async function change(
  inventory: StartedInventory,
  mutation: string,
  inputType: string,
  input: Record<string, unknown>,
  identity?: Identity,
): Promise<StockPayload> {
  const data = await inventory.ask<Record<string, StockPayload>>(
    `mutation Change($input: ${inputType}!) { ${mutation}(input: $input) { ${FIELDS} } }`,
    { input: { idempotencyKey: newId(), ...input } },
    identity,
  );
  const payload = data[mutation];
  if (payload === undefined) throw new Error(`${mutation} answered nothing`);
  return payload;
}

/** Counts one place: how much was found of each SKU. */
export function recordCount(
  inventory: StartedInventory,
  code: string,
  countedAt: string,
  found: Readonly<Record<string, number | string>>,
  more: Record<string, unknown> = {},
  identity?: Identity,
): Promise<StockPayload> {
  const counts = Object.entries(found).map(([sku, units]) => ({
    variantId: variant(sku),
    counted: { value: String(units), unit: 'C62' },
  }));
  const input = { locationId: place(code), countedAt, counts, ...more };
  return change(inventory, 'recordInventoryCount', 'RecordInventoryCountInput', input, identity);
}

/** Moves goods between states at a place. */
export function move(
  inventory: StartedInventory,
  sku: string,
  code: string,
  wish: { from: string; to: string; units: number | string } & Record<string, unknown>,
  identity?: Identity,
): Promise<StockPayload> {
  const { units, ...more } = wish;
  const quantity = { value: String(units), unit: 'C62' };
  const input = {
    locationId: place(code),
    variantId: variant(sku),
    quantity,
    reasonCode: 'CHECKED',
    ...more,
  };
  return change(inventory, 'moveInventoryState', 'MoveInventoryStateInput', input, identity);
}

export function resolve(
  inventory: StartedInventory,
  id: string,
  resolution: string,
  more: Record<string, unknown> = {},
): Promise<StockPayload> {
  const input = { id, resolution, ...more };
  return change(inventory, 'resolveInventoryDiscrepancy', 'ResolveInventoryDiscrepancyInput', input);
}
