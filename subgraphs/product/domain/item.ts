import type { Item } from '../../../connectors/canonical/item.ts';
import { idFromKey } from '../../../platform/ids.ts';
import { type Category, gtin14, type Variant } from './article.ts';

/** The variant that an ERP item is in the graph. SKUs are upper case here, however the ERP writes them. */
export function variantOf(item: Item): Variant {
  const sku = item.sku.toUpperCase();
  const productCode = item.productCode ?? sku;
  const gtins = [item.gtin, ...item.unitConversions.map((conversion) => conversion.gtin)]
    .map((gtin) => (gtin === undefined ? null : gtin14(gtin)))
    .filter((gtin) => gtin !== null);
  return {
    id: idFromKey('variant', sku),
    sku,
    productId: idFromKey('product', productCode),
    productCode,
    standsAlone: item.productCode === undefined,
    title: item.title,
    brand: item.brand ?? null,
    gtin: item.gtin ?? null,
    gtins: [...new Set(gtins)],
    baseUnit: item.baseUnit,
    unitConversions: item.unitConversions.map(({ unit, factor, gtin }) => ({
      unit,
      factor,
      gtin: gtin ?? null,
    })),
    taxCategoryCode: item.taxCategoryCode,
    trackInventory: item.trackInventory,
    categoryIds: item.categories.map(({ code }) => idFromKey('category', code)),
    status: item.status,
  };
}

export function categoriesOf(item: Item): Category[] {
  return item.categories.map(({ code, name, parentCode }) => ({
    id: idFromKey('category', code),
    code,
    name,
    parentId: parentCode === undefined ? null : idFromKey('category', parentCode),
  }));
}
