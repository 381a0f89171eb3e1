/** Where an article stands in its life. */
export type ProductStatus = 'DRAFT' | 'ACTIVE' | 'DISCONTINUED' | 'ARCHIVED';

export interface UnitConversion {
  readonly unit: string;
  /** How many base units make one of `unit`. */
  readonly factor: string;
  readonly gtin: string | null;
}

/** One sellable article: one SKU. */
export interface Variant {
  readonly id: string;
  readonly sku: string;
  readonly productId: string;
  readonly productCode: string;
  /** Whether the article is its own product, so that the two share one title. */
  readonly standsAlone: boolean;
  readonly title: string;
  readonly brand: string | null;
  readonly gtin: string | null;
  /** Every GTIN of every packaging, 14 digits each. */
  readonly gtins: readonly string[];
  readonly baseUnit: string;
  readonly unitConversions: readonly UnitConversion[];
  readonly taxCategoryCode: string;
  readonly trackInventory: boolean;
  readonly categoryIds: readonly string[];
  readonly status: ProductStatus;
}

/** What a shopper sees as one thing. */
export interface Product {
  readonly id: string;
  /** The ERP's code; null for a product that was made here. */
  readonly code: string | null;
  readonly title: string;
  /** Whose title it is; the ERP's feed leaves a title of ours alone. */
  readonly titleOwner: 'ERP' | 'CONTENT';
  readonly brand: string | null;
  readonly status: ProductStatus;
  readonly categoryIds: readonly string[];
  /** What it is found by. */
  readonly tokens: readonly string[];
  /** The channels that have, or had, a price for one of its variants. */
  readonly channelIds: readonly string[];
}

export interface Channel {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly market: string;
  readonly defaultCurrency: string;
  readonly priceIncludesTax: boolean;
}

export interface Category {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly parentId: string | null;
}

/** A GTIN in its 14-digit form, in which the same number of 8, 12, 13 and 14 digits is the same text; null when it is none. */
export function gtin14(text: string): string | null {
  const digits = text.trim();
  return /^(\d{8}|\d{12,14})$/.test(digits) ? digits.padStart(14, '0') : null;
}
