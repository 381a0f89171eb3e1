import { PRODUCTS, shippingEstimate } from './records.ts';
import type { BenchSubgraph } from './subgraph.ts';

export const inventory: BenchSubgraph = {
  name: 'inventory',
  typeDefs: `
    type Product @key(fields: "upc") {
      upc: String!
      price: Int @external
      weight: Int @external
      inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight")
    }
  `,
  resolvers: {
    Product: {
      __resolveReference: ({ upc, price, weight }: Asked) => ({
        upc,
        price,
        weight,
        inStock: PRODUCTS.find((product) => product.upc === upc)?.inStock ?? null,
      }),
      shippingEstimate: ({ price, weight }: Asked) => shippingEstimate(price ?? null, weight ?? null),
    },
  },
};

interface Asked {
  readonly upc: string;
  readonly price?: number | null;
  readonly weight?: number | null;
}
