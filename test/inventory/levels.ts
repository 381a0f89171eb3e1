import { place, variant } from './erp-records.ts';
import type { StartedInventory } from './start-inventory.ts';

interface LevelFigures {
  _id: string;
  onHand: number;
  available: number;
  reserved: number;
  allocated: number;
  picked: number;
  qualityHold: number;
}

/** The levels as they are kept, by SKU and place; and whether each is the sum of its ledger. */
export async function levelOf(inventory: StartedInventory, sku: string, code: string) {
  const database = inventory.store.dependencies.store.database('inventory');
  return database
    .collection<LevelFigures>('levels')
    .findOne({ variantId: variant(sku), locationId: place(code) });
}

/** What the ledger adds up to, bucket by bucket. */
export async function ledgerSums(inventory: StartedInventory, sku: string, code: string) {
  const database = inventory.store.dependencies.store.database('inventory');
  const lines = await database
    .collection<{ from: string | null; to: string | null; quantity: number }>('ledger')
    .find({ variantId: variant(sku), locationId: place(code) })
    .toArray();
  const sums: Record<string, number> = { onHand: 0 };
  for (const { from, to, quantity } of lines) {
    if (from !== null) sums[from] = (sums[from] ?? 0) - quantity;
    if (to !== null) sums[to] = (sums[to] ?? 0) + quantity;
    sums['onHand'] = (sums['onHand'] ?? 0) + (from === null ? quantity : 0) - (to === null ? quantity : 0);
  }
  return sums;
}
