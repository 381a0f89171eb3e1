import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { answerKnownEntitiesAtOnce } from './entities.ts';
import { scalars } from './scalars.ts';

/** Resolvers by type name, as generated types describe them; checked there, not here. */
type ResolverMap = Parameters<typeof buildSubgraphSchema>[0] extends infer M
  ? M extends readonly { resolvers?: infer R }[]
    ? R
    : never
  : never;

/** Builds the executable schema of one subgraph from its `schema.graphql` and resolvers, with the graph's scalars added. */
export function subgraphSchema(schemaFile: URL, resolvers: object): GraphQLSchema {
  const typeDefs = parse(readFileSync(schemaFile, 'utf8'));
  return answerKnownEntitiesAtOnce(
    buildSubgraphSchema([{ typeDefs, resolvers: { ...scalars, ...resolvers } as ResolverMap }]),
  );
}
