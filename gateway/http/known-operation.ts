import type { IncomingMessage } from 'node:http';
import type { OperationInput } from '../execution/prepare.ts';
import type { Served } from '../served-supergraph.ts';

/** An operation that was found valid before, asked in the plainest way there is. */
export interface KnownOperation {
  readonly input: OperationInput;
  readonly variables: Readonly<Record<string, unknown>> | undefined | null;
}

const FIELDS = new Set(['query', 'variables', 'operationName']);
const PLAIN_ACCEPT = new Set([undefined, '*/*', 'application/json']);

/**
 * The operation of a request for which Apollo Server has nothing left to decide: posted as one JSON object without extensions, answered
 * as application/json, and known to be valid. Undefined for every other request, right or wrong.
 */
export function knownOperationOf(
  request: IncomingMessage,
  body: unknown,
  served: Served,
): KnownOperation | undefined {
  if (request.method !== 'POST' || !PLAIN_ACCEPT.has(request.headers.accept)) return undefined;
  if (!isRecord(body)) return undefined;
  for (const field in body) if (!FIELDS.has(field)) return undefined;
  const { query, variables, operationName } = body;
  if (typeof query !== 'string') return undefined;
  if (variables !== undefined && variables !== null && !isRecord(variables)) return undefined;
  const name = operationName ?? undefined;
  if (name !== undefined && (typeof name !== 'string' || name === '')) return undefined;
  const input = served.documents.known(query, name);
  if (input === undefined || input.operation.operation === 'subscription') return undefined;
  return { input, variables };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
