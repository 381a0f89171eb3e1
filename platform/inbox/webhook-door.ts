import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import { readBody } from '../read-body.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { PushedMessage, WebhookInbox } from './webhook-inbox.ts';

/** A delivery as it came in: signatures are over the raw bytes. */
export interface WebhookDelivery {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Uint8Array;
  readonly now: Date;
}

export type WebhookReading =
  | { readonly ok: true; readonly message: PushedMessage }
  /** `genuine` false: it is not from the system (401); true: it is, and cannot be read (422). */
  | { readonly ok: false; readonly genuine: boolean; readonly code: string; readonly message: string };

/** Verifies and reads one system's deliveries. Never throws for what is in a delivery. */
export type ReadWebhook = (delivery: WebhookDelivery) => WebhookReading;

/** 256 KiB: the largest payloads of the systems we know are an order with its lines. */
const BODY_MAX_BYTES = 256 * 1024;
const PREFIX = '/webhooks/';

/**
 * `POST /webhooks/<system>`: verified, stored, then answered; applied afterwards. 202 stored now, 200 delivered before, 401 not from the
 * system, 422 from the system and not readable, 413 too large, 503 not stored (the sender is to repeat it).
 */
export function createWebhookDoor(options: {
  readers: ReadonlyMap<string, ReadWebhook>;
  inbox: WebhookInbox;
  clock: Clock;
  logger: Logger;
}): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { readers, inbox, clock, logger } = options;

  return async (request, response) => {
    const system = (request.url ?? '').split('?', 1)[0]?.slice(PREFIX.length) ?? '';
    const read = readers.get(system);
    if (read === undefined) {
      return answer(
        response,
        404,
        'UNKNOWN_SYSTEM',
        `no system of this name pushes; known: ${[...readers.keys()].join(', ') || 'none'}`,
      );
    }
    if (request.method !== 'POST')
      return answer(response, 405, 'METHOD_NOT_ALLOWED', 'deliveries are POSTed');
    const rawBody = await readBody(request, BODY_MAX_BYTES);
    if (rawBody === undefined) {
      return answer(response, 413, 'REQUEST_TOO_LARGE', `a delivery is at most ${BODY_MAX_BYTES} bytes`);
    }
    const reading = read({ headers: singleHeaders(request), rawBody, now: clock.now() });
    if (!reading.ok) {
      logger.warn({ system, code: reading.code }, 'a webhook delivery was refused');
      return answer(response, reading.genuine ? 422 : 401, reading.code, reading.message);
    }
    try {
      const stored = await inbox.receive(reading.message);
      answer(response, stored ? 202 : 200, stored ? 'STORED' : 'DELIVERED_BEFORE', reading.message.id);
    } catch (error) {
      logger.error({ err: error, system }, 'a webhook delivery could not be stored');
      answer(response, 503, 'NOT_STORED', 'deliver it again later');
    }
  };
}

function answer(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code, message }));
}

function singleHeaders(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(' ') : value,
    ]),
  );
}
