import { readFileSync } from 'node:fs';
import { composeServices as composeWithApollo } from '@apollo/composition';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { composeSupergraph, readContracts } from '../../gateway/supergraph/compose.ts';
import {
  inputsWithoutKey,
  nonNullContributions,
  payloadsWithoutErrors,
  sharedEnums,
  undescribed,
} from './schema-lints.ts';

const contracts = readContracts('supergraph.yaml');

describe('the six contracts', () => {
  it('compose, and supergraph.graphql is what they compose to (npm run compose makes it so)', () => {
    expect(readFileSync('supergraph.graphql', 'utf8') === composeSupergraph(contracts)).toBe(true);
  });

  it('compose with the reference implementation too', () => {
    const result = composeWithApollo(contracts.map(({ name, url, typeDefs }) => ({ name, url, typeDefs })));
    expect(result.errors ?? []).toEqual([]);
  });

  it('add only nullable fields to entities of others', () => {
    expect(contracts.flatMap(nonNullContributions)).toEqual([]);
  });

  it('ask for an idempotency key in every mutation', () => {
    expect(contracts.flatMap(inputsWithoutKey)).toEqual([]);
  });

  it('answer userErrors in every payload', () => {
    expect(contracts.flatMap(payloadsWithoutErrors)).toEqual([]);
  });

  it('define no enum twice', () => {
    expect(sharedEnums(contracts)).toEqual([]);
  });

  it('describe every type, field, argument, input field and enum value', () => {
    expect(contracts.flatMap(undescribed)).toEqual([]);
  });
});

describe('the schema lints', () => {
  const contract = (name: string, sdl: string) => ({ name, typeDefs: parse(sdl) });

  it('find a non-null field on an entity of another subgraph', () => {
    expect(
      nonNullContributions(
        contract('finance', 'type Order @key(fields: "id") { id: ID! total: Int! tax: Int }'),
      ),
    ).toHaveLength(1);
    expect(
      nonNullContributions(contract('order', 'type Order @key(fields: "id") { id: ID! total: Int! }')),
    ).toEqual([]);
  });

  it('find an input without a key and a payload without errors', () => {
    const bad = contract(
      'order',
      'type Mutation { place(input: PlaceInput!): Payload! } input PlaceInput { a: Int } type Payload { a: Int }',
    );
    expect(inputsWithoutKey(bad)).toHaveLength(1);
    expect(payloadsWithoutErrors(bad)).toHaveLength(1);
  });

  it('find what is not described, down to an argument', () => {
    expect(
      undescribed(contract('order', '"d" type A { "d" a("d" b: Int, c: Int): Int e: Int } "d" enum E { X }')),
    ).toEqual([
      'order: A.a(c:) has no description',
      'order: A.e has no description',
      'order: E.X has no description',
    ]);
  });

  it('find an enum that two subgraphs define', () => {
    expect(sharedEnums([contract('a', 'enum E { X }'), contract('b', 'enum E { X }')])).toHaveLength(1);
  });
});
