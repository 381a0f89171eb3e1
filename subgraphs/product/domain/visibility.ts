import { type Identity, isShopperOnly } from '../../../platform/identity/identity.ts';
import type { ProductStatus } from './article.ts';

/** What a list shows: shoppers see what is or was on sale, staff see everything. */
export function listedStatuses(identity: Identity): readonly ProductStatus[] {
  return isShopperOnly(identity)
    ? ['ACTIVE', 'DISCONTINUED']
    : ['DRAFT', 'ACTIVE', 'DISCONTINUED', 'ARCHIVED'];
}

/** Whether the caller may know of this one. An archived article stays visible to whoever has its id: it stands in old orders. */
export function mayKnow(identity: Identity, thing: { readonly status: ProductStatus }): boolean {
  return thing.status !== 'DRAFT' || !isShopperOnly(identity);
}
