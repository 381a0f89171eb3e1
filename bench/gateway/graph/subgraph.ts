import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { answerKnownEntitiesAtOnce } from '../../../platform/graphql/entities.ts';

type SubgraphInput = Parameters<typeof buildSubgraphSchema>[0];

/** One of the benchmark's four subgraphs. */
export interface BenchSubgraph {
  readonly name: string;
  readonly typeDefs: string;
  readonly resolvers: SubgraphInput extends infer Input
    ? NonNullable<Extract<Extract<Input, readonly unknown[]>[number], { resolvers?: unknown }>['resolvers']>
    : never;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3",
  import: ["@key", "@shareable", "@external", "@requires", "@provides"])\n`;

export const contractOf = ({ typeDefs }: BenchSubgraph) => parse(LINK + typeDefs);

/** Built as the graph's own subgraphs are. */
export function schemaOf(subgraph: BenchSubgraph): GraphQLSchema {
  return answerKnownEntitiesAtOnce(
    buildSubgraphSchema([{ typeDefs: contractOf(subgraph), resolvers: subgraph.resolvers }]),
  );
}
