import { z } from 'zod';
import type { TrytonFeed } from '../read-feed.ts';
import type { TrytonCalls } from '../rpc.ts';
import { lastWrite, writtenAt } from '../wire.ts';

const shopRow = z.object({
  id: z.number().int(),
  name: z.string(),
  'currency.': z.object({ code: z.string() }),
  ...writtenAt,
});

const countryRow = z.object({ 'country.': z.object({ code: z.string() }).nullish() });
const companyRow = z.object({ party: z.number().int() });

/** Every web shop is a channel, and its name is the channel's code. Its market is the country of the company. */
export const channels: TrytonFeed = {
  sources: [{ model: 'web.shop' }],
  async read(calls, ids) {
    const [shops, market] = await Promise.all([
      calls.search(
        'web.shop',
        [['id', 'in', ids]],
        shopRow,
        ['name', 'currency.code', 'write_date', 'create_date'],
        { context: { active_test: false } },
      ),
      readMarket(calls),
    ]);
    return new Map(
      shops.map((shop) => {
        const raw = {
          code: shop.name,
          name: shop.name,
          market,
          defaultCurrency: shop['currency.'].code,
          priceIncludesTax: true,
        };
        return [shop.id, { at: lastWrite(shop), entries: [{ key: `shop-${shop.id}`, raw }] }];
      }),
    );
  },
};

/** Undefined when the company has no address with a country: its channels are then set aside for want of a market. */
async function readMarket(calls: TrytonCalls): Promise<string | undefined> {
  const company = await calls.company();
  const [owner] = await calls.search('company.company', [['id', '=', company]], companyRow, ['party']);
  const addresses = await calls.search(
    'party.address',
    [
      ['party', '=', owner?.party ?? null],
      ['country', '!=', null],
    ],
    countryRow,
    ['country.code'],
    { order: [['id', 'ASC']], limit: 1 },
  );
  return addresses[0]?.['country.']?.code;
}
