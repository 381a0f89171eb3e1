import { z } from 'zod';
import { ConnectorError } from '../connector-error.ts';
import type { DocumentByKind, DocumentKind } from '../documents.ts';
import { createJsonOverHttp } from '../json-over-http.ts';
import type { Connector, ConnectorCapabilities } from '../port.ts';
import { brokenAnswer, receiptOf, refusalCode, rejection, unsupported } from './stored-document.ts';

export interface SandboxPaymentsOptions {
  /** Where the sandbox payment provider answers. */
  url: string;
  /** Its bearer token. */
  token: string;
  /** What operations people call it. Default `payments`. */
  system?: string;
  /** The longest one call may take. Default 5,000. */
  timeoutMs?: number;
  /** Connections at once. Default 16. */
  maxConnections?: number;
}

// The key makes a repeat harmless at any time; the wait only keeps a look-up from coming before the commit.
const byKey = { dedupe: 'native-key', settlingMs: 500 } as const;

const CAPABILITIES: ConnectorCapabilities = {
  feeds: {},
  documents: { paymentAuthorization: byKey, paymentCapture: byKey, paymentVoid: byKey, paymentRefund: byKey },
  masterData: [],
};

/**
 * Speaks to the sandbox payment provider over HTTP. A decline is `rejected` with the issuer's reason as code: `CARD_DECLINED`,
 * `INSUFFICIENT_FUNDS`, `EXPIRED_CARD`.
 */
export function createSandboxPaymentsConnector(options: SandboxPaymentsOptions): Connector {
  const system = options.system ?? 'payments';
  const http = createJsonOverHttp({
    system,
    url: options.url,
    headers: { authorization: `Bearer ${options.token}` },
    timeoutMs: options.timeoutMs ?? 5_000,
    maxConnections: options.maxConnections ?? 16,
  });

  return {
    system,
    connector: 'sandbox',
    kind: 'PAYMENT_PROVIDER',
    capabilities: CAPABILITIES,

    async readChanges(feed) {
      throw unsupported(system, `a reading of ${feed}`);
    },

    async createDocument(kind, document, { key, signal }) {
      const answer = await http.call({
        method: 'POST',
        path: createPath(system, kind, document),
        body: document,
        headers: { 'idempotency-key': key },
        signal,
      });
      const replayed = answer.headers['idempotent-replayed'] === 'true';
      if (answer.status === 201)
        return receiptOf({ system, kind, reference: document.reference, replayed }, answer.body);
      const refused = rejection(system, answer);
      if (refused.code !== 'IDEMPOTENCY_KEY_REUSED') throw refused;
      // The port has one word for "you gave me something else under this name before".
      const { message } = refused;
      throw new ConnectorError('rejected', {
        system,
        code: 'REFERENCE_REUSED',
        message,
        field: ['reference'],
      });
    },

    async findDocument(kind, reference, { signal }) {
      if (CAPABILITIES.documents[kind] === undefined) throw unsupported(system, kind);
      const path = `/payments/lookup?kind=${kind}&reference=${encodeURIComponent(reference)}`;
      const answer = await http.call({ method: 'GET', path, signal });
      if (answer.status === 404 && refusalCode(answer) === 'DOCUMENT_NOT_FOUND') return null;
      if (answer.status !== 200) throw rejection(system, answer);
      return receiptOf({ system, kind, reference, replayed: true }, answer.body);
    },

    async ping(signal) {
      const answer = await http.call({ method: 'GET', path: '/payments/status', signal });
      if (answer.status !== 200) throw rejection(system, answer);
      if (!z.object({ status: z.literal('ok') }).safeParse(answer.body).success) {
        throw brokenAnswer(system, 'a status that cannot be read');
      }
    },

    close: () => http.close(),
  };
}

function createPath<K extends DocumentKind>(system: string, kind: K, document: DocumentByKind[K]): string {
  if (kind === 'paymentAuthorization') return '/payments/authorizations';
  const actions: Partial<Record<DocumentKind, string>> = {
    paymentCapture: 'captures',
    paymentVoid: 'voids',
    paymentRefund: 'refunds',
  };
  const action = actions[kind];
  if (action === undefined || !('paymentExternalId' in document)) throw unsupported(system, kind);
  return `/payments/${encodeURIComponent(document.paymentExternalId)}/${action}`;
}
