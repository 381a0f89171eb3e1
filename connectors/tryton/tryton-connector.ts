import { type Clock, systemClock } from '../../platform/clock.ts';
import { journalEntrySchema } from '../canonical/journal-entry.ts';
import {
  salesOrderCancellationSchema,
  salesOrderSchema,
  salesReturnSchema,
} from '../canonical/sales-order.ts';
import { CONNECTOR_CODES, ConnectorError } from '../connector-error.ts';
import { type DocumentByKind, type DocumentKind, type DocumentReceipt, isMade } from '../documents.ts';
import type { FeedName } from '../feeds.ts';
import type { Connector, ConnectorCapabilities } from '../port.ts';
import type { DocumentWriter } from './documents/document-writer.ts';
import { journalEntryWriter } from './documents/journal-entry.ts';
import { listSales } from './documents/list-sales.ts';
import { salesOrderWriter } from './documents/sales-order.ts';
import { salesOrderCancellationWriter } from './documents/sales-order-cancellation.ts';
import { salesReturnWriter } from './documents/sales-return.ts';
import { channels } from './feeds/channels.ts';
import { customers } from './feeds/customers.ts';
import { invoices } from './feeds/invoices.ts';
import { items } from './feeds/items.ts';
import { locations } from './feeds/locations.ts';
import { prices } from './feeds/prices.ts';
import { stockMovements } from './feeds/stock-movements.ts';
import { createInTurn } from './in-turn.ts';
import { readFeed, type TrytonFeed } from './read-feed.ts';
import { createTrytonRpc } from './rpc.ts';

export interface TrytonOptions {
  /** Where the server answers, without the database: `http://127.0.0.1:8000`. */
  url: string;
  database: string;
  user: string;
  password: string;
  /** What operations people call it. Default `erp`. */
  system?: string;
  /** Warehouses people can walk into, by code. Default: none. */
  storeCodes?: readonly string[];
  /** Who buys when nobody says who: a party of its own, by code. Tryton refuses a web shop's own guest party here. Default `GUEST`. */
  guestCode?: string;
  /** The journal that journal entries go to, by code. Default `MISC`. */
  journalCode?: string;
  /** The longest one call may take; confirming an order takes the longest. Default 15,000. */
  timeoutMs?: number;
  /** Connections at once. Tryton computes one answer at a time and process: more only wait there. Default 8. */
  maxConnections?: number;
  /** The longest a transaction in this Tryton takes: so late may a change appear, dated when it began. Default 60,000. */
  overlapMs?: number;
  /** The longest a write goes on after its caller gave up. Default 15,000. */
  settlingMs?: number;
  clock?: Clock;
}

type TrytonDocumentKind = 'salesOrder' | 'salesOrderCancellation' | 'salesReturn' | 'journalEntry';

const SCHEMAS = {
  salesOrder: salesOrderSchema,
  salesOrderCancellation: salesOrderCancellationSchema,
  salesReturn: salesReturnSchema,
  journalEntry: journalEntrySchema,
} as const;

/** Speaks JSON-RPC to a Tryton 6.0 with the modules that the README lists. */
export function createTrytonConnector(options: TrytonOptions): Connector {
  const system = options.system ?? 'erp';
  const overlapMs = options.overlapMs ?? 60_000;
  const guestCode = options.guestCode ?? 'GUEST';
  const settlingMs = options.settlingMs ?? 15_000;
  const rpc = createTrytonRpc({
    system,
    url: options.url,
    database: options.database,
    user: options.user,
    password: options.password,
    timeoutMs: options.timeoutMs ?? 15_000,
    maxConnections: options.maxConnections ?? 8,
    clock: options.clock ?? systemClock,
  });
  const feeds: { readonly [F in FeedName]?: TrytonFeed } = {
    items,
    prices,
    locations: locations(new Set(options.storeCodes)),
    stockMovements,
    customers,
    channels,
    invoices,
  };
  const writers: { readonly [K in TrytonDocumentKind]: DocumentWriter<K> } = {
    salesOrder: salesOrderWriter(system, guestCode),
    salesOrderCancellation: salesOrderCancellationWriter(system),
    salesReturn: salesReturnWriter(system, guestCode),
    journalEntry: journalEntryWriter(system, options.journalCode ?? 'MISC'),
  };
  const inTurn = createInTurn();

  const byTime = { changes: 'poll', order: 'write-time', overlapMs } as const;
  const byWebId = { dedupe: 'unique-business-key', settlingMs } as const;
  const bySearch = { dedupe: 'search-before-create', settlingMs } as const;
  const capabilities: ConnectorCapabilities = {
    feeds: Object.fromEntries(Object.keys(feeds).map((feed) => [feed, byTime])),
    documents: {
      salesOrder: byWebId,
      salesOrderCancellation: { ...bySearch, listed: false },
      salesReturn: byWebId,
      journalEntry: { ...bySearch, listed: false },
    },
    masterData: [],
  };

  const unsupported = (what: string) =>
    new ConnectorError('refused', {
      system,
      code: CONNECTOR_CODES.unsupported,
      message: `cannot do ${what}`,
    });

  function writerOf<K extends DocumentKind>(kind: K): DocumentWriter<K> {
    if (!isWritten(kind)) throw unsupported(kind);
    // The key of the table says so; TypeScript does not narrow K by it.
    return writers[kind] as unknown as DocumentWriter<K>;
  }

  return {
    system,
    connector: 'tryton',
    kind: 'ERP',
    capabilities,

    async readChanges(name, cursor, read) {
      const feed = feeds[name];
      if (feed === undefined) throw unsupported(`a reading of ${name}`);
      return readFeed(rpc, { system, overlapMs }, name, feed, cursor, read);
    },

    async createDocument(kind, document, { signal }): Promise<DocumentReceipt> {
      const writer = writerOf(kind);
      const parsed = parse(system, kind, document);
      const calls = rpc.within(signal);
      return inTurn(`${kind} ${document.reference}`, () => writer.create(calls, parsed));
    },

    async findDocument(kind, reference, { signal }) {
      if (isMade(kind)) throw unsupported(kind);
      return writerOf(kind).find(rpc.within(signal), reference);
    },

    async listDocuments(kind, cursor, { limit, signal }) {
      if (isMade(kind)) throw unsupported(kind);
      return listSales(rpc.within(signal), system, kind, cursor, limit);
    },

    async ping(signal) {
      await rpc.within(signal).call('res.user', 'get_preferences', true);
    },

    close: () => rpc.close(),
  };
}

function isWritten(kind: DocumentKind): kind is TrytonDocumentKind {
  return kind in SCHEMAS;
}

function parse<K extends DocumentKind>(
  system: string,
  kind: K,
  document: DocumentByKind[K],
): DocumentByKind[K] {
  if (!isWritten(kind)) return document;
  const { error } = SCHEMAS[kind].safeParse(document);
  if (error === undefined) return document;
  const issue = error.issues[0];
  throw new ConnectorError('rejected', {
    system,
    code: CONNECTOR_CODES.invalidDocument,
    message: `${issue?.path.join('.')}: ${issue?.message}`,
    field: issue?.path.map(String),
  });
}
