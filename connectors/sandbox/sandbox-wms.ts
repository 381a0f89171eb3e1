import type { DocumentByKind, DocumentKind } from '../documents.ts';
import type { FeedName } from '../feeds.ts';
import { createJsonOverHttp } from '../json-over-http.ts';
import type { Connector, ConnectorCapabilities, ReadRequest } from '../port.ts';
import { createDocumentDesk } from './document-desk.ts';
import { readFeed } from './read-feed.ts';
import { createWebhookReader } from './read-webhook.ts';
import { unsupported } from './stored-document.ts';

export interface SandboxWmsOptions {
  /** Where the sandbox warehouse answers. */
  url: string;
  /** Its bearer token. */
  token: string;
  /** What operations people call it. Default `wms`. */
  system?: string;
  /** The longest one call may take. Default 5,000. */
  timeoutMs?: number;
  /** Connections at once. Default 16. */
  maxConnections?: number;
  /** The secrets its webhook deliveries may be signed with: one, or two while one replaces the other. Missing: it does not push. */
  webhookSecrets?: readonly string[];
}

const FEEDS: readonly FeedName[] = ['shipments'];
// A call that was cut may still be in the warehouse's commit; its commits take milliseconds.
const byReference = { dedupe: 'unique-business-key', settlingMs: 500 } as const;

const CAPABILITIES: ConnectorCapabilities = {
  feeds: { shipments: { changes: 'poll', order: 'sequence', overlapMs: 0 } },
  documents: { fulfillmentRequest: byReference, fulfillmentCancellation: byReference },
  masterData: [],
};

/** Speaks to the sandbox warehouse over HTTP: takes work there and cancels it, and reads what has left. */
export function createSandboxWmsConnector(options: SandboxWmsOptions): Connector {
  const system = options.system ?? 'wms';
  const http = createJsonOverHttp({
    system,
    url: options.url,
    headers: { authorization: `Bearer ${options.token}` },
    timeoutMs: options.timeoutMs ?? 5_000,
    maxConnections: options.maxConnections ?? 16,
  });
  const at = { http, system, face: 'wms' } as const;
  const desk = createDocumentDesk(at);

  async function createPath<K extends DocumentKind>(
    kind: K,
    document: DocumentByKind[K],
    request: ReadRequest,
  ): Promise<string> {
    if (kind === 'fulfillmentRequest') return '/fulfillment-requests';
    if (kind !== 'fulfillmentCancellation') throw unsupported(system, kind);
    // The kind says so; TypeScript does not narrow one argument by another.
    const { requestReference } = document as DocumentByKind['fulfillmentCancellation'];
    const missing = { code: 'REQUEST_NOT_FOUND', field: ['requestReference'] };
    const number = await desk.numberOf('fulfillmentRequest', requestReference, missing, request);
    return `/fulfillment-requests/${encodeURIComponent(number)}/cancellation`;
  }

  return {
    system,
    connector: 'sandbox',
    kind: 'WMS',
    capabilities: CAPABILITIES,
    ...(options.webhookSecrets === undefined
      ? {}
      : {
          webhooks: {
            feeds: FEEDS,
            read: createWebhookReader({ system, face: 'wms', feeds: FEEDS, secrets: options.webhookSecrets }),
            positionOf: Number,
            cursorOf: String,
          },
        }),

    async readChanges(feed, cursor, read) {
      if (CAPABILITIES.feeds[feed] === undefined) throw unsupported(system, `a reading of ${feed}`);
      return readFeed(at, feed, cursor, read);
    },

    async createDocument(kind, document, { signal }) {
      return desk.create(kind, await createPath(kind, document, { signal }), document, { signal });
    },

    async findDocument(kind, reference, request) {
      if (CAPABILITIES.documents[kind] === undefined) throw unsupported(system, kind);
      return desk.find(kind, reference, request);
    },

    async listDocuments(kind, cursor, read) {
      if (CAPABILITIES.documents[kind] === undefined) throw unsupported(system, kind);
      return desk.list(kind, cursor, read);
    },

    ping: (signal) => desk.ping(signal),
    close: () => http.close(),
  };
}
