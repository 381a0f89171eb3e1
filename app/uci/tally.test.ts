import fc from 'fast-check';
import { expect, test } from 'vitest';
import { userError } from '../../platform/errors.ts';
import { decimal, zero } from '../../platform/money.ts';
import { classify, lineAmount, type Part } from './classify.ts';
import type { InvoiceLine } from './invoice-line.ts';
import { createTally } from './tally.ts';

const lines = (number: string): fc.Arbitrary<InvoiceLine[]> =>
  fc.array(
    fc.record({
      line: fc.integer({ min: 2, max: 999_999 }),
      invoice: fc.constant(number),
      sku: fc.constantFrom('10001A', '10002', 'POST', 'D', 'CRUK', 'BANK CHARGES', 'B', 'PADS'),
      description: fc.constantFrom('', 'damaged', 'found', 'JUG'),
      quantity: fc.integer({ min: -80_995, max: 80_995 }).filter((value) => value !== 0),
      soldAt: fc.constant('2010-12-01 08:26:00'),
      unitPrice: fc
        .integer({ min: -20_000, max: 20_000_000 })
        .map((thousandths) => decimal(String(thousandths)).div(decimal('1000')).toFixed(3)),
      customer: fc.constantFrom(null, '50001', '50002'),
      country: fc.constant('United Kingdom'),
    }),
    { minLength: 1, maxLength: 8 },
  );

const invoices = fc.array(
  fc
    .constantFrom('900001', 'C900002', 'A900003')
    .chain((number) => lines(number).map((of) => ({ number, lines: of }))),
  { maxLength: 12 },
);

/** What an honest graph says a part came to. */
function worth(part: Part) {
  return part.lines.reduce((total, line) => total.plus(lineAmount(line)), zero);
}

test('whatever the invoices are and whichever are refused, the buckets add up and every line ends once', () => {
  fc.assert(
    fc.property(
      invoices,
      fc.infiniteStream(fc.constantFrom('done', 'doneBefore', 'refused')),
      (all, ends) => {
        const tally = createTally();
        for (const part of all.flatMap(classify)) {
          const end = ends.next().value;
          if (part.kind === 'refused') tally.refused(part, part.refusal);
          else if (end === 'refused') tally.refused(part, userError('INSUFFICIENT_STOCK', 'Not enough.'));
          else tally.carriedOut(part, end === 'done' ? 'done' : 'doneBefore', worth(part));
        }
        const result = tally.result();
        expect(result.value.difference).toBe('0.00');
        expect(result.addsUp).toBe(true);
        expect(result.lines.read).toBe(all.flatMap((invoice) => invoice.lines).length);
        expect(result.rejections.total).toBe(result.lines.rejected);
        const exact = all
          .flatMap((invoice) => invoice.lines)
          .reduce(
            (sum, { quantity, unitPrice }) => sum.plus(decimal(String(quantity)).times(decimal(unitPrice))),
            zero,
          );
        expect(decimal(result.value.in).eq(exact)).toBe(true);
      },
    ),
  );
});

const [order] = classify({
  number: '900001',
  lines: [
    {
      line: 2,
      invoice: '900001',
      sku: 'PADS',
      description: 'PADS',
      quantity: 3,
      soldAt: '2010-12-01 08:26:00',
      unitPrice: '0.005',
      customer: null,
      country: 'United Kingdom',
    },
  ],
});
if (order === undefined) throw new Error('an invoice with a line has a part');

test('given a graph that is a penny off, the report does not add up and says by how much', () => {
  const tally = createTally();
  tally.carriedOut(order, 'done', decimal('0.03'));
  const { addsUp, value } = tally.result();
  expect([addsUp, value.difference]).toEqual([false, '-0.01']);
});

test('rounding is what the pennies took off or put on', () => {
  const tally = createTally();
  tally.carriedOut(order, 'done', decimal('0.02'));
  const { addsUp, value } = tally.result();
  expect([addsUp, value.in, value.orders, value.rounding]).toEqual([true, '0.015', '0.02', '-0.005']);
});

test('an unreadable line counts with its value where it has one, and by number where it has none', () => {
  const tally = createTally();
  const line = { line: 7, invoice: '900001', message: 'm', column: 'InvoiceDate' };
  tally.unreadable({ ...line, code: 'INVALID_DATE', value: decimal('2.50') });
  tally.unreadable({ ...line, code: 'WRONG_COLUMN', column: undefined, value: null });
  const result = tally.result();
  expect(result).toMatchObject({
    addsUp: true,
    linesWithoutValue: 1,
    value: { in: '2.50', rejected: '2.50' },
  });
  expect(result.lines).toEqual({ read: 2, done: 0, doneBefore: 0, rejected: 2, unreadable: 2 });
  expect(result.rejections.listed[0]).toEqual({
    line: 7,
    invoice: '900001',
    code: 'INVALID_DATE',
    message: 'm',
    field: 'InvoiceDate',
  });
});
