import type { Collation } from '../values/collation.ts';
import type { Doc } from '../values/kinds.ts';

/** Where the first array condition matched: the index that the positional `$` stands for. */
export type MatchPosition = { index?: number };
export type Matcher = (document: unknown, position?: MatchPosition) => boolean;

/** What a filter's meaning depends on besides its text. */
export type MatchContext = {
  collation?: Collation | undefined;
  /** Compiles an aggregation expression, for `$expr`. */
  expression: (expression: unknown) => (document: Doc) => unknown;
};
