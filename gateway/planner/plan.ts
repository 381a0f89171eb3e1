/**
 * A query plan in the gateway's own words. Each planner's adapter translates into this, so that the executor knows one format.
 */
export type PlanNode = SequenceNode | ParallelNode | FlattenNode | ConditionNode | FetchNode;

export interface SequenceNode {
  readonly kind: 'Sequence';
  readonly nodes: readonly PlanNode[];
}

export interface ParallelNode {
  readonly kind: 'Parallel';
  readonly nodes: readonly PlanNode[];
}

/** Runs `node` for the objects found at `path`. */
export interface FlattenNode {
  readonly kind: 'Flatten';
  readonly path: readonly PathStep[];
  readonly node: PlanNode;
}

/** Runs one branch or the other by the value of a Boolean variable. */
export interface ConditionNode {
  readonly kind: 'Condition';
  readonly variable: string;
  readonly whenTrue?: PlanNode;
  readonly whenFalse?: PlanNode;
}

/** One call to one subgraph. Without `entities` it asks root fields, with them it completes objects that are already there. */
export interface FetchNode {
  readonly kind: 'Fetch';
  readonly subgraph: string;
  readonly operation: string;
  readonly operationKind: 'query' | 'mutation' | 'subscription';
  readonly operationName?: string;
  /** Names of the client's variables that the operation uses. */
  readonly variables: readonly string[];
  readonly entities?: readonly EntityLookup[];
  /** For root fields only; each entity lookup has its own. */
  readonly outputRewrites: readonly Rewrite[];
}

/** One `_entities` field of a fetch. */
export interface EntityLookup {
  /** The response key the answers arrive under. */
  readonly responseKey: string;
  /** The variable that carries the representations. */
  readonly variable: string;
  /** Where the objects to complete are, from the point the fetch runs at; absent: the objects the fetch was given. */
  readonly paths?: readonly (readonly PathStep[])[];
  readonly requires: readonly RequiredSelection[];
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
}

/** A step into the response: a key, every item of a list, or only objects of one of these types. */
export type PathStep =
  | { readonly key: string }
  | { readonly everyItem: true }
  | { readonly typenames: readonly string[] };

/** What a representation consists of. `from` is the key to read in the object at hand, `to` the key to write. */
export type RequiredSelection =
  | {
      readonly kind: 'Field';
      readonly from: string;
      readonly to: string;
      readonly selections: readonly RequiredSelection[];
    }
  | {
      readonly kind: 'OnType';
      readonly typename: string;
      readonly selections: readonly RequiredSelection[];
    };

/** Sets a value, or renames a key, at a place of a representation or an answer. The last step of `path` is always a key. */
export type Rewrite =
  | { readonly kind: 'SetValue'; readonly path: readonly PathStep[]; readonly value: unknown }
  | { readonly kind: 'RenameKey'; readonly path: readonly PathStep[]; readonly to: string };

export interface QueryPlan {
  /** Absent when no subgraph has to be asked. */
  readonly node?: PlanNode;
  /** For a subscription: the fetch at its owner. `node` is then what runs for every event. */
  readonly subscription?: FetchNode;
}

/** Turns an operation that is valid against the API schema into a plan. Throws when it cannot. */
export interface Planner {
  plan(source: string, operationName: string | undefined): QueryPlan;
}

export type CreatePlanner = (supergraphSdl: string) => Planner;
