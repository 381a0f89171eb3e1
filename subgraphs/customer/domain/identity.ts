/** A name that one of our systems knows a customer by. */
export interface CustomerIdentity {
  readonly type: IdentityType;
  /** As it was given. */
  readonly value: string;
  readonly sourceSystem: string;
  readonly verifiedAt: Date | null;
}

export type IdentityType =
  | 'EMAIL'
  | 'PHONE'
  | 'LOYALTY_NUMBER'
  | 'POS_CUSTOMER'
  | 'ERP_ACCOUNT'
  | 'CRM_CONTACT'
  | 'ECOMMERCE_ACCOUNT'
  | 'DEVICE';

/** RFC 5321 allows no longer address, and no other name needs more. */
export const MAX_VALUE_LENGTH = 254;

const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[^\s@.]+(\.[^\s@.]+)+$/u;
/** E.164: a country code that does not begin with zero, at most 15 digits in all. */
const PHONE = /^\+[1-9]\d{6,14}$/;

/**
 * The one spelling of a name by which it is unique, or null when it cannot be such a name. E-mail addresses lose their case, phone
 * numbers everything but their digits; other systems' numbers are theirs and only lose the blanks around them.
 */
export function normalIdentity(type: IdentityType, value: string): string | null {
  const text = value.trim();
  if (text === '' || text.length > MAX_VALUE_LENGTH) return null;
  if (type === 'EMAIL') {
    const address = text.normalize('NFC').toLowerCase();
    return EMAIL.test(address) ? address : null;
  }
  if (type === 'PHONE') {
    const digits = text.replace(/[\s().\-/]/g, '').replace(/^00/, '+');
    return PHONE.test(digits) ? digits : null;
  }
  return text;
}

/** What is unique over all customers. */
export function identityKey(type: IdentityType, normal: string): string {
  return `${type}:${normal}`;
}
