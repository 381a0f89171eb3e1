import { composeSupergraph } from '../../../gateway/supergraph/compose.ts';
import { accounts } from './accounts.ts';
import { inventory } from './inventory.ts';
import { products } from './products.ts';
import { reviews } from './reviews.ts';
import { type BenchSubgraph, contractOf } from './subgraph.ts';

export const SUBGRAPHS: readonly BenchSubgraph[] = [accounts, inventory, products, reviews];

/** The supergraph every gateway is given, with the addresses the subgraphs are served at. */
export function composeBenchSupergraph(originUrl: string): string {
  return composeSupergraph(
    SUBGRAPHS.map((subgraph) => ({
      name: subgraph.name,
      url: urlOf(originUrl, subgraph),
      typeDefs: contractOf(subgraph),
    })),
  );
}

export const urlOf = (originUrl: string, { name }: BenchSubgraph): string => `${originUrl}/${name}`;
