import type { Identity } from '../../platform/identity/identity.ts';
import { newId } from '../../platform/ids.ts';
import { place, variant } from './erp-records.ts';
import type { StartedInventory } from './start-inventory.ts';

/** Corrects the stock of one SKU at DC unless told otherwise. */
export async function adjust(
  inventory: StartedInventory,
  sku: string,
  value: string,
  more: Record<string, unknown> = {},
  identity?: Identity,
) {
  return inventory.answer(
    `mutation Adjust($input: AdjustInventoryInput!) { adjustInventory(input: $input) {
      transactions { id type fromState toState quantity { value } reasonCode sourceSystem }
      userErrors { code field availableQuantity { value } } } }`,
    {
      input: {
        idempotencyKey: newId(),
        locationId: place('DC'),
        reasonCode: 'FOUND',
        changes: [{ variantId: variant(sku), delta: { value, unit: 'C62' } }],
        ...more,
      },
    },
    identity,
  );
}
