import { createHash } from 'node:crypto';

export type CustomerStatus = 'ACTIVE' | 'MERGED' | 'BLOCKED' | 'ERASURE_PENDING' | 'ERASED';

/** The fields that a system of record tells us and that can be written here as well. */
export const PROFILE_FIELDS = ['givenName', 'familyName', 'email', 'phone'] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];

export type Profile = { readonly [F in ProfileField]: string | null };

export interface Customer extends Profile {
  readonly id: string;
  /** The number systems of record know the customer by. */
  readonly code: string;
  readonly countryCode: string | null;
  readonly status: CustomerStatus;
  /** The fields that were written here: from then on the feed leaves them alone. */
  readonly ownFields: readonly ProfileField[];
}

export const EMPTY_PROFILE: Profile = { givenName: null, familyName: null, email: null, phone: null };

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 12;

/** A number for a customer made here, from a fresh id: `C-` and 60 bits in letters that a person can read out. */
export function customerCodeFrom(freshId: string): string {
  const bytes = createHash('sha256').update(freshId).digest().subarray(0, CODE_LENGTH);
  return `C-${[...bytes].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')}`;
}
