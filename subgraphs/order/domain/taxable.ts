import type { PricedOrder, SellingChannel } from './price-lines.ts';

/** What an order is taxed on, as finance asks for it. */
export interface TaxableOrder {
  readonly country: string;
  readonly pricesIncludeTax: boolean;
  readonly lines: readonly {
    readonly orderLineId: string;
    readonly taxCategoryCode: string;
    readonly amount: string;
  }[];
}

/** Sold where its channel sells: nobody asks for the country of delivery yet. Null when the channel's market is no country. */
export function taxableOf(
  channel: SellingChannel,
  { lines }: PricedOrder,
  lineIds: readonly string[],
): TaxableOrder | null {
  const { market, priceIncludesTax } = channel;
  if (!/^[A-Z]{2}$/.test(market)) return null;
  return {
    country: market,
    pricesIncludeTax: priceIncludesTax,
    lines: lines.map(({ variant, amount }, index) => ({
      orderLineId: lineIds[index] ?? '',
      taxCategoryCode: variant.taxCategoryCode,
      amount: amount.amount,
    })),
  };
}
