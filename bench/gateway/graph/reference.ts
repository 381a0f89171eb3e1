import { buildSchema, type ExecutionResult, execute, parse } from 'graphql';
import { HEAVY_QUERY } from './heavy-query.ts';
import {
  AUTHOR,
  PRODUCTS,
  type Product,
  REVIEWS_OF_A_USER,
  type Review,
  reviewsOf,
  shippingEstimate,
  USERS,
  type User,
} from './records.ts';

/** The same graph in one piece, executed by graphql-js: what every gateway has to answer. */
const WHOLE = buildSchema(`
  type Query { users: [User] topProducts(first: Int = 5): [Product] }
  type User { id: ID! name: String username: String birthday: Int reviews: [Review] }
  type Review { id: ID! body: String product: Product author: User }
  type Product {
    upc: String! name: String price: Int weight: Int inStock: Boolean shippingEstimate: Int reviews: [Review]
  }
`);

const user = (record: User) => ({ ...record, reviews: () => REVIEWS_OF_A_USER.map(review) });
const review = ({ id, body, upc }: Review): object => ({
  id,
  body,
  product: () => PRODUCTS.filter((record) => record.upc === upc).map(product)[0],
  author: () => user(AUTHOR),
});
const product = (record: Product) => ({
  ...record,
  shippingEstimate: shippingEstimate(record.price, record.weight),
  reviews: () => reviewsOf(record.upc).map(review),
});

export async function referenceAnswer(variables: { readonly first: number }): Promise<ExecutionResult> {
  const answer = await execute({
    schema: WHOLE,
    document: parse(HEAVY_QUERY),
    variableValues: variables,
    rootValue: {
      users: USERS.map(user),
      topProducts: ({ first }: { first: number }) => PRODUCTS.slice(0, first).map(product),
    },
  });
  // Through JSON, as every other answer comes: without the prototypes that graphql-js gives its objects.
  return JSON.parse(JSON.stringify(answer));
}
