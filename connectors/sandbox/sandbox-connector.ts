import { type DocumentByKind, type DocumentKind, isMade, type KeptKind } from '../documents.ts';
import { createJsonOverHttp } from '../json-over-http.ts';
import type { Connector, ConnectorCapabilities, ReadRequest, SystemKind } from '../port.ts';
import { budgetOfRateLimitHeaders } from '../rate-limit-headers.ts';
import { createDocumentDesk, type Desk, type DocumentDesk } from './document-desk.ts';
import { readFeed } from './read-feed.ts';
import { createWebhookReader } from './read-webhook.ts';
import { unsupported } from './stored-document.ts';
import { PUSHING_SYSTEMS } from './webhook-form.ts';

/** How one of the stand-ins is reached. */
export interface SandboxConnectorOptions {
  /** Where it answers. */
  url: string;
  /** Its bearer token. */
  token: string;
  /** What operations people call it. Default: `erp`, `payments`, `wms`, `carrier`, `tax`. */
  system?: string;
  /** The longest one call may take. Default 5,000. */
  timeoutMs?: number;
  /** Connections at once. Default 16. */
  maxConnections?: number;
  /** The secrets its webhook deliveries may be signed with: one, or two while one replaces the other. Missing: it does not push. */
  webhookSecrets?: readonly string[];
}

/** What one stand-in is and can do; all else its connector has in common with the others. */
export interface StandIn {
  /** The first part of all its addresses. */
  readonly face: Desk['face'];
  readonly kind: SystemKind;
  readonly capabilities: ConnectorCapabilities;
  /** Where a document of a kind is created, below the first part. A kind that is missing is refused. */
  readonly paths: {
    readonly [K in DocumentKind]?: (
      document: DocumentByKind[K],
      desk: DocumentDesk,
      request: ReadRequest,
    ) => string | Promise<string>;
  };
}

/** All stand-ins number their changes without holes. */
export const bySequence = { changes: 'poll', order: 'sequence', overlapMs: 0 } as const;
/** A call that was cut may still be in the system's commit; its commits take milliseconds. */
export const byReference = { dedupe: 'unique-business-key', settlingMs: 500 } as const;
/** The key makes a repeat harmless at any time; the wait only keeps a look-up from coming before the commit. */
export const byKey = { dedupe: 'native-key', settlingMs: 500 } as const;

/** A connector to the stand-in system that `standIn` describes, over HTTP. */
export function createSandboxConnector(
  options: SandboxConnectorOptions,
  standIn: StandIn,
): { readonly connector: Connector; readonly desk: Desk } {
  const { face, kind, capabilities, paths } = standIn;
  const system = options.system ?? face;
  const http = createJsonOverHttp({
    system,
    url: options.url,
    headers: { authorization: `Bearer ${options.token}` },
    timeoutMs: options.timeoutMs ?? 5_000,
    maxConnections: options.maxConnections ?? 16,
    budgetOf: budgetOfRateLimitHeaders,
  });
  const at: Desk = { http, system, face };
  const desk = createDocumentDesk(at);
  const mustKeep = (kept: KeptKind) => {
    const keeps = isMade(kept) ? capabilities.made?.includes(kept) : capabilities.documents[kept];
    if (!keeps) throw unsupported(system, kept);
  };
  const webhooks = webhooksOf(system, standIn, options.webhookSecrets);

  const connector: Connector = {
    system,
    connector: 'sandbox',
    kind,
    capabilities,
    ...(webhooks === undefined ? {} : { webhooks }),

    async readChanges(feed, cursor, read) {
      if (capabilities.feeds[feed] === undefined) throw unsupported(system, `a reading of ${feed}`);
      return readFeed(at, feed, cursor, read);
    },

    async createDocument(documentKind, document, request) {
      const pathOf = paths[documentKind];
      if (pathOf === undefined) throw unsupported(system, documentKind);
      return desk.create(documentKind, await pathOf(document, desk, request), document, request);
    },

    async findDocument(documentKind, reference, request) {
      mustKeep(documentKind);
      return desk.find(documentKind, reference, request);
    },

    async listDocuments(documentKind, cursor, read) {
      mustKeep(documentKind);
      return desk.list(documentKind, cursor, read);
    },

    onBudget: (listener) => http.onBudget(listener),
    ping: (signal) => desk.ping(signal),
    close: () => http.close(),
  };
  return { connector, desk: at };
}

function webhooksOf(
  system: string,
  { face, capabilities }: StandIn,
  secrets: readonly string[] | undefined,
): Connector['webhooks'] {
  const pushing = PUSHING_SYSTEMS.find((name) => name === face);
  if (secrets === undefined || pushing === undefined) return undefined;
  const feeds = feedsOf(capabilities);
  return {
    feeds,
    read: createWebhookReader({ system, face: pushing, feeds, secrets }),
    positionOf: Number,
    cursorOf: String,
  };
}

function feedsOf({ feeds }: ConnectorCapabilities) {
  // The record's own keys.
  return Object.keys(feeds) as (keyof typeof feeds)[];
}
