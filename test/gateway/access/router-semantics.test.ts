import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../../platform/identity/identity.ts';
import { type Answer, startTinyGraph, type TinyGraph, type TinySubgraph } from '../tiny-graph.ts';

/** What Apollo Router documents of the three directives, row by row, with codes of our own in place of its one. */

const blogs: TinySubgraph = {
  typeDefs: `
    type Query {
      me: User @authenticated
      post(id: ID!): Post
      posts: [Blog!]!
      found: [Found]
      product: Product
      mail: String @requiresScopes(scopes: [["a", "b"], ["c"]])
      shared: Int @shareable @requiresScopes(scopes: [["read:users"]])
      vetted: Int @policy(policies: [["one", "two"], ["three"]])
    }
    type User { id: ID! username: String email: String @requiresScopes(scopes: [["read:email"]]) card: String @policy(policies: [["one"]]) }
    type Post { id: ID! title: String! views: Int @authenticated author: User }
    interface Blog { id: ID! title: String! secretive: Int }
    type PublicBlog implements Blog { id: ID! title: String! secretive: Int }
    type PrivateBlog implements Blog @authenticated { id: ID! title: String! secretive: Int }
    union Found = PublicBlog | PrivateBlog
    type Product @key(fields: "id") { id: ID! @authenticated name: String! }
  `,
  resolvers: {
    Query: {
      me: () => ({ id: 'u', username: 'ada', email: 'a@b', card: '4111' }),
      post: () => ({
        id: '1',
        title: 'Securing',
        views: 0,
        author: { id: 'u', username: 'ada', email: 'a@b' },
      }),
      posts: () => [{ __typename: 'PublicBlog', id: 'p', title: 'open', secretive: 1 }],
      found: () => [
        { __typename: 'PublicBlog', id: 'p', title: 'open' },
        { __typename: 'PrivateBlog', id: 'q', title: 'closed' },
      ],
      product: () => ({ id: '7', name: 'Kettle' }),
      mail: () => 'mail',
      shared: () => 1,
      vetted: () => 1,
    },
  },
};
const stock: TinySubgraph = {
  typeDefs: `type Query { shared: Int @shareable @requiresScopes(scopes: [["read:profiles"]]) }
    type Product @key(fields: "id") { id: ID! @authenticated inStock: Boolean! }`,
  resolvers: {
    Query: { shared: () => 1 },
    Product: { __resolveReference: async ({ id }: { id: string }) => ({ id, inStock: false }) },
  },
};

const told = (answer: Answer) =>
  answer.errors?.map(({ path, extensions }) => `${path?.join('.')} ${extensions['code']}`);

let graph: TinyGraph;
beforeAll(async () => {
  const has = (role: Identity['roles'][number]) => (identity: Identity) => identity.roles.includes(role);
  const policies = { one: has('agent'), two: has('finance'), three: has('admin') };
  graph = await startTinyGraph({ blogs, stock }, { policies });
});
afterAll(() => graph.stop());
beforeEach(() => {
  for (const calls of Object.values(graph.calls)) calls.length = 0;
});

