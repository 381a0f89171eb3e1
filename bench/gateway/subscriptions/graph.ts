/** The graph the subscriptions are measured on: prices that change, with a name that another subgraph knows. */
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n`;

export const PRICES = `${LINK}
  type Query { prices: Int }
  type Subscription { priceChanged(sku: ID!): Article! }
  type Article @key(fields: "sku") { sku: ID! cents: Int! atMs: Float! }
`;

export const NAMES = `${LINK}
  type Query { names: Int }
  type Article @key(fields: "sku") { sku: ID! name: String! }
`;

/** What every subscriber asks. */
export const PRICE_CHANGED = 'subscription ($sku: ID!) { priceChanged(sku: $sku) { sku cents atMs name } }';
