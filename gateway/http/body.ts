import type { IncomingMessage } from 'node:http';
import { readBody } from '../../platform/read-body.ts';

export type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: 400 | 413 | 415; readonly reason: string };

export interface BodyLimits {
  readonly maxBytes: number;
  /** Operations in one body, as a list; 1: no lists. */
  readonly maxBatch: number;
}

/** Reads a JSON body within the limits. What is wrong with it is an answer, and says what would be right. */
export async function readJsonBody(
  request: IncomingMessage,
  { maxBytes, maxBatch }: BodyLimits,
): Promise<Body> {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return {
      ok: false,
      status: 415,
      reason: 'send the operation as JSON with content-type: application/json',
    };
  }
  const tooLarge = {
    ok: false,
    status: 413,
    reason: `a request body has at most ${maxBytes} bytes`,
  } as const;
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return tooLarge;

  const bytes = await readBody(request, maxBytes);
  if (bytes === undefined) return tooLarge;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (Array.isArray(value)) return checkBatch(value, maxBatch);
    if (isObject(value)) return { ok: true, value };
  } catch {
    // Told below, with what would have been right.
  }
  return {
    ok: false,
    status: 400,
    reason:
      'the body is not a JSON object; send {"query": "...", "variables": {...}, "operationName": "..."}',
  };
}

function checkBatch(operations: readonly unknown[], maxBatch: number): Body {
  if (maxBatch <= 1) {
    return {
      ok: false,
      status: 400,
      reason: 'a request carries one operation, as a JSON object; lists are not answered',
    };
  }
  if (operations.length > maxBatch) {
    const reason = `a request carries at most ${maxBatch} operations; this one has ${operations.length}`;
    return { ok: false, status: 400, reason };
  }
  if (operations.length > 0 && operations.every(isObject)) return { ok: true, value: operations };
  return {
    ok: false,
    status: 400,
    reason: 'each of the listed operations must be a JSON object: {"query": "..."}',
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
