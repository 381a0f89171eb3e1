import { expect, test } from 'vitest';
import type { InvoiceLine } from './invoice-line.ts';
import { createMasterDataCollector } from './master-data.ts';

function collect(...invoices: Partial<InvoiceLine>[][]) {
  const collector = createMasterDataCollector();
  for (const [index, lines] of invoices.entries()) {
    const number = lines[0]?.invoice ?? `90000${index}`;
    collector.add({
      number,
      lines: lines.map((values) => ({
        line: 2,
        invoice: number,
        sku: '10001A',
        description: 'JUG',
        quantity: 1,
        soldAt: '2010-12-01 08:26:00',
        unitPrice: '2.00',
        customer: null,
        country: 'United Kingdom',
        ...values,
      })),
    });
  }
  return collector.records();
}

test('the title is the description that sold it most often, or else its code', () => {
  const { items } = collect(
    [{ description: 'OLD JUG' }, { description: 'JUG' }, { description: 'JUG' }],
    [{ sku: '10002', unitPrice: '0', quantity: 3, description: 'found' }],
  );
  expect(items.map(({ sku, title }) => [sku, title])).toEqual([
    ['10001A', 'JUG'],
    ['10002', '10002'],
  ]);
});

test('the list price is the median of the prices above zero, halves up to pennies', () => {
  const priceOf = (...prices: string[]) =>
    collect(prices.map((unitPrice) => ({ unitPrice, customer: '50001' }))).prices.map(({ list }) => list);
  expect(priceOf('2.95', '1.00', '2.55')).toEqual(['2.55']);
  expect(priceOf('1.00', '1.05')).toEqual(['1.03']);
  expect(priceOf('0', '0.0', '3')).toEqual(['3.00']);
  expect(priceOf('0')).toEqual([]);
});

test('opening stock is what the file sells and writes off, and nothing that comes in', () => {
  const { stockMovements } = collect(
    [{ quantity: 6 }, { quantity: 2 }],
    [{ quantity: -3, unitPrice: '0', description: 'damaged' }],
    [{ quantity: 40, unitPrice: '0', description: 'found' }],
    [{ invoice: 'C900009', quantity: -5 }],
    [{ sku: 'POST', quantity: 1 }],
  );
  expect(stockMovements).toEqual([
    {
      id: 'uci-opening/10001A/11',
      sku: '10001A',
      locationCode: 'UCI-DC',
      quantity: '11',
      unit: 'C62',
      type: 'RECEIPT',
      reasonCode: 'OPENING_STOCK',
      occurredAt: '2010-12-01T07:26:00.000Z',
    },
  ]);
});

test('services are not kept in stock, and fees are no articles', () => {
  const { items } = collect([{ sku: 'POST' }, { sku: 'GIFT_0001_20' }, { sku: 'CRUK' }, { sku: '10001A' }]);
  expect(items.map(({ sku, trackInventory }) => [sku, trackInventory])).toEqual([
    ['POST', false],
    ['GIFT_0001_20', false],
    ['10001A', true],
  ]);
});

test('a customer lives where most of their lines went, or nowhere we can name', () => {
  const { customers } = collect(
    [
      { customer: '50001', country: 'EIRE' },
      { customer: '50001', country: 'RSA' },
      { customer: '50001', country: 'RSA' },
    ],
    [{ customer: '50002', country: 'Unspecified' }],
    [{ customer: '50003', sku: 'BANK CHARGES' }],
  );
  expect(customers).toEqual([
    { code: 'UCI-50001', countryCode: 'ZA' },
    { code: 'UCI-50002' },
    { code: 'UCI-50003', countryCode: 'GB' },
  ]);
});

test('the same file gives the same records', () => {
  const lines: Partial<InvoiceLine>[] = [
    { sku: 'A' },
    { sku: 'B', quantity: 3 },
    { sku: 'A', unitPrice: '9.99' },
  ];
  expect(collect(lines)).toEqual(collect(lines));
});
