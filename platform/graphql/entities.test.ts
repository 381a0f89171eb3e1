import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { answerKnownEntitiesAtOnce } from './entities.ts';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { anything: Int }
  interface Media @key(fields: "id") { id: ID! title: String }
  type Book implements Media @key(fields: "id") { id: ID! title: String }
  type Film implements Media @key(fields: "id") { id: ID! title: String }
  type Shelf @key(fields: "id") { id: ID! }
`);

const document = parse(`query ($r: [_Any!]!) {
  _entities(representations: $r) { __typename ... on Book { id title } ... on Film { id title } ... on Shelf { id } }
}`);

const FILM = Object.freeze({ id: 'f', title: 'known and frozen' });

/** Books are known at once, or not at all; films are shared; shelves have no lookup. */
const book = ({ id }: { id: string }): unknown => {
  switch (id) {
    case 'none':
      return null;
    case 'late':
      return Promise.resolve({ id, title: 'late' });
    case 'failed':
      return Promise.reject(new Error('no such book'));
    case 'error':
      return new Error('an error in its place');
    case 'query': {
      const found = Promise.resolve({ id, title: 'asked when waited for' });
      // biome-ignore lint/suspicious/noThenProperty: queries of the store are made so
      return { then: found.then.bind(found) };
    }
    case 'thrown':
      throw new Error('thrown');
    case 'wrongly-named':
      return { __typename: 'Film', id, title: 'named otherwise' };
    default:
      return { id, title: `book ${id}` };
  }
};

function answer(alter: boolean, representations: readonly object[]) {
  const schema = buildSubgraphSchema([
    {
      typeDefs,
      resolvers: {
        Book: { __resolveReference: book },
        Film: { __resolveReference: () => (alter ? FILM : { ...FILM }) },
        Media: {
          __resolveReference: ({ id }: { id: string }) => ({ id, title: 'any' }),
          __resolveType: () => 'Film',
        },
      },
    },
  ]);
  return execute({
    schema: alter ? answerKnownEntitiesAtOnce(schema) : schema,
    document,
    variableValues: { r: representations },
  });
}

const of = (typename: string, id = '1') => ({ __typename: typename, id });

describe('_entities', () => {
  it('answers at once when all entities are known at once', () => {
    const result = answer(true, [of('Book'), of('Film'), of('Book', 'none')]);
    expect(result).not.toBeInstanceOf(Promise);
    expect(result).toEqual({
      data: {
        _entities: [
          { __typename: 'Book', id: '1', title: 'book 1' },
          { __typename: 'Film', id: 'f', title: 'known and frozen' },
          null,
        ],
      },
    });
  });

  it.each([
    ['those still to come', [of('Book', 'late'), of('Book')]],
    ['a query that runs when waited for', [of('Book', 'query')]],
    ['one that fails among others', [of('Book', 'failed'), of('Book')]],
    ['an error in the place of an entity', [of('Book'), of('Book', 'error')]],
    ['a lookup that throws', [of('Book'), of('Book', 'thrown')]],
    ['one that names another type', [of('Book', 'wrongly-named')]],
    ['an interface', [of('Media'), of('Book')]],
    ['a type without a lookup', [of('Shelf', '7')]],
    ['a type nobody knows', [of('Ghost')]],
    ['nothing at all', []],
  ])('answers as the library does for %s', async (_, representations) => {
    const [ours, theirs] = await Promise.all([answer(true, representations), answer(false, representations)]);
    expect(JSON.parse(JSON.stringify(ours))).toEqual(JSON.parse(JSON.stringify(theirs)));
  });
});
