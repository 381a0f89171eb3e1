import { z } from 'zod';

/**
 * How Tryton writes values that JSON has no word for: an object whose `__class__` says what it is. Points in time are UTC without a zone
 * and go to the microsecond, which a Date does not: they are kept as text of fixed width, so that comparing text compares time.
 */

/** A Tryton search domain: a list is AND, one that begins with `OR` is OR. */
export type SearchDomain = readonly unknown[];

/** A `Decimal` as plain text, `-12.50`; Python may write small ones with an exponent. */
export const decimalValue = z
  .object({ __class__: z.literal('Decimal'), decimal: z.string() })
  .transform(({ decimal }) => plainDecimal(decimal));

const calendar = { year: z.number().int(), month: z.number().int(), day: z.number().int() };

/** A `date` as `2026-03-01`. */
export const dayValue = z
  .object({ __class__: z.literal('date'), ...calendar })
  .transform(({ year, month, day }) => `${pad(year, 4)}-${pad(month)}-${pad(day)}`);

/** A `datetime` as `2026-03-01T09:30:00.000001Z`: always 27 characters. */
export const momentValue = z
  .object({
    __class__: z.literal('datetime'),
    ...calendar,
    hour: z.number().int(),
    minute: z.number().int(),
    second: z.number().int(),
    microsecond: z.number().int(),
  })
  .transform(
    (at) =>
      `${pad(at.year, 4)}-${pad(at.month)}-${pad(at.day)}T${pad(at.hour)}:${pad(at.minute)}:${pad(at.second)}.${pad(at.microsecond, 6)}Z`,
  );

/** A yes or no, which a Tryton on SQLite writes as 1 or 0. */
export const flagValue = z.union([z.boolean(), z.literal(0), z.literal(1)]).transform(Boolean);

export const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** The time of the last write of a row that was read with `write_date` and `create_date`; a row never written again has no `write_date`. */
export const writtenAt = { write_date: momentValue.nullable(), create_date: momentValue };

export function lastWrite(row: { write_date: string | null; create_date: string }): string {
  return row.write_date ?? row.create_date;
}

export function toDecimal(decimal: string) {
  return { __class__: 'Decimal', decimal };
}

export function toDay(day: string) {
  const [year, month, date] = day.split('-').map(Number);
  return { __class__: 'date', year, month, day: date };
}

export function toMoment(moment: string) {
  const number = (from: number, to: number) => Number(moment.slice(from, to));
  return {
    __class__: 'datetime',
    year: number(0, 4),
    month: number(5, 7),
    day: number(8, 10),
    hour: number(11, 13),
    minute: number(14, 16),
    second: number(17, 19),
    microsecond: number(20, 26),
  };
}

/** A moment as an instant that everybody reads, to the millisecond. */
export function instantOf(moment: string): string {
  return `${moment.slice(0, 23)}Z`;
}

/** An instant as a moment. */
export function momentOf(instant: Date): string {
  return `${instant.toISOString().slice(0, 23)}000Z`;
}

/** A quantity, which Tryton keeps as a float, as text of at most six decimals. */
export function quantityText(quantity: number): string {
  return trimmed(quantity.toFixed(6));
}

function plainDecimal(text: string): string {
  return /e/i.test(text) ? trimmed(Number(text).toFixed(6)) : text;
}

function trimmed(text: string): string {
  const plain = text.replace(/\.?0+$/, '');
  return plain === '-0' || plain === '' ? '0' : plain;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}
