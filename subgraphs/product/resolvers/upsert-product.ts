import { accepted, GraphError, refused, userError } from '../../../platform/errors.ts';
import { hasScope } from '../../../platform/identity/identity.ts';
import { titleFrom } from '../domain/content.ts';
import { newProduct } from '../domain/product.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { addProduct, retitleProduct } from '../store/upsert-product.ts';

export function upsertProduct(room: Room): NonNullable<MutationResolvers['upsertProduct']> {
  return async (_parent, { input }, { caller, loaders }) => {
    const { identity } = caller;
    if (!hasScope(identity, 'product:write'))
      throw new GraphError('FORBIDDEN', 'writing a product needs the scope product:write');
    const intent = { identity, mutation: 'upsertProduct', key: input.idempotencyKey, input };
    const outcome = await room.idempotency.once<{ id: string }>(intent, async (session) => {
      const notOurs = room.writes(identity, { 'Product.title': ['input', 'title'] });
      if (notOurs.length > 0) return refused(...notOurs);
      const title = titleFrom(input.title);
      if (!title.ok) return title;
      const at = room.clock.now();
      if (input.id == null) {
        const id = room.newId();
        await addProduct(room.collections, newProduct(id, title.value), at, session);
        return accepted({ id });
      }
      const wish = { id: input.id, title: title.value, at };
      if (await retitleProduct(room.collections, wish, session)) return accepted({ id: input.id });
      return refused(
        userError('PRODUCT_UNKNOWN', 'There is no product with this id.', { field: ['input', 'id'] }),
      );
    });
    if (!outcome.done) return { product: null, userErrors: [...outcome.errors] };
    // The change stream tells the other processes; whoever wrote must not read its own past meanwhile.
    room.cache.products.invalidate(outcome.value.id);
    return { product: await loaders.productById.load(outcome.value.id), userErrors: [] };
  };
}
