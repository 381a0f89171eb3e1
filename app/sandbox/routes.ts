import type { IncomingMessage, ServerResponse } from 'node:http';
import { request as send } from 'undici';
import type { Route } from '../../gateway/http/server.ts';
import type { Clock } from '../../platform/clock.ts';
import { readBody } from '../../platform/read-body.ts';
import { sandboxToken } from './token.ts';

const BODY_MAX_BYTES = 16 * 1024 * 1024;
const PROXY_TIMEOUT_MS = 30_000;

interface StandIns {
  readonly url: string;
  readonly erpUrl: string;
  readonly paymentsUrl: string;
  readonly taxUrl: string;
  readonly wmsUrl: string;
  readonly carrierUrl: string;
}

/**
 * `POST /sandbox/token`, and the stand-in systems seen through this address: `POST /sandbox/faults`, `GET /sandbox/calls`, `GET /sandbox/documents` and
 * `/sandbox/systems/*` are handed on to them as they are. Mounted in sandbox mode only, which listens on loopback only.
 */
export function sandboxRoutes(options: {
  secret: Uint8Array;
  clock: Clock;
  /** The stand-ins: their control face, and each system's own address. Null: they run elsewhere, only tokens are served. */
  systems: StandIns | null;
  systemsToken: string;
}): Route[] {
  const { systems, systemsToken } = options;

  async function pass(request: IncomingMessage, response: ServerResponse, target: string): Promise<void> {
    const body = await readBody(request, BODY_MAX_BYTES);
    if (body === undefined)
      return answer(response, 413, {
        error: { code: 'REQUEST_TOO_LARGE', message: `a body is at most ${BODY_MAX_BYTES} bytes` },
      });
    try {
      const idempotencyKey = request.headers['idempotency-key'];
      const upstream = await send(target, {
        method: (request.method ?? 'GET') as 'GET',
        headers: {
          authorization: `Bearer ${systemsToken}`,
          ...(typeof idempotencyKey === 'string' ? { 'idempotency-key': idempotencyKey } : {}),
          ...(body.byteLength > 0 ? { 'content-type': 'application/json' } : {}),
        },
        body: body.byteLength > 0 ? body : null,
        headersTimeout: PROXY_TIMEOUT_MS,
        bodyTimeout: PROXY_TIMEOUT_MS,
      });
      const retryAfter = upstream.headers['retry-after'];
      response.writeHead(upstream.statusCode, {
        'content-type': String(upstream.headers['content-type'] ?? 'application/json'),
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      });
      response.end(Buffer.from(await upstream.body.arrayBuffer()));
    } catch {
      // A stand-in that is switched to "down" cuts the connection; so do we, so that its caller sees what a real one would show.
      response.destroy();
    }
  }

  const token: Route = {
    prefix: '/sandbox/token',
    async handle(request, response) {
      if (request.method !== 'POST')
        return answer(response, 405, {
          error: { code: 'METHOD_NOT_ALLOWED', message: 'POST {"role": "shopper"}' },
        });
      const body = await readBody(request, BODY_MAX_BYTES);
      const made = await sandboxToken(parseJson(body), options);
      if ('token' in made) return answer(response, 200, made);
      answer(response, 400, { error: { code: 'BAD_REQUEST', message: made.problems.join('; ') } });
    },
  };
  if (systems === null) return [token];
  return [
    token,
    {
      prefix: '/sandbox/faults',
      handle: (request, response) => pass(request, response, `${systems.url}/faults`),
    },
    {
      prefix: '/sandbox/calls',
      handle: (request, response) => pass(request, response, `${systems.url}/calls${queryOf(request)}`),
    },
    {
      prefix: '/sandbox/documents',
      handle: (request, response) => pass(request, response, `${systems.url}/documents${queryOf(request)}`),
    },
    {
      prefix: '/sandbox/systems/erp',
      handle: (request, response) => pass(request, response, under(systems.erpUrl, request)),
    },
    {
      prefix: '/sandbox/systems/payments',
      handle: (request, response) => pass(request, response, under(systems.paymentsUrl, request)),
    },
    {
      prefix: '/sandbox/systems/tax',
      handle: (request, response) => pass(request, response, under(systems.taxUrl, request)),
    },
    {
      prefix: '/sandbox/systems/wms',
      handle: (request, response) => pass(request, response, under(systems.wmsUrl, request)),
    },
    {
      prefix: '/sandbox/systems/carrier',
      handle: (request, response) => pass(request, response, under(systems.carrierUrl, request)),
    },
  ];
}

/** `/sandbox/systems/erp/items` is the ERP's own `/erp/items`. */
function under(base: string, request: IncomingMessage): string {
  return `${base}${(request.url ?? '').slice('/sandbox/systems'.length)}`;
}

function queryOf(request: IncomingMessage): string {
  const url = request.url ?? '';
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at);
}

function parseJson(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(body?.toString('utf8') ?? '');
  } catch {
    return undefined;
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
