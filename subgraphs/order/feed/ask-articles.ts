import type { Caller } from '../../../platform/identity/identity.ts';
import type { Money } from '../../../platform/money.ts';
import type { SalableVariant, SellingChannel } from '../domain/price-lines.ts';
import type { Siblings } from '../room.ts';

const ARTICLES = {
  name: 'OrderArticles',
  document: /* GraphQL */ `
    query OrderArticles($channelId: ID!, $representations: [_Any!]!) {
      channels { id code market defaultCurrency priceIncludesTax }
      _entities(representations: $representations) {
        ... on ProductVariant {
          id sku title baseUnit trackInventory taxCategoryCode
          status
          price(channelId: $channelId) { list { amount currencyCode } sale { amount currencyCode } }
        }
      }
    }`,
};

interface Answer {
  readonly channels: readonly SellingChannel[];
  readonly _entities: readonly (ArticleAnswer | null)[];
}

interface ArticleAnswer extends Omit<SalableVariant, 'salable'> {
  readonly status: string;
  readonly price: { readonly list: Money; readonly sale: Money | null } | null;
}

export interface Articles {
  /** Null: there is no such channel. */
  readonly channel: SellingChannel | null;
  /** By id; unknown ones are missing. */
  readonly variants: ReadonlyMap<string, SalableVariant>;
}

/** Asks product for a channel and articles with their prices there, all in one question. */
export async function askArticles(
  product: Siblings['product'],
  channelId: string,
  variantIds: readonly string[],
  caller: Caller,
): Promise<Articles> {
  const representations = [...new Set(variantIds)].map((id) => ({ __typename: 'ProductVariant', id }));
  const answer = await product.ask<Answer>(ARTICLES, { channelId, representations }, caller);
  const known = answer._entities.filter((article) => article !== null);
  return {
    channel: answer.channels.find((channel) => channel.id === channelId) ?? null,
    variants: new Map(
      known.map(({ status, ...article }) => [article.id, { ...article, salable: status === 'ACTIVE' }]),
    ),
  };
}
