import { z } from 'zod';
import type { DocumentByKind, DocumentKind } from '../documents.ts';
import type { FeedName, FeedRecord } from '../feeds.ts';
import { createJsonOverHttp } from '../json-over-http.ts';
import { parseRecord } from '../parse-record.ts';
import type { Connector, ConnectorCapabilities, MasterDataResult, ReadRequest } from '../port.ts';
import { createDocumentDesk } from './document-desk.ts';
import { bulkPath, readFeed } from './read-feed.ts';
import { createWebhookReader } from './read-webhook.ts';
import { brokenAnswer, rejection, unsupported } from './stored-document.ts';

export interface SandboxErpOptions {
  /** Where the sandbox ERP answers. */
  url: string;
  /** Its bearer token. */
  token: string;
  /** What operations people call it. Default `erp`. */
  system?: string;
  /** The longest one call may take. Default 5,000. */
  timeoutMs?: number;
  /** Connections at once. Default 16. */
  maxConnections?: number;
  /** The secrets its webhook deliveries may be signed with: one, or two while one replaces the other. Missing: it does not push. */
  webhookSecrets?: readonly string[];
}

const FEEDS: readonly FeedName[] = [
  'items',
  'prices',
  'locations',
  'channels',
  'customers',
  'stockMovements',
  'expectedSupplies',
  'locationSignals',
  'invoices',
];
const MASTER_DATA: readonly FeedName[] = FEEDS.filter((feed) => feed !== 'invoices');
const bySequence = { changes: 'poll', order: 'sequence', overlapMs: 0 } as const;
// A call that was cut may still be in the ERP's commit; its commits take milliseconds.
const byReference = { dedupe: 'unique-business-key', settlingMs: 500 } as const;

const CAPABILITIES: ConnectorCapabilities = {
  feeds: Object.fromEntries(FEEDS.map((feed) => [feed, bySequence])),
  documents: {
    salesOrder: byReference,
    salesOrderCancellation: byReference,
    salesReturn: byReference,
    journalEntry: byReference,
  },
  masterData: MASTER_DATA,
};

const bulkAnswerSchema = z.object({
  written: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.array(
    z.object({
      index: z.number().int(),
      code: z.string(),
      message: z.string(),
      field: z.array(z.string()).optional(),
    }),
  ),
});

/** Records sent in one bulk call. */
const BULK_SIZE = 2_000;

/** Speaks to the sandbox ERP over HTTP. */
export function createSandboxErpConnector(options: SandboxErpOptions): Connector {
  const system = options.system ?? 'erp';
  const http = createJsonOverHttp({
    system,
    url: options.url,
    headers: { authorization: `Bearer ${options.token}` },
    timeoutMs: options.timeoutMs ?? 5_000,
    maxConnections: options.maxConnections ?? 16,
  });
  const at = { http, system, face: 'erp' } as const;
  const desk = createDocumentDesk(at);

  /** Where a document of this kind is created; a cancellation belongs to an order that the ERP names by its own number. */
  async function createPath<K extends DocumentKind>(
    kind: K,
    document: DocumentByKind[K],
    request: ReadRequest,
  ): Promise<string> {
    if (kind === 'salesOrder') return '/sales-orders';
    if (kind === 'salesReturn') return '/sales-returns';
    if (kind === 'journalEntry') return '/journal-entries';
    if (kind !== 'salesOrderCancellation') throw unsupported(system, kind);
    // The kind says so; TypeScript does not narrow one argument by another.
    const { orderReference } = document as DocumentByKind['salesOrderCancellation'];
    const missing = { code: 'ORDER_NOT_FOUND', field: ['orderReference'] };
    const number = await desk.numberOf('salesOrder', orderReference, missing, request);
    return `/sales-orders/${encodeURIComponent(number)}/cancellation`;
  }

  async function loadPart<F extends FeedName>(
    feed: F,
    records: readonly FeedRecord[F][],
    signal: AbortSignal,
  ) {
    const answer = await http.call({ method: 'POST', path: bulkPath(feed), body: { records }, signal });
    if (answer.status !== 200) throw rejection(system, answer);
    const parsed = bulkAnswerSchema.safeParse(answer.body);
    if (!parsed.success) throw brokenAnswer(system, `a bulk answer for ${feed} that cannot be read`);
    return parsed.data;
  }

  return {
    system,
    connector: 'sandbox',
    kind: 'ERP',
    capabilities: CAPABILITIES,
    ...(options.webhookSecrets === undefined
      ? {}
      : {
          webhooks: {
            feeds: FEEDS,
            read: createWebhookReader({ system, face: 'erp', feeds: FEEDS, secrets: options.webhookSecrets }),
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

    async loadMasterData(feed, records, { signal }) {
      if (!MASTER_DATA.includes(feed)) throw unsupported(system, `a load of ${feed}`);
      const result: MasterDataResult = { written: 0, unchanged: 0, rejected: [] };
      const good: { index: number; record: (typeof records)[number] }[] = [];
      for (const [index, raw] of records.entries()) {
        const read = parseRecord(feed, raw);
        if ('record' in read) good.push({ index, record: read.record });
        else result.rejected.push({ index, ...pick(read.rejected) });
      }
      for (let start = 0; start < good.length; start += BULK_SIZE) {
        const part = good.slice(start, start + BULK_SIZE);
        const loaded = await loadPart(
          feed,
          part.map(({ record }) => record),
          signal,
        );
        result.written += loaded.written;
        result.unchanged += loaded.unchanged;
        for (const rejected of loaded.rejected) {
          result.rejected.push({ ...rejected, index: part[rejected.index]?.index ?? rejected.index });
        }
      }
      return result;
    },

    ping: (signal) => desk.ping(signal),
    close: () => http.close(),
  };
}

function pick({ code, message, field }: { code: string; message: string; field?: string[] | undefined }) {
  return { code, message, field };
}
