import { PRODUCTS } from './records.ts';
import type { BenchSubgraph } from './subgraph.ts';

export const products: BenchSubgraph = {
  name: 'products',
  typeDefs: `
    type Query {
      topProducts(first: Int = 5): [Product]
    }
    type Product @key(fields: "upc") {
      upc: String!
      name: String
      price: Int
      weight: Int
    }
  `,
  resolvers: {
    Query: { topProducts: (_: unknown, { first }: { first: number }) => PRODUCTS.slice(0, first) },
    Product: {
      __resolveReference: ({ upc }: { upc: string }) => ({
        ...PRODUCTS.find((product) => product.upc === upc),
      }),
    },
  },
};
