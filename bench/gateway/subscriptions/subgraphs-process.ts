import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLSchema, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { systemClock } from '../../../platform/clock.ts';
import { follow } from '../../../platform/graphql/follow.ts';
import { resumeOf, subscribeWithCursors } from '../../../platform/graphql/subscribe.ts';
import { createTopic } from '../../../platform/graphql/topic.ts';
import type { Caller } from '../../../platform/identity/identity.ts';
import { listen } from '../listen.ts';
import { reportTo } from '../report-figures.ts';
import { NAMES, PRICES } from './graph.ts';

/** Two subgraphs in one process: one whose prices change when it is told so at `/publish`, and one that knows the articles' names. */
interface Price {
  readonly sku: string;
  readonly cents: number;
  /** When it was published, in milliseconds since the epoch with a fraction. */
  readonly atMs: number;
}

let published = 0;
const position = () => `82${published.toString(16).padStart(16, '0')}`;
const prices = createTopic<Price>({ position, history: async () => null });

const schemas: Readonly<Record<string, GraphQLSchema>> = {
  '/prices': buildSubgraphSchema([
    {
      typeDefs: parse(PRICES),
      resolvers: {
        Subscription: {
          priceChanged: {
            subscribe: (_parent: unknown, args: { sku: string }, caller: Pick<Caller, 'resume'>) =>
              follow({
                topic: prices,
                clock: systemClock,
                caller,
                stream: { field: 'priceChanged', args },
                wanted: ({ sku }: Price) => sku === args.sku,
                events: (price) => [price],
                stateOf: ({ sku }) => ({ key: sku }),
              }),
            resolve: (price: Price) => price,
          },
        },
      },
    },
  ]),
  '/names': buildSubgraphSchema([
    {
      typeDefs: parse(NAMES),
      resolvers: {
        Article: {
          __resolveReference: async ({ sku }: { sku: string }) => ({ sku, name: `The article ${sku}` }),
        },
      },
    },
  ]),
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
  if (pathname === '/publish') {
    published += 1;
    const atMs = performance.timeOrigin + performance.now();
    prices.publish({ sku: searchParams.get('sku') ?? '', cents: published, atMs }, position());
    response.end();
    return;
  }
  if (pathname === '/subscribers') return void response.end(String(prices.subscribers));
  const schema = schemas[pathname];
  if (schema === undefined) return void response.writeHead(404).end();
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { query, variables } = JSON.parse(Buffer.concat(chunks).toString());
  const result = await execute({
    schema,
    document: parse(query),
    variableValues: variables,
    contextValue: {},
  });
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
useServer(
  {
    schema: schemas['/prices'] as GraphQLSchema, // made above
    subscribe: subscribeWithCursors,
    context: (_context, _id, { extensions }) => resumeOf(extensions),
  },
  new WebSocketServer({ server, path: '/prices' }),
);
reportTo(process, { url: await listen(server) });
