import { createServer, type IncomingMessage } from 'node:http';
import { type ExecutionResult, parse } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { schemaOf } from './graph/subgraph.ts';
import { SUBGRAPHS } from './graph/supergraph.ts';
import { listen } from './listen.ts';
import { reportTo } from './report-figures.ts';

/** All four subgraphs on one port, one path each, as the public benchmark serves them; compiled once per operation. */
type Answer = (variables: Record<string, unknown>) => ExecutionResult | Promise<ExecutionResult>;

const MAX_OPERATIONS = 10_000;

const answerers = new Map<string, (query: string, operationName: string | undefined) => Answer>(
  SUBGRAPHS.map((subgraph) => {
    const schema = schemaOf(subgraph);
    const operations = new Map<string, Answer>();
    const answererOf = (query: string, operationName: string | undefined): Answer => {
      const known = operations.get(query);
      if (known !== undefined) return known;
      const compiled = compileQuery(schema, parse(query), operationName ?? '');
      if (!isCompiledQuery(compiled)) throw new Error(JSON.stringify(compiled.errors));
      const answer: Answer = (variables) => compiled.query({}, {}, variables);
      if (operations.size >= MAX_OPERATIONS) operations.clear();
      operations.set(query, answer);
      return answer;
    };
    return [`/${subgraph.name}`, answererOf];
  }),
);

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const server = createServer(async (request, response) => {
  const answererOf = answerers.get(request.url ?? '');
  if (answererOf === undefined || request.method !== 'POST') {
    response.writeHead(404).end();
    return;
  }
  try {
    const { query, variables, operationName } = JSON.parse(await bodyOf(request));
    const result = await answererOf(query, operationName)(variables ?? {});
    const text = JSON.stringify(result);
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  } catch (cause) {
    response.writeHead(500, { 'content-type': 'text/plain' }).end(String(cause));
  }
});

reportTo(process, { url: await listen(server) });
