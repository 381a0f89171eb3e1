import { type Money, money } from '../../../platform/money.ts';
import type { Context } from '../context.ts';
import type { Variant } from '../domain/article.ts';
import { priceAt } from '../domain/price.ts';
import type { PriceResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { priceKey } from '../store/read-catalogue.ts';
import type { Price } from './models.ts';

export async function priceOf(
  room: Room,
  variant: Variant,
  args: { readonly channelId: string; readonly at?: string | null | undefined },
  { loaders }: Context,
): Promise<Price | null> {
  const rows = await loaders.pricesByKey.load(priceKey(variant.id, args.channelId));
  const row = priceAt(rows.value ?? [], args.at == null ? room.clock.now() : new Date(args.at));
  if (row === null) return null;
  return { row, asOf: latest(row.sourceAt, earliest(rows.asOf, room.pricesKnownAsOf())) };
}

export const priceResolvers: PriceResolvers = {
  list: ({ row }): Money => money(row.list, row.currencyCode),
  sale: ({ row }): Money | null => (row.sale === null ? null : money(row.sale, row.currencyCode)),
  priceListId: ({ row }) => row.priceListCode,
  taxIncluded: ({ row }) => row.taxIncluded,
  validFrom: ({ row }) => row.validFrom,
  validTo: ({ row }) => row.validTo,
};

/** An answer is as old as the older of the two it rests on: our memory of the store, and the store's of the ERP. */
function earliest(left: Date, right: Date | null): Date {
  if (right === null) return new Date(0);
  return left < right ? left : right;
}

function latest(left: Date, right: Date): Date {
  return left > right ? left : right;
}
