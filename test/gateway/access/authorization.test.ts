import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../../platform/identity/identity.ts';
import { type Answer, startTinyGraph, type TinyGraph, type TinySubgraph } from '../tiny-graph.ts';

const shop: TinySubgraph = {
  typeDefs: `
    type Query {
      open: String
      me: String @authenticated
      must: String! @authenticated
      ledger: Ledger @requiresScopes(scopes: [["finance:read"], ["audit", "read"]])
      people: [Person!]!
      documents: [Document!]!
      level: Level
      vault: Vault
    }
    type Mutation { write(text: String!): String close: String @requiresScopes(scopes: [["finance:close"]]) }
    type Ledger { balance: Int! }
    type Person @key(fields: "id") { id: ID! email: String @policy(policies: [["pii.read"]]) pin: String! @authenticated friend: Person }
    interface Document { id: ID! }
    type Flyer implements Document { id: ID! }
    type Contract implements Document @requiresScopes(scopes: [["contracts"]]) { id: ID! value: Int }
    enum Level @authenticated { LOW HIGH }
    type Vault @authenticated { code: String }
  `,
  resolvers: {
    Query: {
      open: () => 'open',
      me: () => 'me',
      must: () => 'must',
      ledger: () => ({ balance: 5 }),
      people: () => [{ id: '1', email: 'a@b', pin: '0000', friend: { id: '2', email: 'c@d', pin: '1111' } }],
      documents: () => [
        { __typename: 'Flyer', id: 'f' },
        { __typename: 'Contract', id: 'c', value: 9 },
      ],
      level: () => 'HIGH',
      vault: () => ({ code: 'x' }),
    },
    Mutation: { write: (_: unknown, { text }: { text: string }) => text, close: () => 'closed' },
  },
};

const extra: TinySubgraph = {
  typeDefs:
    'type Query { other: Int } type Person @key(fields: "id") { id: ID! score: Int @requiresScopes(scopes: [["score"]]) }',
  resolvers: {
    Query: { other: () => 1 },
    Person: { __resolveReference: async ({ id }: { id: string }) => ({ id, score: 10 }) },
  },
};

const told = (answer: Answer) =>
  answer.errors?.map(({ path, extensions }) => `${path?.join('.')} ${extensions['code']}`);

