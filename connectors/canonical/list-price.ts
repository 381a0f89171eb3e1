import { z } from 'zod';
import { code, currencyCode, instant, nonNegativeDecimal } from './values.ts';

/** The price of one SKU in one channel, per base unit, while it is valid. Unique by sku, channel, price list and validFrom. */
export interface ListPrice {
  sku: string;
  channelCode: string;
  currencyCode: string;
  /** Decimal string; may carry more decimals than the currency has. */
  list: string;
  /** The reduced price, while there is one. */
  sale?: string | undefined;
  taxIncluded: boolean;
  /** Instants; missing means open on that side. */
  validFrom?: string | undefined;
  validTo?: string | undefined;
  priceListCode: string;
}

export const listPriceSchema = z
  .object({
    sku: code,
    channelCode: code,
    currencyCode,
    list: nonNegativeDecimal,
    sale: nonNegativeDecimal.optional(),
    taxIncluded: z.boolean(),
    validFrom: instant.optional(),
    validTo: instant.optional(),
    priceListCode: code,
  })
  .refine(({ validFrom, validTo }) => !validFrom || !validTo || Date.parse(validFrom) < Date.parse(validTo), {
    path: ['validTo'],
    message: 'must be after validFrom',
  }) satisfies z.ZodType<ListPrice, unknown>;
