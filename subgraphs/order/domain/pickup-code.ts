import { createHash, timingSafeEqual } from 'node:crypto';

/** Digits and letters that cannot be mistaken for one another on paper or when said (Crockford's base 32). */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/**
 * A code that a customer says at the counter, `K7Q2-9XM4`: eight digits, each drawn from one random byte. 2^40 codes against five tries an
 * hour: who guesses at one order without pause for a year hits it once in twenty-five million years.
 */
export function pickupCodeFrom(randomBytes: (count: number) => Uint8Array): string {
  // 256 is a multiple of 32, so no digit is likelier than another.
  const digits = Array.from(randomBytes(LENGTH), (byte) => DIGITS.charAt(byte % DIGITS.length)).join('');
  return `${digits.slice(0, LENGTH / 2)}-${digits.slice(LENGTH / 2)}`;
}

/** Whether what was said is the code. Case, spaces and dashes do not count, nor do the letters that look like digits; how long it takes tells nothing. */
export function isPickupCode(said: string, code: string): boolean {
  const hash = (text: string) => createHash('sha256').update(normal(text)).digest();
  return timingSafeEqual(hash(said), hash(code));
}

function normal(text: string): string {
  return text.slice(0, 100).toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
}
