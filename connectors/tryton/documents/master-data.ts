import { z } from 'zod';
import { rejected } from '../answer-error.ts';
import type { TrytonCalls } from '../rpc.ts';

const id = z.number().int();

const shopRow = z.object({
  id,
  warehouses: z.array(id),
  'currency.': z.object({ id, code: z.string() }),
});
export type Shop = z.infer<typeof shopRow>;

/** The web shop that a channel is. Rejects with UNKNOWN_CHANNEL, or UNKNOWN_CURRENCY when it sells in another one. */
export async function shopOf(
  calls: TrytonCalls,
  system: string,
  document: { readonly channelCode: string; readonly currencyCode: string },
): Promise<Shop> {
  const fields = ['warehouses', 'currency.code'];
  const [shop] = await calls.search('web.shop', [['name', '=', document.channelCode]], shopRow, fields);
  if (shop === undefined) {
    throw rejected(system, 'UNKNOWN_CHANNEL', `has no web shop ${document.channelCode}`, ['channelCode']);
  }
  const { code } = shop['currency.'];
  if (code !== document.currencyCode) {
    const message = `the web shop ${document.channelCode} sells in ${code}`;
    throw rejected(system, 'UNKNOWN_CURRENCY', message, ['currencyCode']);
  }
  return shop;
}

const partyRow = z.object({
  id,
  addresses: z.array(id),
  customer_payment_term: id.nullable(),
  customer_location: id.nullable(),
});
export type Party = z.infer<typeof partyRow>;

/** The party of a customer code. Rejects with UNKNOWN_CUSTOMER or CUSTOMER_WITHOUT_ADDRESS. */
export async function partyOf(calls: TrytonCalls, system: string, code: string): Promise<Party> {
  const fields = ['addresses', 'customer_payment_term', 'customer_location'];
  const [party] = await calls.search('party.party', [['code', '=', code]], partyRow, fields);
  if (party === undefined) {
    throw rejected(system, 'UNKNOWN_CUSTOMER', `has no party ${code}`, ['customerCode']);
  }
  if (party.addresses.length === 0) {
    throw rejected(system, 'CUSTOMER_WITHOUT_ADDRESS', `has no address of ${code}`, ['customerCode']);
  }
  return party;
}

const productRow = z.object({
  id,
  code: z.string(),
  type: z.string(),
  'default_uom.': z.object({ id, symbol: z.string() }),
  'account_category.': z.object({ customer_taxes_used: z.array(id) }).nullish(),
});
export type Product = z.infer<typeof productRow>;

/** Products by their codes; a code that nothing has is missing. */
export async function productsOf(
  calls: TrytonCalls,
  skus: readonly string[],
): Promise<ReadonlyMap<string, Product>> {
  const rows = await calls.search('product.product', [['code', 'in', [...new Set(skus)]]], productRow, [
    'code',
    'type',
    'default_uom.symbol',
    'account_category.customer_taxes_used',
  ]);
  return new Map(rows.map((row) => [row.code, row]));
}

const warehouseRow = z.object({ id, code: z.string(), input_location: id });
export type Warehouse = z.infer<typeof warehouseRow>;

/** Warehouses by their codes; a code that nothing has is missing. */
export async function warehousesOf(
  calls: TrytonCalls,
  codes: readonly string[],
): Promise<ReadonlyMap<string, Warehouse>> {
  if (codes.length === 0) return new Map();
  const rows = await calls.search(
    'stock.location',
    [
      ['type', '=', 'warehouse'],
      ['code', 'in', [...new Set(codes)]],
    ],
    warehouseRow,
    ['code', 'input_location'],
  );
  return new Map(rows.map((row) => [row.code, row]));
}
