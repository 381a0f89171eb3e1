import type { FeedName } from '../feeds.ts';
import { createJsonOverHttp } from '../json-over-http.ts';
import type { Connector, ConnectorCapabilities } from '../port.ts';
import { createDocumentDesk } from './document-desk.ts';
import { readFeed } from './read-feed.ts';
import { createWebhookReader } from './read-webhook.ts';
import { unsupported } from './stored-document.ts';

export interface SandboxCarrierOptions {
  /** Where the sandbox carrier answers. */
  url: string;
  /** Its bearer token. */
  token: string;
  /** What operations people call it. Default `carrier`. */
  system?: string;
  /** The longest one call may take. Default 5,000. */
  timeoutMs?: number;
  /** Connections at once. Default 4. */
  maxConnections?: number;
  /** The secrets its webhook deliveries may be signed with: one, or two while one replaces the other. Missing: it does not push. */
  webhookSecrets?: readonly string[];
}

const FEEDS: readonly FeedName[] = ['trackingEvents'];
const CAPABILITIES: ConnectorCapabilities = {
  feeds: { trackingEvents: { changes: 'poll', order: 'sequence', overlapMs: 0 } },
  documents: {},
  masterData: [],
};

/** Reads from the sandbox carrier where parcels are. It takes no documents. */
export function createSandboxCarrierConnector(options: SandboxCarrierOptions): Connector {
  const system = options.system ?? 'carrier';
  const http = createJsonOverHttp({
    system,
    url: options.url,
    headers: { authorization: `Bearer ${options.token}` },
    timeoutMs: options.timeoutMs ?? 5_000,
    maxConnections: options.maxConnections ?? 4,
  });
  const at = { http, system, face: 'carrier' } as const;
  const desk = createDocumentDesk(at);

  return {
    system,
    connector: 'sandbox',
    kind: 'CARRIER',
    capabilities: CAPABILITIES,
    ...(options.webhookSecrets === undefined
      ? {}
      : {
          webhooks: {
            feeds: FEEDS,
            read: createWebhookReader({
              system,
              face: 'carrier',
              feeds: FEEDS,
              secrets: options.webhookSecrets,
            }),
            positionOf: Number,
            cursorOf: String,
          },
        }),

    async readChanges(feed, cursor, read) {
      if (CAPABILITIES.feeds[feed] === undefined) throw unsupported(system, `a reading of ${feed}`);
      return readFeed(at, feed, cursor, read);
    },

    async createDocument(kind) {
      throw unsupported(system, kind);
    },

    async findDocument(kind) {
      throw unsupported(system, kind);
    },

    ping: (signal) => desk.ping(signal),
    close: () => http.close(),
  };
}