const rows: [string, string, Partial<Identity> | undefined, unknown, string[] | undefined][] = [
  [
    'without a sign-in, what needs one is null and the rest is answered',
    '{ me { username } post(id: "1") { title views } }',
    undefined,
    { me: null, post: { title: 'Securing', views: null } },
    ['me UNAUTHENTICATED', 'post.views UNAUTHENTICATED'],
  ],
  [
    'with a sign-in, all of it is answered',
    '{ me { username } post(id: "1") { title views } }',
    {},
    { me: { username: 'ada' }, post: { title: 'Securing', views: 0 } },
    undefined,
  ],
  [
    'a scope that lacks takes one field of an object that may be read',
    '{ me { username email } }',
    {},
    { me: { username: 'ada', email: null } },
    ['me.email FORBIDDEN'],
  ],
  [
    'all scopes of an inner list are needed',
    '{ mail }',
    { scopes: ['a'] },
    { mail: null },
    ['mail FORBIDDEN'],
  ],
  ['and are enough', '{ mail }', { scopes: ['b', 'a'] }, { mail: 'mail' }, undefined],
  ['one of the inner lists is enough', '{ mail }', { scopes: ['c'] }, { mail: 'mail' }, undefined],
  [
    'all policies of an inner list are needed',
    '{ vetted }',
    { roles: ['agent'] },
    { vetted: null },
    ['vetted FORBIDDEN'],
  ],
  ['and are enough', '{ vetted }', { roles: ['agent', 'finance'] }, { vetted: 1 }, undefined],
  [
    'one of the inner lists of policies is enough',
    '{ vetted }',
    { roles: ['admin'] },
    { vetted: 1 },
    undefined,
  ],
  [
    'what two subgraphs ask for the same field is needed together',
    '{ shared }',
    { scopes: ['read:users'] },
    { shared: null },
    ['shared FORBIDDEN'],
  ],
  [
    'and then it is answered',
    '{ shared }',
    { scopes: ['read:users', 'read:profiles'] },
    { shared: 1 },
    undefined,
  ],
  [
    'a key that may not be read still joins subgraphs',
    '{ product { name inStock } }',
    undefined,
    { product: { name: 'Kettle', inStock: false } },
    undefined,
  ],
  [
    'but cannot be asked: it is never null, so its object is',
    '{ product { id name } }',
    undefined,
    { product: null },
    ['product.id UNAUTHENTICATED'],
  ],
  [
    'fields of an interface need what each of its types needs',
    '{ post(id: "1") { title } posts { id title } }',
    undefined,
    null,
    ['posts UNAUTHENTICATED'],
  ],
  [
    'fields of an interface, for who may read all of its types',
    '{ posts { title } }',
    {},
    { posts: [{ title: 'open' }] },
    undefined,
  ],
  [
    'by fragments, the parts of types that are open are answered',
    '{ posts { ... on PublicBlog { id title } ... on PrivateBlog { id title } } }',
    undefined,
    { posts: [{ id: 'p', title: 'open' }] },
    ['posts.@.id UNAUTHENTICATED', 'posts.@.title UNAUTHENTICATED'],
  ],
  [
    'by named fragments and under an alias as well',
    '{ all: posts { __typename ...Open } } fragment Open on PublicBlog { name: title }',
    undefined,
    { all: [{ __typename: 'PublicBlog', name: 'open' }] },
    undefined,
  ],
  [
    'a fragment on the interface itself is no way around it',
    '{ posts { ... on Blog { secretive } } }',
    undefined,
    { posts: [{ secretive: null }] },
    ['posts.@.secretive UNAUTHENTICATED'],
  ],
  [
    'nor is a fragment without a type',
    '{ posts { ... @include(if: true) { secretive } } }',
    undefined,
    { posts: [{ secretive: null }] },
    ['posts.@.secretive UNAUTHENTICATED'],
  ],
  [
    'of a union, items of a type that may not be read are null',
    '{ found { ... on PublicBlog { title } ... on PrivateBlog { title } } }',
    undefined,
    { found: [{ title: 'open' }, null] },
    ['found.@.title UNAUTHENTICATED'],
  ],
];

describe('authorization directives, as Apollo Router documents them', () => {
  it.each(rows)('%s: %s', async (_row, query, as, data, errors) => {
    const answer = await graph.ask(query, as === undefined ? {} : { as });
    expect(answer.data).toEqual(data);
    expect(told(answer)).toEqual(errors);
  });

  it('never sends what is filtered to a subgraph', async () => {
    await graph.ask('{ posts { ... on PublicBlog { id } ... on PrivateBlog { secretive } } }');
    expect(graph.calls['blogs']).toHaveLength(1);
    expect(graph.calls['blogs']?.[0]?.operation).not.toContain('secretive');
  });

  it('asks no subgraph at all when every field is refused', async () => {
    const answer = await graph.ask('{ me { username } mail }');
    expect(answer.data).toEqual({ me: null, mail: null });
    expect(told(answer)).toEqual(['me UNAUTHENTICATED', 'mail UNAUTHENTICATED']);
    expect(graph.calls).toEqual({ blogs: [], stock: [] });
  });

  it('leaves introspection as it is', async () => {
    const answer = await graph.ask('{ __type(name: "Post") { fields { name } } }');
    expect(answer).toMatchObject({
      data: { __type: { fields: expect.arrayContaining([{ name: 'views' }]) } },
    });
  });

  it('keeps callers with other rights apart, who ask the same', async () => {
    const query = '{ me { email } }';
    const [denied, allowed] = [{ as: {} }, { as: { scopes: ['read:email'] } }];
    for (const [as, email] of [
      [denied, null],
      [allowed, 'a@b'],
      [denied, null],
    ] as const) {
      expect((await graph.ask(query, as)).data).toEqual({ me: { email } });
    }
  });
});
