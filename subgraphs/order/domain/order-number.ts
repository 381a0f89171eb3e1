import { createHash } from 'node:crypto';

/** Digits that cannot be mistaken for one another on paper or the phone (Crockford's base 32). */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A number people can read out, `UC-7Q2M4-XK9T0`: ten digits that follow from the order's id, so that a retry after a crash gives the
 * same number. 32^10 numbers: with ten million orders, one in about twenty thousand would meet another; `attempt` gives the next.
 */
export function orderNumber(orderId: string, attempt = 0): string {
  return `UC-${readable(orderId, attempt)}`;
}

/** Whether a reference has the form of our order numbers. */
export function isOrderNumber(reference: string): boolean {
  return reference.startsWith('UC-') && isReadable(reference.slice('UC-'.length));
}

/** Ten digits in two groups that follow from an id. */
export function readable(id: string, attempt: number): string {
  const hash = createHash('sha256').update(`${id}/${attempt}`).digest();
  const digits = Array.from({ length: 10 }, (_, index) => DIGITS.charAt((hash[index] ?? 0) % 32)).join('');
  return `${digits.slice(0, 5)}-${digits.slice(5)}`;
}

/** Whether a text has the form that `readable` gives. */
export function isReadable(text: string): boolean {
  return new RegExp(`^[${DIGITS}]{5}-[${DIGITS}]{5}$`).test(text);
}
