import { hasScope, type Identity, isShopperOnly } from '../../../platform/identity/identity.ts';
import type { Return } from './return.ts';
import { maySee } from './visibility.ts';

/** The same row rule as for orders: staff see all returns, a shopper the own ones, somebody without an account what they asked for. */
export function maySeeReturn(identity: Identity, { customerId, requestedBy }: Return): boolean {
  return maySee(identity, { customerId, placedBy: requestedBy });
}

/** Whether the caller works with returns: approves, takes in, decides, and vouches for goods without a receipt. */
export function handlesReturns(identity: Identity): boolean {
  return !isShopperOnly(identity) && hasScope(identity, 'order:write');
}
