import { createServer } from 'node:http';
import { Pool } from 'undici';
import { createHttp1Pool } from '../../gateway/transports/http1-pool.ts';
import { VARIANTS } from './graph/heavy-query.ts';
import { SUBGRAPHS, urlOf } from './graph/supergraph.ts';
import { listen } from './listen.ts';
import { type RecordedCall, recordCalls } from './recorded-calls.ts';
import { reportTo } from './report-figures.ts';

/**
 * A floor: `proxy-process.ts <bytes|json|own-connections> <subgraphs' origin>`. For each request it makes the very calls our gateway
 * makes, in the same order and as parallel, and joins nothing. With `bytes` it does not even look at the answers; with `json` it parses
 * each, and writes the client's answer as JSON, as whoever joins has to; with `own-connections` it calls as our gateway does, instead of
 * with undici, and does not look at the answers either.
 */
const [mode, originUrl = ''] = process.argv.slice(2);
const pool = new Pool(originUrl, { connections: 128 });

const recorded = await recordCalls(VARIANTS, originUrl);

const ownPools = new Map(
  SUBGRAPHS.map((subgraph) => {
    const url = new URL(urlOf(originUrl, subgraph));
    return [url.pathname, createHttp1Pool({ url, maxConnections: 32, maxAnswerBytes: 16 * 1024 * 1024 })];
  }),
);
const NEVER = new AbortController().signal;

type Call = (recorded: RecordedCall, authorization: string) => Promise<unknown>;

const callWithUndici: Call = async ({ path, body }, authorization) => {
  const response = await pool.request({
    path,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization },
    body,
  });
  const bytes = await response.body.arrayBuffer();
  return mode === 'json' ? JSON.parse(Buffer.from(bytes).toString()) : bytes;
};

const callAsWeDo: Call = async ({ path, body }, authorization) => {
  const headers = { 'content-type': 'application/json', accept: 'application/json', authorization };
  return ownPools.get(path)?.post({ headers, body, signal: NEVER });
};

const call = mode === 'own-connections' ? callAsWeDo : callWithUndici;

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    text += chunk;
  });
  request.on('end', async () => {
    const known = recorded.get(JSON.parse(text).variables.first);
    if (known === undefined) {
      response.writeHead(400).end();
      return;
    }
    try {
      for (const level of known.levels) {
        await Promise.all(level.map((each) => call(each, request.headers.authorization ?? '')));
      }
    } catch {
      response.writeHead(502).end();
      return;
    }
    const answer = mode === 'json' ? Buffer.from(JSON.stringify(known.answer)) : known.answerBytes;
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': answer.byteLength,
    });
    response.end(answer);
  });
});

reportTo(process, { url: `${await listen(server)}/graphql` });
