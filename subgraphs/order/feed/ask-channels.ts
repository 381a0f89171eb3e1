import type { Caller } from '../../../platform/identity/identity.ts';
import type { SellingChannel } from '../domain/price-lines.ts';
import type { Siblings } from '../room.ts';

const CHANNELS = {
  name: 'OrderChannels',
  document: /* GraphQL */ `
    query OrderChannels {
      channels { id code market defaultCurrency priceIncludesTax }
    }`,
};

/** Every channel there is; a retailer has few. */
export async function askChannels(
  product: Siblings['product'],
  caller: Caller,
): Promise<readonly SellingChannel[]> {
  const { channels } = await product.ask<{ channels: readonly SellingChannel[] }>(CHANNELS, {}, caller);
  return channels;
}
