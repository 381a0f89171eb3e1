import { createServer } from 'node:http';
import { Pool } from 'undici';
import { VARIANTS } from './graph/heavy-query.ts';
import { listen } from './listen.ts';
import { recordCalls } from './recorded-calls.ts';
import { reportTo } from './report-figures.ts';

/**
 * A floor: `proxy-process.ts <bytes|json> <subgraphs' origin>`. For each request it makes the very calls our gateway makes, in the same
 * order and as parallel, and joins nothing. With `bytes` it does not even look at the answers; with `json` it parses each, and writes
 * the client's answer as JSON, as whoever joins has to.
 */
const [mode, originUrl = ''] = process.argv.slice(2);
const pool = new Pool(originUrl, { connections: 128 });

const recorded = await recordCalls(VARIANTS, originUrl);

async function call({ path, body }: { path: string; body: string }, authorization: string): Promise<unknown> {
  const response = await pool.request({
    path,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization },
    body,
  });
  const bytes = await response.body.arrayBuffer();
  return mode === 'json' ? JSON.parse(Buffer.from(bytes).toString()) : bytes;
}

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
