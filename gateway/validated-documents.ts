import { createHash } from 'node:crypto';
import { type DocumentNode, type GraphQLSchema, printSchema } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Documents that Apollo Server need not parse and validate again. */
export interface ValidatedDocuments {
  /** What Apollo Server reads and writes. */
  readonly store: {
    get(key: string): Promise<DocumentNode | undefined>;
    set(key: string, document: DocumentNode): Promise<void>;
    delete(key: string): Promise<boolean>;
  };
  /** Puts a document there that was found valid against a schema, ahead of the first request for it. */
  remember(schema: GraphQLSchema, source: string, document: DocumentNode): void;
}

export function createValidatedDocuments(): ValidatedDocuments {
  const documents = new LRUCache<string, DocumentNode>({
    max: 2000,
    // Keys are hashes here, so the text is measured in the document. What is very long is not worth remembering.
    maxSize: 8 * 1024 * 1024,
    maxEntrySize: 128 * 1024,
    sizeCalculation: (document) => (document.loc?.end ?? 0) + 1,
  });
  const prefixes = new WeakMap<GraphQLSchema, string>();
  // Apollo Server's own keys: a hash of the schema, for what is valid in one may not be in another, and one of the text.
  const prefixOf = (schema: GraphQLSchema): string => {
    const known = prefixes.get(schema);
    if (known !== undefined) return known;
    const prefix = `${sha256(printSchema(schema))}:`;
    prefixes.set(schema, prefix);
    return prefix;
  };
  return {
    store: {
      get: async (key) => documents.get(key),
      set: async (key, document) => {
        documents.set(key, document);
      },
      delete: async (key) => documents.delete(key),
    },
    remember(schema, source, document) {
      documents.set(prefixOf(schema) + sha256(source), document);
    },
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
