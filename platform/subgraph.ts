import type { GraphQLSchema } from 'graphql';
import type { Caller } from './identity/identity.ts';

export const SUBGRAPH_NAMES = ['product', 'inventory', 'order', 'customer', 'finance', 'operations'] as const;
export type SubgraphName = (typeof SUBGRAPH_NAMES)[number];

/** What every `create<Subgraph>()` returns: a room that can be asked, started and stopped, by whatever serves it. */
export interface Subgraph {
  readonly name: SubgraphName;
  /** The executable federation schema. */
  readonly schema: GraphQLSchema;
  /** A new context for one request, with loaders of its own. */
  contextFor(caller: Caller): object;
  /** Makes indexes, then starts feeds, consumers, dispatchers and change tails. Resolves when questions can be answered. */
  start(): Promise<void>;
  readiness(): Readiness;
  /** Finishes what is under way and stops everything `start` began. Safe to call twice. */
  stop(): Promise<void>;
}

/** Whether something can serve, part by part; `/readyz` shows it. */
export interface Readiness {
  readonly ready: boolean;
  readonly parts: readonly { readonly name: string; readonly ready: boolean; readonly detail?: string }[];
}

export function readinessOf(parts: Readiness['parts']): Readiness {
  return { ready: parts.every((part) => part.ready), parts };
}

/** Something with a life of its own inside a subgraph: a feed, a consumer, a dispatcher, a change tail. */
export interface Running {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Whether it is doing its work now; a detail says why not. */
  health(): { readonly ready: boolean; readonly detail?: string };
}
