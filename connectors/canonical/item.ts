import { z } from 'zod';
import { code, gtin, positiveDecimal, text, unitCode } from './values.ts';

/** One sellable article as the system of record describes it: one SKU. */
export interface Item {
  /** Stock-keeping identity, never re-used. */
  sku: string;
  /** Groups the SKUs that are variants of one product. Default: the item is its own product. */
  productCode?: string | undefined;
  title: string;
  description?: string | undefined;
  brand?: string | undefined;
  gtin?: string | undefined;
  /** The unit stock is kept in. */
  baseUnit: string;
  /** Other units it is bought or sold in; `factor` base units make one of `unit`. */
  unitConversions: UnitConversion[];
  taxCategoryCode: string;
  /** False for fees, vouchers and services: availability is not asked for them. */
  trackInventory: boolean;
  categories: ItemCategory[];
  status: 'DRAFT' | 'ACTIVE' | 'DISCONTINUED' | 'ARCHIVED';
}

export interface UnitConversion {
  unit: string;
  factor: string;
  gtin?: string | undefined;
}

export interface ItemCategory {
  code: string;
  name: string;
  parentCode?: string | undefined;
}

export const itemSchema = z.object({
  sku: code,
  productCode: code.optional(),
  title: text,
  description: z.string().max(20_000, 'must have at most 20000 characters').optional(),
  brand: text.optional(),
  gtin: gtin.optional(),
  baseUnit: unitCode,
  unitConversions: z
    .array(z.object({ unit: unitCode, factor: positiveDecimal, gtin: gtin.optional() }))
    .max(50)
    .default([]),
  taxCategoryCode: code,
  trackInventory: z.boolean(),
  categories: z
    .array(z.object({ code, name: text, parentCode: code.optional() }))
    .max(100)
    .default([]),
  status: z.enum(['DRAFT', 'ACTIVE', 'DISCONTINUED', 'ARCHIVED']),
}) satisfies z.ZodType<Item, unknown>;
