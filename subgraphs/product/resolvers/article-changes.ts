import type { Loaders } from '../loaders.ts';
import type { ArticleChange } from '../room.ts';
import type { CatalogueChange } from '../store/catalogue-cache.ts';

/**
 * What a change in the store means article by article: a change of a product is one of each of its variants, in the order of their ids.
 * Asked once for each change, however many subscribers want to know.
 */
export function createArticleChanges(
  newLoaders: () => Loaders,
): (change: CatalogueChange) => Promise<readonly ArticleChange[]> {
  const known = new WeakMap<CatalogueChange, Promise<readonly ArticleChange[]>>();

  async function look(change: CatalogueChange): Promise<readonly ArticleChange[]> {
    const loaders = newLoaders();
    const variantIds =
      change.what === 'product'
        ? [...((await loaders.variantIdsByProduct.load(change.productId)) ?? [])].sort()
        : [change.variantId];
    const articles = await Promise.all(
      variantIds.map(async (variantId): Promise<ArticleChange[]> => {
        const variant = await loaders.variantById.load(variantId);
        if (variant === null) return [];
        if (change.what === 'price')
          return [{ variantId, status: variant.status, channelIds: [change.channelId] }];
        const product = await loaders.productById.load(variant.productId);
        return [{ variantId, status: variant.status, channelIds: product?.channelIds ?? [] }];
      }),
    );
    return articles.flat();
  }

  return (change) => {
    const asked = known.get(change);
    if (asked !== undefined) return asked;
    const answer = look(change);
    known.set(change, answer);
    // What failed may succeed for the next who asks.
    answer.catch(() => known.delete(change));
    return answer;
  };
}
