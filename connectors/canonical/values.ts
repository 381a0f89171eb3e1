import { z } from 'zod';

/**
 * The value formats every canonical record is written in. Amounts and quantities travel as plain decimal strings
 * (no exponent, no thousands separator, at most 12 digits before and 6 after the point, so that a product of two is exact too): a JSON number would
 * already have lost a cent before anybody could check it.
 */
const DECIMAL = /^-?(0|[1-9]\d{0,11})(\.\d{1,6})?$/;

/** A signed decimal string, e.g. `-3`, `0.50`. */
export const decimal = z.string().regex(DECIMAL, 'must be a plain decimal such as 12.50');

/** A decimal string that is zero or more. */
export const nonNegativeDecimal = decimal.refine((value) => !value.startsWith('-'), 'must not be negative');

/** A decimal string above zero. */
export const positiveDecimal = nonNegativeDecimal.refine(
  (value) => /[1-9]/.test(value),
  'must be above zero',
);

/** A decimal string that is not zero, of either sign. */
export const nonZeroDecimal = decimal.refine((value) => /[1-9]/.test(value), 'must not be zero');

/** ISO 4217 alphabetic code. */
export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR');

/** ISO 3166-1 alpha-2 code. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code such as NL');

/** UN/CEFACT Recommendation 20 unit code; `C62` is one piece. */
export const unitCode = z.string().regex(/^[A-Z0-9]{2,3}$/, 'must be a UN/CEFACT unit code such as C62');

/** GS1 trade item number of 8, 12, 13 or 14 digits. Its check digit is not judged here: real catalogues carry wrong ones. */
export const gtin = z.string().regex(/^(\d{8}|\d{12,14})$/, 'must have 8, 12, 13 or 14 digits');

/** A code or reference another system knows: printable, no surrounding blanks, at most 120 characters. */
export const code = z
  .string()
  .min(1, 'must not be empty')
  .max(120, 'must have at most 120 characters')
  .regex(/^\P{C}*$/u, 'must not have control characters')
  .refine((value) => value === value.trim(), 'must not begin or end with a blank');

/** A human text of at most 500 characters. */
export const text = z.string().min(1, 'must not be empty').max(500, 'must have at most 500 characters');

/** An instant in RFC 3339 with an offset, e.g. `2026-03-01T09:30:00Z`. */
export const instant = z.iso.datetime({ offset: true, error: 'must be an RFC 3339 instant with an offset' });

/** A calendar day, `2026-03-01`. */
export const day = z.iso.date('must be a day such as 2026-03-01');

/** IANA time zone, as the runtime knows them. */
export const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Amsterdam');

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return value !== '';
  } catch {
    return false;
  }
}
