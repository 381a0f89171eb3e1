import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';

/** Makes a new identity: a UUIDv7, so that ids sort by the time they were made. */
export type NewId = () => string;

export const newId: NewId = () => uuidv7();

/** Before every id that `newId` makes from `at` on, and after those it made before: a range of ids is a range of time. */
export function firstIdAt(at: Date): string {
  const ms = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-000000000000`;
}

/**
 * The key of one step of an intent, for a system that dedupes by key. The same intent and step give the same key for ever, so a
 * retry can never look like a new intent. 64 hex characters: every vendor's limit that we know of is higher.
 */
export function deriveKey(intentKey: string, step: string): string {
  return createHash('sha256').update(intentKey).update('\u0000').update(step).digest('hex');
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text has the form of our ids, so that nobody but us is likely to have given it. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** An id that follows from a natural key (`product`, `sku`): the same key names the same thing in every process, without a lookup. */
export function idFromKey(...parts: string[]): string {
  const hex = createHash('sha256').update(parts.join('\u0000')).digest('hex');
  // RFC 9562 version 8 (custom): the version and variant digits are fixed, the rest is the hash.
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
