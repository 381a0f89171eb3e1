import { z } from 'zod';
import { decimal, money, roundMoney } from '../../../platform/money.ts';
import type { TrytonFeed } from '../read-feed.ts';
import type { TrytonCalls } from '../rpc.ts';
import { readTaxFactor } from '../taxes.ts';
import { decimalValue, lastWrite, writtenAt } from '../wire.ts';

const currency = z.object({ code: z.string() });
const shopRow = z.object({
  id: z.number().int(),
  name: z.string(),
  'currency.': currency,
  'company.': z.object({ 'currency.': currency }),
});
const productRow = z.object({
  id: z.number().int(),
  code: z.string().nullable(),
  list_price: decimalValue.nullable(),
  'account_category.': z.object({ customer_taxes_used: z.array(z.number().int()) }).nullish(),
  ...writtenAt,
});

/** The one price list Tryton always has: the list price on the product. */
const PRICE_LIST = 'LIST';

/**
 * A product's list price, in every web shop that sells in the company's currency. Tryton keeps prices without tax; what is handed on is the price on the
 * shelf, with the taxes of the product's accounting category. When web shops come or go, all prices are given anew.
 */
export const prices: TrytonFeed = {
  sources: [{ model: 'product.product' }, { model: 'product.template', records: 'products' }],
  async scope(calls) {
    const shops = await readShops(calls);
    return shops.map(({ name }) => name).join('\n');
  },
  async read(calls, ids) {
    const [shops, factorOf, products] = await Promise.all([
      readShops(calls),
      readTaxFactor(calls),
      calls.search(
        'product.product',
        [['id', 'in', ids]],
        productRow,
        ['code', 'list_price', 'account_category.customer_taxes_used', 'write_date', 'create_date'],
        { context: { active_test: false } },
      ),
    ]);
    return new Map(
      products.map((product) => {
        const factor = factorOf(product['account_category.']?.customer_taxes_used ?? []);
        const entries = shops.map((shop) => {
          const currencyCode = shop['currency.'].code;
          const raw = {
            sku: product.code ?? undefined,
            channelCode: shop.name,
            currencyCode,
            list: shelfPrice(product.list_price, factor, currencyCode),
            taxIncluded: true,
            priceListCode: PRICE_LIST,
          };
          return { key: `price-${product.id}-${shop.id}`, raw };
        });
        return [product.id, { at: lastWrite(product), entries }];
      }),
    );
  },
};

/** Undefined when there is no price, or one whose tax cannot be told: the entry is then set aside as a bad one. */
function shelfPrice(
  listPrice: string | null,
  factor: ReturnType<typeof decimal> | null,
  currencyCode: string,
): string | undefined {
  if (listPrice === null || factor === null) return undefined;
  return roundMoney(money(decimal(listPrice).times(factor), currencyCode)).amount;
}

async function readShops(calls: TrytonCalls): Promise<z.infer<typeof shopRow>[]> {
  const shops = await calls.search(
    'web.shop',
    [['company', '=', await calls.company()]],
    shopRow,
    ['name', 'currency.code', 'company.currency.code'],
    { order: [['id', 'ASC']] },
  );
  return shops.filter((shop) => shop['currency.'].code === shop['company.']['currency.'].code);
}
