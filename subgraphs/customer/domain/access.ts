import { hasScope, type Identity, isShopperOnly } from '../../../platform/identity/identity.ts';

/** Everybody reads their own row; others' rows need customer:read, and no shopper has them. */
export function mayRead(identity: Identity, customerId: string): boolean {
  if (identity.customerId === customerId) return true;
  return !isShopperOnly(identity) && hasScope(identity, 'customer:read');
}

/** Whether the caller may write this customer; `unknown` says that the caller must not learn whether there is one. */
export function writeAccess(identity: Identity, customerId: string): 'granted' | 'unknown' | 'forbidden' {
  if (identity.customerId === customerId) return 'granted';
  if (isShopperOnly(identity)) return 'unknown';
  return hasScope(identity, 'customer:write') ? 'granted' : 'forbidden';
}

/** Whether the caller may make a customer: staff, and a person who signed in and is no customer yet. */
export function mayMake(identity: Identity): boolean {
  if (identity.kind === 'anonymous') return false;
  return isShopperOnly(identity) ? identity.customerId === undefined : hasScope(identity, 'customer:write');
}
