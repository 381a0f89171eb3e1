import { hasScope, type Identity, isShopperOnly } from '../../../platform/identity/identity.ts';
import type { Order } from './order.ts';
import type { Return } from './return.ts';

/** Staff who may read orders see every return; everybody else only their own. */
export function maySeeReturn(identity: Identity, found: Return): boolean {
  return seesAll(identity) || isOwn(identity, found.customerId, found.requestedBy);
}

/** Whether the caller may know that there is this order, to give something of it back. */
export function mayReturnFrom(identity: Identity, order: Order): boolean {
  return seesAll(identity) || isOwn(identity, order.customerId, order.placedBy);
}

/** Whether the caller works with returns: approves, takes in, decides, and vouches for goods without a receipt. */
export function handlesReturns(identity: Identity): boolean {
  return !isShopperOnly(identity) && hasScope(identity, 'order:write');
}

function seesAll(identity: Identity): boolean {
  return !isShopperOnly(identity) && (identity.kind === 'service' || hasScope(identity, 'order:read'));
}

/** A guest's things belong to the subject that made them; those of nobody who signed in to nobody. */
function isOwn(identity: Identity, customerId: string | null, subject: string): boolean {
  if (identity.kind === 'anonymous') return false;
  return identity.customerId === undefined
    ? subject === identity.subject
    : customerId === identity.customerId;
}