describe('who may read what', () => {
  let graph: TinyGraph;
  beforeAll(async () => {
    graph = await startTinyGraph(
      { shop, extra },
      { policies: { 'pii.read': (identity: Identity) => identity.roles.includes('agent') } },
    );
  });
  afterAll(() => graph.stop());
  beforeEach(() => {
    for (const calls of Object.values(graph.calls)) calls.length = 0;
  });

  const cases: [string, Partial<Identity> | undefined, string, unknown, string[] | undefined][] = [
    ['anonymous reads what is open', undefined, '{ open }', { open: 'open' }, undefined],
    [
      'anonymous gets null for what needs a sign-in',
      undefined,
      '{ open me }',
      { open: 'open', me: null },
      ['me UNAUTHENTICATED'],
    ],
    ['a user reads it', {}, '{ me }', { me: 'me' }, undefined],
    [
      'a user without the scope',
      {},
      '{ open ledger { balance } }',
      { open: 'open', ledger: null },
      ['ledger FORBIDDEN'],
    ],
    [
      'one set of scopes is enough',
      { scopes: ['finance:read'] },
      '{ ledger { balance } }',
      { ledger: { balance: 5 } },
      undefined,
    ],
    [
      'half of a set is not',
      { scopes: ['audit'] },
      '{ open ledger { balance } }',
      { open: 'open', ledger: null },
      ['ledger FORBIDDEN'],
    ],
    [
      'a whole set is',
      { scopes: ['read', 'audit'] },
      '{ ledger { balance } }',
      { ledger: { balance: 5 } },
      undefined,
    ],
    [
      'a policy that says no',
      {},
      '{ people { id email } }',
      { people: [{ id: '1', email: null }] },
      ['people.@.email FORBIDDEN'],
    ],
    [
      'a policy that says yes',
      { roles: ['agent'] },
      '{ people { email } }',
      { people: [{ email: 'a@b' }] },
      undefined,
    ],
    [
      'a nested field under an alias',
      {},
      '{ all: people { pal: friend { mail: email id } } }',
      { all: [{ pal: { mail: null, id: '2' } }] },
      ['all.@.pal.mail FORBIDDEN'],
    ],
    [
      'a field in a fragment',
      {},
      '{ people { ...P } } fragment P on Person { id email }',
      { people: [{ id: '1', email: null }] },
      ['people.@.email FORBIDDEN'],
    ],
    [
      'nothing but a withheld field keeps its parent',
      {},
      '{ people { email } }',
      { people: [{ email: null }] },
      ['people.@.email FORBIDDEN'],
    ],
    [
      'a withheld field that is never null takes its parent',
      undefined,
      '{ open people { id friend { id pin } } }',
      { open: 'open', people: [{ id: '1', friend: null }] },
      ['people.@.friend.pin UNAUTHENTICATED'],
    ],
    [
      'a type rule',
      undefined,
      '{ open vault { code } }',
      { open: 'open', vault: null },
      ['vault UNAUTHENTICATED'],
    ],
    ['an enum rule', undefined, '{ open level }', { open: 'open', level: null }, ['level UNAUTHENTICATED']],
    [
      'a field that another subgraph protects',
      {},
      '{ people { id score } }',
      { people: [{ id: '1', score: null }] },
      ['people.@.score FORBIDDEN'],
    ],
    ['a skipped field is no offence', undefined, '{ open me @skip(if: true) }', { open: 'open' }, undefined],
  ];
  it.each(cases)('%s', async (_name, as, query, data, errors) => {
    const answer = await graph.ask(query, as === undefined ? {} : { as });
    expect(answer.data).toEqual(data);
    expect(told(answer)).toEqual(errors);
  });

  it('opens an interface only to who may read each of its types, as composition says', async () => {
    const answer = await graph.ask('{ open documents { id } }', { as: {} });
    expect(answer.data).toBeNull();
    expect(told(answer)).toEqual(['documents FORBIDDEN']);
    expect(await graph.ask('{ documents { id } }', { as: { scopes: ['contracts'] } })).toEqual({
      data: { documents: [{ id: 'f' }, { id: 'c' }] },
    });
  });

  it('says which scopes would do', async () => {
    const answer = await graph.ask('{ ledger { balance } }', { as: {} });
    expect(answer.errors?.[0]?.extensions['requiredScopes']).toEqual([[['finance:read'], ['audit', 'read']]]);
  });

  it('never sends a withheld field to its subgraph', async () => {
    await graph.ask('{ people { id email score } }', { as: {} });
    expect(graph.calls['shop']?.map(({ operation }) => operation).join()).not.toContain('email');
    expect(graph.calls['extra']).toEqual([]);
  });

  it('sends nothing when nothing is left, or when a root field that is never null is withheld', async () => {
    expect((await graph.ask('{ me }')).data).toEqual({ me: null });
    const answer = await graph.ask('{ open must }');
    expect(answer.data).toBeNull();
    expect(told(answer)).toEqual(['must UNAUTHENTICATED']);
    expect(graph.calls['shop']).toEqual([]);
  });

  it('refuses a mutation whole when one of its fields is withheld', async () => {
    const answer = await graph.ask('mutation { write(text: "x") close }', { as: {} });
    expect(answer.data).toBeNull();
    expect(told(answer)).toEqual(['close FORBIDDEN']);
    expect(graph.calls['shop']).toEqual([]);
    const allowed = await graph.ask('mutation { write(text: "x") close }', {
      as: { scopes: ['finance:close'] },
    });
    expect(allowed).toEqual({ data: { write: 'x', close: 'closed' } });
  });

  it('decides by the variables of each request what was asked', async () => {
    const query = 'query Q($secret: Boolean!) { open me @include(if: $secret) }';
    expect(await graph.ask(query, { variables: { secret: false } })).toEqual({ data: { open: 'open' } });
    expect(told(await graph.ask(query, { variables: { secret: true } }))).toEqual(['me UNAUTHENTICATED']);
  });

  it('refuses to start while nobody decides a policy of the supergraph', async () => {
    await expect(startTinyGraph({ shop, extra })).rejects.toMatchObject({
      message: expect.stringContaining('pii.read'),
      extensions: { code: 'SUPERGRAPH_REFUSED' },
    });
  });
});
