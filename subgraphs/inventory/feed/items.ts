import type { Item } from '../../../connectors/canonical/item.ts';
import type { GoodChange } from '../../../platform/feed/feed.ts';
import { variantId } from '../domain/stock.ts';
import type { Collections } from '../store/collections.ts';

/** Applies what stock keeping needs to know of items: whether they are counted, and in which unit. */
export function createItemsFeed({ items }: Pick<Collections, 'items'>) {
  return async (changes: readonly GoodChange<Item>[]): Promise<[]> => {
    await items.bulkWrite(
      changes.map(({ record: { sku, baseUnit, trackInventory, unitConversions } }) => ({
        updateOne: {
          filter: { _id: variantId(sku) },
          update: {
            $set: {
              sku: sku.toUpperCase(),
              baseUnit,
              trackInventory,
              units: unitConversions.map(({ unit, factor }) => ({ unit, factor })),
            },
          },
          upsert: true,
        },
      })),
    );
    return [];
  };
}
