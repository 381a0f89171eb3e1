import { z } from 'zod';
import { CONNECTOR_CODES, ConnectorError } from '../connector-error.ts';
import {
  type DocumentByKind,
  type DocumentKind,
  type DocumentPage,
  type DocumentReceipt,
  isMade,
  type KeptKind,
} from '../documents.ts';
import type { JsonOverHttp } from '../json-over-http.ts';
import type { ReadChangesOptions, ReadRequest, WriteRequest } from '../port.ts';
import { brokenAnswer, documentPageOf, receiptOf, refusalCode, rejection } from './stored-document.ts';

/** Where a stand-in answers, what operations call it, and the first part of all its addresses. */
export interface Desk {
  readonly http: JsonOverHttp;
  readonly system: string;
  readonly face: 'erp' | 'payments' | 'wms' | 'carrier' | 'tax';
}

/** How documents are made and found in the stand-ins: by our reference, and where a system takes our key, by that too. */
export interface DocumentDesk {
  find(kind: KeptKind, reference: string, request: ReadRequest): Promise<DocumentReceipt | null>;
  /** Creates at `path` below the system's own; what was there already is `replayed`. */
  create<K extends DocumentKind>(
    kind: K,
    path: string,
    document: DocumentByKind[K],
    request: WriteRequest,
  ): Promise<DocumentReceipt>;
  list(kind: KeptKind, cursor: string | null, options: ReadChangesOptions): Promise<DocumentPage>;
  /** The system's number of the document that another one is about. Rejected with `code` when there is none; a failure harms nothing. */
  numberOf(
    kind: DocumentKind,
    reference: string,
    missing: { readonly code: string; readonly field: string[] },
    request: ReadRequest,
  ): Promise<string>;
  ping(signal: AbortSignal): Promise<void>;
}

export function createDocumentDesk({ http, system, face }: Desk): DocumentDesk {
  async function find(kind: KeptKind, reference: string, { signal }: ReadRequest) {
    const by = isMade(kind) ? 'number' : 'reference';
    const path = `/${face}/documents/${kind}?${by}=${encodeURIComponent(reference)}`;
    const answer = await http.call({ method: 'GET', path, signal });
    if (answer.status === 404 && refusalCode(answer) === 'DOCUMENT_NOT_FOUND') return null;
    if (answer.status !== 200) throw rejection(system, answer);
    return receiptOf({ system, kind, reference, replayed: true }, answer.body);
  }

  return {
    find,

    async create(kind, path, document, { key, signal }) {
      const answer = await http.call({
        method: 'POST',
        path: `/${face}${path}`,
        body: document,
        headers: { 'idempotency-key': key },
        signal,
      });
      const exists = refusalCode(answer) === 'REFERENCE_EXISTS';
      const replayed = exists || answer.headers['idempotent-replayed'] === 'true';
      const call = { system, kind, reference: document.reference, replayed };
      if (answer.status === 201) return receiptOf(call, answer.body);
      if (answer.status === 409 && exists) return receiptOf(call, existingIn(answer.body));
      throw asReused(rejection(system, answer));
    },

    async list(kind, cursor, { limit, signal }) {
      const after = Number(cursor ?? '0');
      const path = `/${face}/documents/${kind}?after=${after}&limit=${limit}`;
      const answer = await http.call({ method: 'GET', path, signal });
      if (answer.status !== 200) throw rejection(system, answer);
      return documentPageOf({ system, kind, after }, answer.body);
    },

    async numberOf(kind, reference, { code, field }, request) {
      const found = await find(kind, reference, request).catch(asNotSent);
      if (found !== null) return found.number;
      throw new ConnectorError('rejected', { system, code, message: `has no ${kind} ${reference}`, field });
    },

    async ping(signal) {
      const answer = await http.call({ method: 'GET', path: `/${face}/status`, signal });
      if (answer.status !== 200) throw rejection(system, answer);
      if (!z.object({ status: z.literal('ok') }).safeParse(answer.body).success) {
        throw brokenAnswer(system, 'a status that cannot be read');
      }
    },
  };
}

/** The port has one word for "you gave me something else under this name before". */
function asReused(refused: ConnectorError): ConnectorError {
  const { system, message } = refused;
  if (refused.code !== 'IDEMPOTENCY_KEY_REUSED') return refused;
  const code = CONNECTOR_CODES.referenceReused;
  return new ConnectorError('rejected', { system, code, message, field: ['reference'], cause: refused });
}

/** The look-up before a write harms nothing when it fails: the write was never sent. */
function asNotSent(error: unknown): never {
  if (!(error instanceof ConnectorError) || error.outcome !== 'in-doubt') throw error;
  const { system, code, message } = error;
  throw new ConnectorError('not-sent', { system, code, message, cause: error });
}

function existingIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, 'document') : undefined;
}
