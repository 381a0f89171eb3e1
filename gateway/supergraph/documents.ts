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

/** Documents that arrived over a WebSocket, parsed and validated once each. */
export interface Documents {
  /** The operation to run, or why there is none. */
  read(source: string, operationName: string | undefined): OperationInput | readonly GraphQLError[];
}

export function createDocuments(schema: GraphQLSchema, options: { maxTokens: number }): Documents {
  const documents = createSourceCache<DocumentNode>({ max: 1000 });
  return {
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
