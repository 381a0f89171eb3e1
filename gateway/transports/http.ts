import { Pool, errors as undiciErrors } from 'undici';
import { GraphError } from '../../platform/errors.ts';
import { createSourceCache } from '../source-cache.ts';
import { post } from './http-exchange.ts';
import { AnswerTooLargeError } from './http-reply.ts';
import { createHttp1Pool } from './http1-pool.ts';
import {
  headersOf,
  type SubgraphAnswer,
  type SubgraphCall,
  type SubgraphRequest,
  type SubgraphTransport,
} from './transport.ts';
import { subscribeOverWebSocket } from './websocket-upstream.ts';

export interface HttpTransportOptions {
  readonly name: string;
  /** Where the subgraph answers queries and mutations. */
  readonly url: string;
  /** Where it speaks graphql-transport-ws. Default: `url` with ws or wss. */
  readonly subscriptionUrl?: string;
  /** Where its server says by a status whether it is ready. Default `/readyz`; with 404 there, answering at all is enough. */
  readonly readinessPath?: string;
  /** Connections kept open to the subgraph. Default 32. */
  readonly maxConnections?: number;
  /** A silent subscription is asked this often whether it is still there. Default 10,000. */
  readonly subscriptionKeepAliveMs?: number;
  /** An answer larger than this is refused. Default 16 MiB. */
  readonly maxAnswerBytes?: number;
}

/** A subgraph behind HTTP, over connections that stay open. A query whose connection broke is asked once more; a mutation never is. */
export function createHttpTransport(options: HttpTransportOptions): SubgraphTransport {
  const { name } = options;
  const url = new URL(options.url);
  const path = `${url.pathname}${url.search}`;
  const readinessPath = options.readinessPath ?? '/readyz';
  const { maxConnections = 32, maxAnswerBytes = 16 * 1024 * 1024 } = options;
  const upstream = {
    url: options.subscriptionUrl ?? options.url.replace(/^http/, 'ws'),
    keepAliveMs: options.subscriptionKeepAliveMs ?? 10_000,
  };
  // The deadline of each call is its abort signal, so the pool's own timers would only fire at another time.
  const pool = new Pool(url.origin, {
    connections: maxConnections,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  // Without TLS, as between the processes of one installation, a pool of our own does the same with a third of the work.
  const plain =
    url.protocol === 'http:' ? createHttp1Pool({ url, maxConnections, maxAnswerBytes }) : undefined;
  const heads = createSourceCache<{ readonly json: string }>({ max: 1000 });
  const headOf = ({ operation, operationName }: SubgraphRequest): string => {
    const known = heads.get(operation);
    if (known !== undefined) return known.json;
    const named = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
    const json = `{"query":${JSON.stringify(operation)}${named},"variables":{`;
    heads.set(operation, { json });
    return json;
  };

  const send = async (body: string, call: SubgraphCall): Promise<SubgraphAnswer> => {
    const headers = { 'content-type': 'application/json', accept: 'application/json', ...headersOf(call) };
    const { signal } = call;
    const { text, status } = await (plain === undefined
      ? post(pool, { path, headers, body, signal, maxAnswerBytes })
      : plain.post({ headers, body, signal }));
    return parseAnswer(text, status);
  };

  return {
    name,

    async fetch(request, call) {
      call.signal.throwIfAborted();
      const body = bodyOf(headOf(request), request);
      try {
        return await send(body, call);
      } catch (cause) {
        if (call.signal.aborted) throw call.signal.reason;
        if (request.operationKind !== 'query' || !connectionBroke(cause)) throw unavailable(name, cause);
      }
      try {
        return await send(body, call);
      } catch (cause) {
        if (call.signal.aborted) throw call.signal.reason;
        throw unavailable(name, cause);
      }
    },

    subscribe: (request, call, sink) => subscribeOverWebSocket(upstream, request, call, sink),

    async check(signal) {
      const said = await pool.request({ path: readinessPath, method: 'GET', signal });
      await said.body.dump();
      if (said.statusCode < 300) return;
      if (said.statusCode !== 404) throw new Error(`${readinessPath} answers ${said.statusCode}`);
      const response = await pool.request({
        path,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{__typename}"}',
        signal,
      });
      await response.body.dump();
      // An answer of any kind says that somebody is there; a refusal to unknown callers is one.
      if (response.statusCode >= 500) throw new Error(`status ${response.statusCode}`);
    },

    async stop() {
      plain?.stop();
      await pool.destroy();
    },
  };
}

/** The request as JSON. */
function bodyOf(head: string, request: SubgraphRequest): string {
  let variables = JSON.stringify(request.variables).slice(1, -1);
  for (const { variable, values } of request.representations ?? []) {
    variables += `${variables === '' ? '' : ','}${JSON.stringify(variable)}:${JSON.stringify(values)}`;
  }
  return `${head}${variables}}}`;
}

/** A GraphQL answer, whatever its status; anything else is a failure of the subgraph. */
function parseAnswer(text: string, status: number): SubgraphAnswer {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Error(`status ${status} with a body that is not JSON`);
  }
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new Error(`status ${status} with a body that is not a GraphQL answer`);
  }
  // The shape below `data` is the subgraph's promise, which composition and the response's shape check.
  return answer as SubgraphAnswer;
}

const BROKEN_CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN']);

function connectionBroke(cause: unknown): boolean {
  if (cause instanceof undiciErrors.SocketError || cause instanceof undiciErrors.ConnectTimeoutError)
    return true;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && BROKEN_CONNECTION.has(code);
}

/** `extensions.reason` says that the answer came and was too large; without one there was none. */
function unavailable(name: string, cause: unknown): GraphError {
  if (!(cause instanceof AnswerTooLargeError)) {
    return new GraphError('SUBGRAPH_UNAVAILABLE', `subgraph ${name} did not answer`, {}, cause);
  }
  const { maxAnswerBytes } = cause;
  const facts = { reason: 'ANSWER_TOO_LARGE', maxAnswerBytes };
  return new GraphError('SUBGRAPH_UNAVAILABLE', `the answer of subgraph ${name} is too large`, facts, cause);
}
