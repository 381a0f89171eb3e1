import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';

/** What becomes of a call on its way: `through`, or one of the ways a network or a proxy in front of an ERP fails. */
export type Passage =
  | 'through'
  /** Carried out; the connection ends where the answer should have been. */
  | 'answer-lost'
  /** Carried out; the answer comes after `LATE_MS`. */
  | 'late'
  /** Not carried out: 429. */
  | 'throttled'
  /** Not carried out: an answer nobody can read, another one each time. */
  | 'nonsense';

export const LATE_MS = 2_500;
const RETRY_AFTER_SECONDS = 2;

/** A stretch of network in front of an ERP, at an address of its own, that fails as it is told. */
export interface ErpProxy {
  readonly url: string;
  /** The methods called since `forget`, oldest first. */
  readonly called: readonly string[];
  forget(): void;
  /** From now on each call goes as `decide` says by its method. */
  conduct(decide: (method: string) => Passage): void;
  /** Takes no connection any more, and cuts those there are; `open` undoes it. */
  shut(): Promise<void>;
  open(): Promise<void>;
  stop(): Promise<void>;
}

export async function startErpProxy(target: string): Promise<ErpProxy> {
  let decide: (method: string) => Passage = () => 'through';
  let nonsense = 0;
  const called: string[] = [];

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    // Every call this is put in front of is JSON-RPC.
    const { method } = JSON.parse(body.toString('utf8')) as { method: string };
    called.push(method);
    const passage = decide(method);
    if (passage === 'throttled') {
      response.writeHead(429, { 'retry-after': String(RETRY_AFTER_SECONDS) }).end();
      return;
    }
    if (passage === 'nonsense') return answerNonsense(response);
    const answer = await request(new URL(incoming.url ?? '/', target), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(incoming.headers.authorization && { authorization: incoming.headers.authorization }),
      },
      body,
    });
    const text = await answer.body.text();
    if (passage === 'answer-lost') {
      incoming.socket.destroy();
      return;
    }
    const { date } = answer.headers;
    const send = () =>
      response
        .writeHead(answer.statusCode, {
          'content-type': String(answer.headers['content-type']),
          ...(typeof date === 'string' && { date }),
          // As Tryton itself does after every answer.
          connection: 'close',
        })
        .end(text);
    if (passage === 'late') setTimeout(send, LATE_MS);
    else send();
  }

  function answerNonsense(response: ServerResponse): void {
    const answers = ['<html>Welcome</html>', '{"id":1}', '{"id":0,"result":"yes"}'];
    nonsense += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end(answers[nonsense % answers.length]);
  }

  const server = createServer((incoming, response) => {
    // The ERP being gone is what its caller is to see too.
    pass(incoming, response).catch(() => incoming.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const shut = async () => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return {
    url: `http://127.0.0.1:${port}`,
    called,
    forget: () => void called.splice(0),
    conduct(rule) {
      decide = rule;
    },
    shut,
    async open() {
      if (server.listening) return;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    stop: shut,
  };
}
