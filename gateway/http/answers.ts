import type { ServerResponse } from 'node:http';
import type { GatewayErrorCode } from '../errors.ts';

/** Answers with one GraphQL-shaped error: what every refusal at the door looks like. */
export function sendError(
  response: ServerResponse,
  status: number,
  code: GatewayErrorCode,
  message: string,
  facts: Readonly<Record<string, unknown>> = {},
): void {
  sendJson(response, status, { errors: [{ message, extensions: { code, ...facts } }] });
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  sendText(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

export function sendText(response: ServerResponse, status: number, contentType: string, body: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
