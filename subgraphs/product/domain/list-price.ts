import type { ListPrice } from '../../../connectors/canonical/list-price.ts';
import { idFromKey } from '../../../platform/ids.ts';
import type { PriceRow } from './price.ts';

/** The price row that an ERP list price is in the graph. */
export function priceRowOf(price: ListPrice, sourceAt: Date): PriceRow {
  const sku = price.sku.toUpperCase();
  const validFrom = price.validFrom === undefined ? null : new Date(price.validFrom);
  return {
    id: idFromKey('price', sku, price.channelCode, price.priceListCode, validFrom?.toISOString() ?? ''),
    variantId: idFromKey('variant', sku),
    channelId: idFromKey('channel', price.channelCode),
    priceListCode: price.priceListCode,
    currencyCode: price.currencyCode,
    list: price.list,
    sale: price.sale ?? null,
    taxIncluded: price.taxIncluded,
    validFrom,
    validTo: price.validTo === undefined ? null : new Date(price.validTo),
    sourceAt,
  };
}
