import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Served } from '../served-supergraph.ts';
import { createDocuments } from '../supergraph/documents.ts';
import { knownOperationOf } from './known-operation.ts';

const QUERY = 'query A($n: Int) { n(of: $n) }';
const TWO = 'query A { n } query B { n }';
const SUBSCRIPTION = 'subscription { n }';

const documents = createDocuments(
  buildSchema('type Query { n(of: Int): Int } type Subscription { n: Int }'),
  { maxTokens: 100 },
);
for (const source of [QUERY, TWO, SUBSCRIPTION]) documents.remember(source, parse(source));
// Only the documents are looked at.
const served = { documents } as Served;

const read = (body: unknown, headers: Record<string, string> = {}, method = 'POST') => {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method });
  Object.assign(request.headers, headers);
  return knownOperationOf(request, body, served);
};

describe('a known operation', () => {
  it.each([
    ['its text alone', { query: QUERY }, undefined],
    ['variables', { query: QUERY, variables: { n: 1 } }, { n: 1 }],
    ['no variables', { query: QUERY, variables: null, operationName: null }, null],
    ['the name of its operation', { query: TWO, operationName: 'B' }, undefined],
  ])('is asked with %s', (_, body, variables) => {
    expect(read(body)).toMatchObject({
      input: { source: body.query, operation: { kind: 'OperationDefinition' } },
    });
    expect(read(body)?.variables).toEqual(variables);
  });

  it.each(['*/*', 'application/json'])('is answered to who accepts %s', (accept) => {
    expect(read({ query: QUERY }, { accept })).toBeDefined();
  });

  it.each<[string, unknown, Record<string, string>?, string?]>([
    ['a text that nobody has sent yet', { query: '{ n }' }],
    ['a stored query', { query: QUERY, extensions: { persistedQuery: { version: 1 } } }],
    ['fields that say something else', { query: QUERY, id: 1 }],
    ['variables that are not an object', { query: QUERY, variables: [1] }],
    ['a name that is none', { query: QUERY, operationName: 1 }],
    ['an empty name', { query: QUERY, operationName: '' }],
    ['a name that the document lacks', { query: TWO, operationName: 'C' }],
    ['no name where one is needed', { query: TWO }],
    ['a subscription', { query: SUBSCRIPTION }],
    ['no text', { query: null }],
    ['a batch', [{ query: QUERY }]],
    ['no body', undefined],
    ['another content type of the answer', { query: QUERY }, { accept: 'application/graphql-response+json' }],
    ['another method', { query: QUERY }, {}, 'GET'],
  ])('is not %s', (_, body, headers, method) => {
    expect(read(body, headers, method)).toBeUndefined();
  });
});
