import type { MatchContext } from '../query/matcher.ts';
import type { Doc } from '../values/kinds.ts';
import type { ExpressionEnvironment, Variables } from './expression.ts';

/** What a pipeline needs from outside. */
export type PipelineEnvironment = ExpressionEnvironment & {
  matchWith(variables: Variables): MatchContext;
  /** The matching documents of another collection of the database. */
  documentsOf(collection: string, filter?: Doc): Doc[];
  refuseLate(): void;
};

export type Stage = (documents: Doc[]) => Doc[];
export type CompilePipeline = (stages: readonly unknown[], environment: PipelineEnvironment) => Stage;
