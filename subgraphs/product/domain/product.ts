import type { Product, ProductStatus, Variant } from './article.ts';
import { searchTokens } from './search.ts';

/** The most lively status of its variants is the product's. */
const LIVELIEST_FIRST: readonly ProductStatus[] = ['ACTIVE', 'DISCONTINUED', 'DRAFT', 'ARCHIVED'];

/** A common beginning shorter than this says nothing about a product. */
const LEAST_TITLE_LENGTH = 3;

/**
 * The product that these variants are. `before` is what we know of it: a title of ours stays; everything else follows the variants.
 * A product whose last variant has moved elsewhere keeps its content and is archived.
 */
export function productOf(
  head: { readonly id: string; readonly code: string | null },
  variants: readonly Variant[],
  channelIds: readonly string[],
  before: Product | null,
): Product {
  const bySku = variants.toSorted((left, right) => (left.sku < right.sku ? -1 : 1));
  const keptTitle = before !== null && (before.titleOwner === 'CONTENT' || bySku.length === 0);
  const title = keptTitle ? before.title : commonTitle(bySku.map((variant) => variant.title));
  const brand = bySku.find((variant) => variant.brand !== null)?.brand ?? null;
  return {
    ...head,
    title,
    titleOwner: before?.titleOwner ?? 'ERP',
    brand,
    status:
      LIVELIEST_FIRST.find((status) => bySku.some((variant) => variant.status === status)) ?? 'ARCHIVED',
    categoryIds: [...new Set(bySku.flatMap((variant) => variant.categoryIds))],
    tokens: tokensOf(title, brand, bySku),
    channelIds: [...new Set(channelIds)].toSorted(),
  };
}

/** The product under a title of ours, which the ERP's feed leaves alone from now on. */
export function withTitle(product: Product, title: string, variants: readonly Variant[]): Product {
  return { ...product, title, titleOwner: 'CONTENT', tokens: tokensOf(title, product.brand, variants) };
}

/** A product that is made here: a draft, until articles are filed under it. */
export function newProduct(id: string, title: string): Product {
  return {
    id,
    code: null,
    title,
    titleOwner: 'CONTENT',
    brand: null,
    status: 'DRAFT',
    categoryIds: [],
    tokens: tokensOf(title, null, []),
    channelIds: [],
  };
}

function tokensOf(title: string, brand: string | null, variants: readonly Variant[]): string[] {
  return searchTokens([title, brand ?? '', ...variants.flatMap((variant) => [variant.sku, variant.title])]);
}

/** What the titles of all variants begin with, in whole words; the first title when they share no beginning. */
export function commonTitle(titles: readonly string[]): string {
  const [first = '', ...others] = titles.map((title) => title.trim());
  const words = first.split(/\s+/);
  const bare = (word: string) => word.replace(/[\s,;:/–-]+$/u, '');
  let shared = words.length;
  for (const other of others) {
    const theirs = other.split(/\s+/);
    const differs = words.findIndex((word, index) => bare(word) !== bare(theirs[index] ?? ''));
    if (differs !== -1) shared = Math.min(shared, differs);
  }
  if (shared === words.length) return first;
  const common = bare(words.slice(0, shared).join(' '));
  return common.length >= LEAST_TITLE_LENGTH ? common : first;
}

/** Whether the row tells a reader anything new. */
export function sameProduct(left: Product, right: Product): boolean {
  const facts = ({ id, code, title, titleOwner, brand, status, categoryIds, tokens, channelIds }: Product) =>
    JSON.stringify([id, code, title, titleOwner, brand, status, categoryIds, tokens, channelIds]);
  return facts(left) === facts(right);
}
