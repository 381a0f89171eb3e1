import { AUTHOR, REVIEWS, REVIEWS_OF_A_USER, type Review, reviewsOf } from './records.ts';
import type { BenchSubgraph } from './subgraph.ts';

export const reviews: BenchSubgraph = {
  name: 'reviews',
  typeDefs: `
    type Review @key(fields: "id") {
      id: ID!
      body: String
      product: Product
      author: User @provides(fields: "username")
    }
    type User @key(fields: "id") {
      id: ID!
      username: String @external
      reviews: [Review]
    }
    type Product @key(fields: "upc") {
      upc: String!
      reviews: [Review]
    }
  `,
  resolvers: {
    Review: {
      __resolveReference: ({ id }: { id: string }) => ({ ...REVIEWS.find((review) => review.id === id) }),
      product: ({ upc }: Review) => ({ upc }),
      author: () => ({ id: AUTHOR.id, username: AUTHOR.username }),
    },
    User: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      reviews: () => REVIEWS_OF_A_USER,
    },
    Product: {
      __resolveReference: ({ upc }: { upc: string }) => ({ upc }),
      reviews: ({ upc }: { upc: string }) => reviewsOf(upc),
    },
  },
};
