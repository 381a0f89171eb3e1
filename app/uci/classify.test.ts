import { expect, test } from 'vitest';
import { classify, type Part, totalOf } from './classify.ts';
import { isService, reasonCode } from './codes.ts';
import { countryCode } from './countries.ts';
import type { InvoiceLine } from './invoice-line.ts';

let next = 1;
function line(values: Partial<InvoiceLine> = {}): InvoiceLine {
  next += 1;
  return {
    line: next,
    invoice: '900001',
    sku: '10001A',
    description: 'RED ENAMEL JUG',
    quantity: 1,
    soldAt: '2010-12-01 08:26:00',
    unitPrice: '2.55',
    customer: '50001',
    country: 'United Kingdom',
    ...values,
  };
}

function parts(number: string, ...lines: Partial<InvoiceLine>[]): Part[] {
  return classify({ number, lines: lines.map((values) => line({ invoice: number, ...values })) });
}

function summary(of: readonly Part[]) {
  return of.map((part) => [part.kind, part.lines.map(({ sku }) => sku).join(' ')]);
}

test('given a customer and a price, it is an order, services included', () => {
  expect(summary(parts('900001', {}, { sku: 'POST', unitPrice: '18.00' }))).toEqual([
    ['order', '10001A POST'],
  ]);
});

test('given a price and no customer, it is an order of a guest', () => {
  expect(parts('900001', { customer: null })).toMatchObject([{ kind: 'order', customer: null }]);
});

test('given a customer and no price, it is still an order: a gift', () => {
  expect(parts('900001', { unitPrice: '0.0' })).toMatchObject([{ kind: 'order', bucket: 'orders' }]);
});

test('given a number with C, it is a return, also without a customer or a price', () => {
  expect(summary(parts('C900001', { quantity: -1 }))).toEqual([['return', '10001A']]);
  expect(summary(parts('C900001', { quantity: -1, customer: null, unitPrice: '0' }))).toEqual([
    ['return', '10001A'],
  ]);
});

test('given neither customer nor price, it is a change of stock, one for each reason', () => {
  const moves = parts(
    '900001',
    { customer: null, unitPrice: '0', quantity: -3, description: 'damaged' },
    { customer: null, unitPrice: '0.0', quantity: 2, description: 'found' },
    { customer: null, unitPrice: '0.00', quantity: -1, description: 'wet damaged', sku: '10002' },
  );
  expect(moves).toMatchObject([
    { kind: 'adjustment', reasonCode: 'DAMAGED' },
    { kind: 'adjustment', reasonCode: 'FOUND' },
  ]);
  expect(summary(moves)).toEqual([
    ['adjustment', '10001A 10002'],
    ['adjustment', '10001A'],
  ]);
});

test('given a service without customer and price, it is rejected: it has no stock', () => {
  const moves = parts(
    '900001',
    { customer: null, unitPrice: '0', sku: 'POST' },
    { customer: null, unitPrice: '0' },
  );
  expect(moves).toMatchObject([
    { kind: 'adjustment', lines: [{ sku: '10001A' }] },
    { kind: 'refused', bucket: 'adjustments', refusal: { code: 'NOT_STOCKED' }, lines: [{ sku: 'POST' }] },
  ]);
});

test('given fee codes on any kind of invoice, they are split off and posted', () => {
  expect(summary(parts('900001', {}, { sku: 'BANK CHARGES' }))).toEqual([
    ['fees', 'BANK CHARGES'],
    ['order', '10001A'],
  ]);
  expect(summary(parts('C900001', { quantity: -1, sku: 'CRUK' }, { quantity: -1 }))).toEqual([
    ['fees', 'CRUK'],
    ['return', '10001A'],
  ]);
  expect(summary(parts('A900001', { sku: 'B', unitPrice: '-11.06', customer: null }))).toEqual([
    ['fees', 'B'],
  ]);
});

test('given a fee below half a penny, there is nothing to post', () => {
  expect(parts('900001', { sku: 'BANK CHARGES', unitPrice: '0.001' })).toMatchObject([
    { kind: 'refused', bucket: 'fees', refusal: { code: 'NOTHING_TO_POST' } },
  ]);
});

test('given what no rule foresees, the invoice is refused whole, with its reason', () => {
  const code = (...lines: Partial<InvoiceLine>[]) =>
    parts('900001', ...lines).map((part) => (part.kind === 'refused' ? part.refusal.code : part.kind));
  expect(code({ quantity: -1 })).toEqual(['QUANTITY_INVALID']);
  expect(code({}, { quantity: -1 })).toEqual(['QUANTITY_INVALID']);
  expect(code({ unitPrice: '-1' })).toEqual(['PRICE_INVALID']);
  expect(code({}, { customer: '50002' })).toEqual(['CUSTOMER_AMBIGUOUS']);
  expect(parts('C900001', { quantity: 1 })).toMatchObject([
    { kind: 'refused', refusal: { code: 'QUANTITY_INVALID' } },
  ]);
});

test('a total is the sum of lines rounded half up one by one', () => {
  expect(totalOf([line({ unitPrice: '0.001' }), line({ unitPrice: '2.55', quantity: 3 })])).toBe('7.65');
  expect(totalOf([line({ unitPrice: '0.005' }), line({ unitPrice: '0.005' })])).toBe('0.02');
  expect(totalOf([line({ quantity: -2, unitPrice: '2.555' })])).toBe('5.11');
});

test('a description tells the reason of a stock move', () => {
  const reasons = {
    damages: 'DAMAGED',
    'wet pallet': 'DAMAGED',
    'thrown away-rusty': 'THROWN_AWAY',
    'Unsaleable, destroyed.': 'THROWN_AWAY',
    'found in w/hse': 'FOUND',
    '????missing': 'MISSING',
    'stock check': 'COUNT',
    'show samples': 'SAMPLE',
    'wrongly marked 23343': 'MISLABELED',
    'sold as set on dotcom': 'OTHER_CHANNEL',
    adjustment: 'CORRECTION',
    '?': 'OTHER',
    '': 'OTHER',
  };
  for (const [description, reason] of Object.entries(reasons))
    expect([description, reasonCode(description)]).toEqual([description, reason]);
});

test("services and countries are known by the file's own names", () => {
  expect(
    ['POST', 'DOT', 'C2', 'M', 'D', 'S', 'PADS', 'GIFT_0001_20', 'DCGSSBOY'].filter(isService),
  ).toHaveLength(9);
  expect(['10001A', 'DCG', 'MM', 'CRUK'].filter(isService)).toEqual([]);
  expect(
    ['EIRE', 'RSA', 'Channel Islands', 'Unspecified', 'European Community', 'toString'].map(countryCode),
  ).toEqual(['IE', 'ZA', 'JE', undefined, undefined, undefined]);
});
