import { z } from 'zod';
import type { TrytonFeed } from '../read-feed.ts';
import type { TrytonCalls } from '../rpc.ts';
import { unitCodeOf } from '../units.ts';
import { flagValue, lastWrite, writtenAt } from '../wire.ts';

const productRow = z.object({
  id: z.number().int(),
  code: z.string().nullable(),
  name: z.string(),
  description: z.string().nullable(),
  type: z.string(),
  active: flagValue,
  salable: flagValue,
  categories: z.array(z.number().int()),
  identifiers: z.array(z.number().int()),
  'default_uom.': z.object({ symbol: z.string() }),
  'template.': z.object({ code: z.string().nullable(), active: flagValue }),
  'account_category.': z.object({ name: z.string() }).nullish(),
  ...writtenAt,
});

const PRODUCT_FIELDS = [
  'code',
  'name',
  'description',
  'type',
  'active',
  'salable',
  'categories',
  'identifiers',
  'default_uom.symbol',
  'template.code',
  'template.active',
  'account_category.name',
  'write_date',
  'create_date',
];

const categoryRow = z.object({ id: z.number().int(), name: z.string(), parent: z.number().int().nullable() });
const identifierRow = z.object({ product: z.number().int(), type: z.string().nullable(), code: z.string() });

/** Products that have no accounting category are sold without tax. */
const NO_TAX_CATEGORY = 'NONE';

/** Every product is an item, by its code; a product's template holds what its variants share. */
export const items: TrytonFeed = {
  sources: [{ model: 'product.product' }, { model: 'product.template', records: 'products' }],
  async read(calls, ids) {
    const products = await calls.search('product.product', [['id', 'in', ids]], productRow, PRODUCT_FIELDS, {
      context: { active_test: false },
    });
    const [categories, gtins] = await Promise.all([
      readCategories(calls, products),
      readGtins(calls, products),
    ]);
    return new Map(
      products.map((product) => {
        const raw = {
          sku: product.code ?? undefined,
          productCode: product['template.'].code ?? undefined,
          title: product.name,
          description: product.description ?? undefined,
          gtin: gtins.get(product.id),
          baseUnit: unitCodeOf(product['default_uom.'].symbol),
          taxCategoryCode: product['account_category.']?.name ?? NO_TAX_CATEGORY,
          trackInventory: product.type === 'goods',
          categories: product.categories.flatMap((id) => categories.get(id) ?? []),
          status: statusOf(product),
        };
        return [product.id, { at: lastWrite(product), entries: [{ key: `product-${product.id}`, raw }] }];
      }),
    );
  },
};

type ProductRow = z.infer<typeof productRow>;

function statusOf(product: ProductRow): 'ARCHIVED' | 'ACTIVE' | 'DISCONTINUED' {
  if (!product.active || !product['template.'].active) return 'ARCHIVED';
  return product.salable ? 'ACTIVE' : 'DISCONTINUED';
}

async function readCategories(calls: TrytonCalls, products: readonly ProductRow[]) {
  const wanted = [...new Set(products.flatMap(({ categories }) => categories))];
  if (wanted.length === 0) return new Map<number, { code: string; name: string }>();
  const rows = await calls.search('product.category', [['id', 'in', wanted]], categoryRow, [
    'name',
    'parent',
  ]);
  // A category has no code of its own in Tryton.
  return new Map(
    rows.map(({ id, name, parent }) => [
      id,
      { code: String(id), name, ...(parent === null ? {} : { parentCode: String(parent) }) },
    ]),
  );
}

async function readGtins(calls: TrytonCalls, products: readonly ProductRow[]): Promise<Map<number, string>> {
  const wanted = products.flatMap(({ identifiers }) => identifiers);
  if (wanted.length === 0) return new Map();
  const rows = await calls.search('product.identifier', [['id', 'in', wanted]], identifierRow, [
    'product',
    'type',
    'code',
  ]);
  return new Map(rows.filter(({ type }) => type === 'ean').map(({ product, code }) => [product, code]));
}
