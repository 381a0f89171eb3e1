import { hasScope, type Identity } from '../../../platform/identity/identity.ts';

interface Owned {
  readonly customerId: string | null;
  readonly placedBy: string;
}

/** Whose orders a caller sees: staff all, a shopper the own ones, somebody without an account what the same sign-in placed. */
export function ordersVisibleTo(
  identity: Identity,
): { readonly all: true } | { readonly customerId: string | null; readonly placedBy: string } {
  if (identity.kind === 'service' || hasScope(identity, 'order:read')) return { all: true };
  return { customerId: identity.customerId ?? null, placedBy: identity.subject };
}

export function maySee(identity: Identity, order: Owned): boolean {
  const visible = ordersVisibleTo(identity);
  if ('all' in visible) return true;
  return visible.customerId === null
    ? order.placedBy === visible.placedBy
    : order.customerId === visible.customerId;
}
