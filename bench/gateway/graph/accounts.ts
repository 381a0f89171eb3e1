import { AUTHOR, USERS } from './records.ts';
import type { BenchSubgraph } from './subgraph.ts';

const userById = (id: string) => USERS.find((user) => user.id === id) ?? null;

export const accounts: BenchSubgraph = {
  name: 'accounts',
  typeDefs: `
    type Query {
      me: User
      user(id: ID!): User
      users: [User]
    }
    type User @key(fields: "id") {
      id: ID!
      name: String
      username: String @shareable
      birthday: Int
    }
  `,
  resolvers: {
    Query: {
      me: () => AUTHOR,
      user: (_: unknown, { id }: { id: string }) => userById(id),
      users: () => USERS,
    },
    // A copy, for the library that looks entities up writes the type's name into what it is given.
    User: { __resolveReference: ({ id }: { id: string }) => copyOf(userById(id)) },
  },
};

const copyOf = <T extends object>(record: T | null): T | null => record && { ...record };
