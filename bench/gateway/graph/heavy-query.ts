/**
 * The public benchmark's one query: every user's reviews with their products, those products' reviews, their authors and what they wrote
 * in turn; and the same for the top products. The number of top products is a variable here, so that requests differ.
 */
export const HEAVY_QUERY = `
fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate upc weight }

query Heavy($first: Int!) {
  users {
    ...User
    reviews {
      ...Review
      product {
        ...Product
        reviews {
          ...Review
          author { ...User reviews { ...Review product { ...Product } } }
        }
      }
    }
  }
  topProducts(first: $first) {
    ...Product
    reviews {
      ...Review
      author { ...User reviews { ...Review product { ...Product } } }
    }
  }
}`;

/** The variables that requests take turns with. Five is what the public benchmark asks, by default. */
export const VARIANTS: readonly { readonly first: number }[] = [4, 5, 6, 7, 8, 9].map((first) => ({ first }));

/** The JSON body of a request for one variant. */
export const bodyOf = (variables: { readonly first: number }): string =>
  JSON.stringify({ query: HEAVY_QUERY, variables });
