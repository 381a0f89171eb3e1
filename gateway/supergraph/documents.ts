import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import { codedError } from '../errors.ts';
import type { OperationInput } from '../execution/prepare.ts';
import { createSourceCache } from '../source-cache.ts';
import { VALIDATION_RULES } from './validation.ts';

/** Documents that are parsed and validated once each, by whichever door they come. */
export interface Documents {
  /** The operation to run, or why there is none. */
  read(source: string, operationName: string | undefined): OperationInput | readonly GraphQLError[];
  /** The operation to run, when its document has been found valid before and names it; costs no more than looking it up. */
  known(source: string, operationName: string | undefined): OperationInput | undefined;
  /** Keeps a document that was found valid elsewhere. */
  remember(source: string, document: DocumentNode): void;
}

export function createDocuments(schema: GraphQLSchema, options: { maxTokens: number }): Documents {
  const documents = createSourceCache<DocumentNode>({ max: 1000 });
  return {
    known(source, operationName) {
      const document = documents.get(source);
      const operation = document && getOperationAST(document, operationName);
      return document && operation ? { source, document, operation } : undefined;
    },
    remember(source, document) {
      if (!documents.has(source)) documents.set(source, document);
    },
    read(source, operationName) {
      let document = documents.get(source);
      if (document === undefined) {
        const checked = check(source, schema, options.maxTokens);
        if (Array.isArray(checked)) return checked;
        document = checked as DocumentNode; // the only other thing `check` answers with
        documents.set(source, document);
      }
      const operation = getOperationAST(document, operationName);
      if (operation) return { source, document, operation };
      const which =
        operationName === undefined ? 'exactly one operation' : `an operation named ${operationName}`;
      return [codedError('BAD_REQUEST', `the document must contain ${which}`)];
    },
  };
}

function check(source: string, schema: GraphQLSchema, maxTokens: number): DocumentNode | GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(source, { maxTokens });
  } catch (cause) {
    if (!(cause instanceof GraphQLError)) throw cause;
    return [withCode(cause, 'GRAPHQL_PARSE_FAILED')];
  }
  const errors = validate(schema, document, VALIDATION_RULES, { maxErrors: 20 });
  return errors.length === 0 ? document : errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    extensions: { code },
  });
}
