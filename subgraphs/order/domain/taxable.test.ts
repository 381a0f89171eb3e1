import { expect, it } from 'vitest';
import type { PricedOrder, SellingChannel } from './price-lines.ts';
import { taxableOf } from './taxable.ts';

const channel: SellingChannel = {
  id: 'web',
  code: 'web-nl',
  market: 'NL',
  defaultCurrency: 'EUR',
  priceIncludesTax: true,
};
const eur = (amount: string) => ({ amount, currencyCode: 'EUR' });
const priced: PricedOrder = {
  total: eur('12.50'),
  lines: [
    {
      requested: {
        variantId: 'lamp',
        units: 1,
        unit: 'C62',
        method: 'SHIP',
        locationId: null,
        unitPrice: null,
      },
      variant: {
        id: 'lamp',
        sku: 'LAMP',
        title: 'Lamp',
        baseUnit: 'C62',
        trackInventory: true,
        taxCategoryCode: 'STANDARD',
        salable: true,
        price: null,
      },
      unitPrice: eur('12.50'),
      amount: eur('12.50'),
    },
  ],
};

it('given a channel that sells in a country, then its orders are taxed there, line by line', () => {
  expect(taxableOf(channel, priced, ['line-1'])).toEqual({
    country: 'NL',
    pricesIncludeTax: true,
    lines: [{ orderLineId: 'line-1', taxCategoryCode: 'STANDARD', amount: '12.50' }],
  });
});

it('given a channel whose market is no country, then nobody can say whose tax it is', () => {
  expect(taxableOf({ ...channel, market: 'Benelux' }, priced, ['line-1'])).toBeNull();
});
