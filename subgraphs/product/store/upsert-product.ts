import type { ClientSession } from 'mongoose';
import type { Product, Variant } from '../domain/article.ts';
import { withTitle } from '../domain/product.ts';
import type { Collections, VariantRecord } from './collections.ts';
import { factOf, factsById, write } from './keep.ts';

/** Gives a product of ours or the ERP's a title of ours. False when there is no such product. */
export async function retitleProduct(
  collections: Collections,
  wish: { readonly id: string; readonly title: string; readonly at: Date },
  session: ClientSession,
): Promise<boolean> {
  const product = (await factsById<Product>(collections.products, [wish.id], session)).get(wish.id);
  if (product === undefined) return false;
  const variants = await collections.variants
    .find({ productId: wish.id })
    .session(session)
    .lean<VariantRecord[]>();
  const fact = withTitle(
    product,
    wish.title,
    variants.map((record) => factOf<Variant>(record)),
  );
  await write<Product>(collections.products, [{ fact, sourceAt: wish.at }], session);
  return true;
}

/** Makes a product that no system of record knows yet. */
export async function addProduct(
  collections: Collections,
  product: Product,
  at: Date,
  session: ClientSession,
): Promise<void> {
  await write<Product>(collections.products, [{ fact: product, sourceAt: at }], session);
}
