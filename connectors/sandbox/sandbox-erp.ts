import { z } from 'zod';
import { ConnectorError } from '../connector-error.ts';
import type { DocumentByKind, DocumentKind, DocumentReceipt } from '../documents.ts';
import type { FeedName, FeedRecord } from '../feeds.ts';
import { createJsonOverHttp } from '../json-over-http.ts';
import { parseRecord } from '../parse-record.ts';
import type { Connector, ConnectorCapabilities, MasterDataResult, ReadRequest } from '../port.ts';
import { bulkPath, readFeed } from './read-feed.ts';
import { createWebhookReader } from './read-webhook.ts';
import {
  brokenAnswer,
  documentPageOf,
  receiptOf,
  refusalCode,
  rejection,
  unsupported,
} from './stored-document.ts';

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

  async function find(
    kind: DocumentKind,
    reference: string,
    { signal }: ReadRequest,
  ): Promise<DocumentReceipt | null> {
    const path = `/erp/documents/${kind}?reference=${encodeURIComponent(reference)}`;
    const answer = await http.call({ method: 'GET', path, signal });
    if (answer.status === 404 && refusalCode(answer) === 'DOCUMENT_NOT_FOUND') return null;
    if (answer.status !== 200) throw rejection(system, answer);
    return receiptOf({ system, kind, reference, replayed: true }, answer.body);
  }

  /** Where a document of this kind is created; a cancellation belongs to an order that the ERP names by its own number. */
  async function createPath<K extends DocumentKind>(
    kind: K,
    document: DocumentByKind[K],
    request: ReadRequest,
  ) {
    if (kind === 'salesOrder') return '/erp/sales-orders';
    if (kind === 'salesReturn') return '/erp/sales-returns';
    if (kind === 'journalEntry') return '/erp/journal-entries';
    if (kind !== 'salesOrderCancellation') throw unsupported(system, kind);
    // The kind says so; TypeScript does not narrow one argument by another.
    const { orderReference } = document as DocumentByKind['salesOrderCancellation'];
    const order = await find('salesOrder', orderReference, request).catch(asNotSent);
    if (order === null) {
      throw new ConnectorError('rejected', {
        system,
        code: 'ORDER_NOT_FOUND',
        message: `has no order ${orderReference}`,
        field: ['orderReference'],
      });
    }
    return `/erp/sales-orders/${encodeURIComponent(order.number)}/cancellation`;
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
            read: createWebhookReader({ system, feeds: FEEDS, secrets: options.webhookSecrets }),
            positionOf: Number,
            cursorOf: String,
          },
        }),

    readChanges: (feed, cursor, read) => readFeed(http, system, feed, cursor, read),

    async createDocument(kind, document, { signal }) {
      const path = await createPath(kind, document, { signal });
      const answer = await http.call({ method: 'POST', path, body: document, signal });
      const call = { system, kind, reference: document.reference, replayed: answer.status === 409 };
      if (answer.status === 201) return receiptOf(call, answer.body);
      if (answer.status === 409 && refusalCode(answer) === 'REFERENCE_EXISTS') {
        return receiptOf(call, existingIn(answer.body));
      }
      throw rejection(system, answer);
    },

    async findDocument(kind, reference, request) {
      if (CAPABILITIES.documents[kind] === undefined) throw unsupported(system, kind);
      return find(kind, reference, request);
    },

    async listDocuments(kind, cursor, { limit, signal }) {
      if (CAPABILITIES.documents[kind] === undefined) throw unsupported(system, kind);
      const after = Number(cursor ?? '0');
      const answer = await http.call({
        method: 'GET',
        path: `/erp/documents/${kind}?after=${after}&limit=${limit}`,
        signal,
      });
      if (answer.status !== 200) throw rejection(system, answer);
      return documentPageOf({ system, kind, after }, answer.body);
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

    async ping(signal) {
      const answer = await http.call({ method: 'GET', path: '/erp/status', signal });
      if (answer.status !== 200) throw rejection(system, answer);
      if (!z.object({ status: z.literal('ok') }).safeParse(answer.body).success) {
        throw brokenAnswer(system, 'a status that cannot be read');
      }
    },

    close: () => http.close(),
  };
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

function pick({ code, message, field }: { code: string; message: string; field?: string[] | undefined }) {
  return { code, message, field };
}
