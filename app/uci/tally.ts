import type { Big } from 'big.js';
import type { UserErrorValue } from '../../platform/errors.ts';
import { money, zero } from '../../platform/money.ts';
import { type Bucket, lineAmount, type Part } from './classify.ts';
import { CURRENCY } from './codes.ts';
import { exactValue, type InvoiceLine } from './invoice-line.ts';
import type { UnreadableLine } from './invoices.ts';

export type Outcome = 'done' | 'doneBefore' | 'rejected';

export interface Counts {
  /** Invoices, or the parts of a split one, that ended so. */
  readonly invoices: Readonly<Record<Outcome, number>>;
  readonly lines: Readonly<Record<Outcome, number>>;
}

export interface Rejection {
  readonly line: number;
  readonly invoice: string;
  readonly code: string;
  readonly message: string;
  /** The column of the file or the path into the request; empty when neither is to blame. */
  readonly field: string;
}

/** Pounds, as exact decimals. `in` is what the file says; the rest is where it went. */
export interface Values {
  readonly in: string;
  /** What the graph says it placed. */
  readonly orders: string;
  /** What the graph says it credits; negative. */
  readonly returns: string;
  readonly adjustments: string;
  /** What the graph says it posted; negative where we paid. */
  readonly fees: string;
  readonly rejected: string;
  /** What rounding each line to pennies took off the lines that were carried out. */
  readonly rounding: string;
  /** `in` less all the others: anything but zero means that value was lost or made up. */
  readonly difference: string;
}

export interface TallyResult {
  readonly addsUp: boolean;
  readonly value: Values;
  readonly buckets: Readonly<Record<Bucket, Counts>>;
  readonly lines: Readonly<Record<Outcome | 'read' | 'unreadable', number>>;
  /** Lines that were rejected and whose value cannot be read either; they are in no sum. */
  readonly linesWithoutValue: number;
  readonly rejections: {
    readonly total: number;
    readonly byCode: Readonly<Record<string, number>>;
    /** The first ones, in the order in which they happened. */
    readonly listed: readonly Rejection[];
  };
}

/** A file of nothing but rejections must not make a report nobody can open. */
const MAX_LISTED = 10_000;

const BUCKETS: readonly Bucket[] = ['orders', 'returns', 'adjustments', 'fees'];

/** Adds up what became of the lines of a file, to the last decimal. */
export function createTally() {
  const counts = new Map(BUCKETS.map((bucket) => [bucket, { invoices: noCounts(), lines: noCounts() }]));
  const answered = new Map<Bucket, Big>();
  const byCode: Record<string, number> = {};
  const listed: Rejection[] = [];
  let valueIn = zero;
  let rejected = zero;
  let rounding = zero;
  let rejections = 0;
  let unreadable = 0;
  let withoutValue = 0;

  function count({ bucket, lines }: Pick<Part, 'bucket' | 'lines'>, outcome: Outcome): void {
    const of = counts.get(bucket);
    if (of === undefined) return;
    of.invoices[outcome] += 1;
    of.lines[outcome] += lines.length;
  }

  function list(rejection: Rejection): void {
    rejections += 1;
    byCode[rejection.code] = (byCode[rejection.code] ?? 0) + 1;
    if (listed.length < MAX_LISTED) listed.push(rejection);
  }

  return {
    /** A part was carried out, now or before; `value` is what the graph says it came to, signed as in the file. */
    carriedOut(part: Pick<Part, 'bucket' | 'lines'>, outcome: 'done' | 'doneBefore', value: Big): void {
      const exact = sum(part.lines, exactValue);
      valueIn = valueIn.plus(exact);
      rounding = rounding.plus(exact.minus(sum(part.lines, lineAmount)));
      answered.set(part.bucket, (answered.get(part.bucket) ?? zero).plus(value));
      count(part, outcome);
    },

    /** A part was refused as a whole: each of its lines is rejected for the same reason. */
    refused(part: Pick<Part, 'bucket' | 'lines'>, refusal: UserErrorValue): void {
      const exact = sum(part.lines, exactValue);
      valueIn = valueIn.plus(exact);
      rejected = rejected.plus(exact);
      count(part, 'rejected');
      const { code, message, field } = refusal;
      for (const { line, invoice } of part.lines)
        list({ line, invoice, code, message, field: (field ?? []).join('.') });
    },

    unreadable({ line, invoice, code, message, column, value }: UnreadableLine): void {
      unreadable += 1;
      if (value === null) withoutValue += 1;
      valueIn = valueIn.plus(value ?? zero);
      rejected = rejected.plus(value ?? zero);
      list({ line, invoice, code, message, field: column ?? '' });
    },

    result(): TallyResult {
      const of = (bucket: Bucket) => answered.get(bucket) ?? zero;
      const placed = BUCKETS.reduce((total, bucket) => total.plus(of(bucket)), zero);
      const difference = valueIn.minus(placed).minus(rejected).minus(rounding);
      const lines = (outcome: Outcome) =>
        [...counts.values()].reduce((total, of) => total + of.lines[outcome], 0);
      const ended = {
        done: lines('done'),
        doneBefore: lines('doneBefore'),
        rejected: lines('rejected') + unreadable,
      };
      return {
        addsUp: difference.eq(zero),
        value: {
          in: text(valueIn),
          orders: text(of('orders')),
          returns: text(of('returns')),
          adjustments: text(of('adjustments')),
          fees: text(of('fees')),
          rejected: text(rejected),
          rounding: text(rounding),
          difference: text(difference),
        },
        // The map was made of exactly these buckets.
        buckets: Object.fromEntries(counts) as Record<Bucket, Counts>,
        lines: { read: ended.done + ended.doneBefore + ended.rejected, ...ended, unreadable },
        linesWithoutValue: withoutValue,
        rejections: { total: rejections, byCode: { ...byCode }, listed: [...listed] },
      };
    },
  };
}

export type Tally = ReturnType<typeof createTally>;

function noCounts(): Record<Outcome, number> {
  return { done: 0, doneBefore: 0, rejected: 0 };
}

function sum(lines: readonly InvoiceLine[], worth: (line: InvoiceLine) => Big): Big {
  return lines.reduce((total, line) => total.plus(worth(line)), zero);
}

function text(value: Big): string {
  return money(value, CURRENCY).amount;
}
