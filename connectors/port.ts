import type { ReadWebhook } from '../platform/inbox/webhook-door.ts';
import type { CallBudget } from '../platform/outbox/call-budget.ts';
import type {
  DocumentByKind,
  DocumentKind,
  DocumentPage,
  DocumentReceipt,
  KeptKind,
  MadeKind,
} from './documents.ts';
import type { ChangePage, FeedName, FeedRecord } from './feeds.ts';

/**
 * One outside system as this layer speaks to it. Every method fails with a `ConnectorError` and nothing else; its
 * `outcome` says whether something may have happened. A connector does not retry, queue or break circuits: whoever calls it does.
 */
export interface Connector {
  /** The code operations people see: `erp`, `payments`, `wms`. */
  readonly system: string;
  /** Which adapter it is: `sandbox`, `csv`. */
  readonly connector: string;
  readonly kind: SystemKind;
  readonly capabilities: ConnectorCapabilities;

  /**
   * One page of what changed after `cursor` (null: from the beginning), oldest first. The page's cursor is to be kept once
   * the page is applied; asking again with an old cursor gives the same changes again. Entries may repeat where the
   * feed's capability says so: drop them by `eventId`. A bad record is an entry with `rejected`, it never fails the page.
   */
  readChanges<F extends FeedName>(
    feed: F,
    cursor: string | null,
    options: ReadChangesOptions,
  ): Promise<ChangePage<FeedRecord[F]>>;

  /**
   * Creates a document. Repeating it with the same reference and key gives the receipt of the first (`replayed`), never a
   * second document; the same reference with another content is rejected with `REFERENCE_REUSED`.
   */
  createDocument<K extends DocumentKind>(
    kind: K,
    document: DocumentByKind[K],
    request: WriteRequest,
  ): Promise<DocumentReceipt>;

  /**
   * Asks whether a document with our reference (of a made one, with this number) exists: how doubt is resolved. Null is only final once the kind's
   * `settlingMs` have passed since the doubtful call, because the system may still be committing it.
   */
  findDocument(kind: KeptKind, reference: string, request: ReadRequest): Promise<DocumentReceipt | null>;

  /**
   * One page of the documents of `kind` that the system holds, ours and others', in the order it made them, after `cursor` (null: from
   * the beginning). Missing, or `listed` is false for the kind: they can only be asked for one by one.
   */
  listDocuments?(kind: KeptKind, cursor: string | null, options: ReadChangesOptions): Promise<DocumentPage>;

  /** Loads records in bulk, idempotent by their own key; only for feeds named in `capabilities.masterData`. */
  loadMasterData?<F extends FeedName>(
    feed: F,
    records: readonly FeedRecord[F][],
    request: ReadRequest,
  ): Promise<MasterDataResult>;

  /** What the system pushes to us; missing where it can only be polled. */
  readonly webhooks?: WebhookCapability | undefined;

  /**
   * Calls `listener` whenever the system says, with an answer or a refusal of whatever method, how much more it may be asked. Missing:
   * this system does not say.
   */
  onBudget?(listener: (budget: CallBudget) => void): void;

  /** Resolves when the system answers and lets us in. */
  ping(signal: AbortSignal): Promise<void>;

  /** Gives up connections and files. Calls still running fail. */
  close(): Promise<void>;
}

export type SystemKind = 'ERP' | 'PAYMENT_PROVIDER' | 'WMS' | 'CARRIER' | 'TAX' | 'FILE_DROP';

export interface ConnectorCapabilities {
  /** Feeds it can read changes of; a feed that is missing cannot be read. */
  feeds: Partial<Record<FeedName, FeedCapability>>;
  /** Documents it can create; a kind that is missing is refused. */
  documents: Partial<Record<DocumentKind, DocumentCapability>>;
  /** What it makes itself and can be listed and asked for. Default: nothing. */
  made?: readonly MadeKind[];
  /** Feeds whose records can be loaded into it with `loadMasterData`. */
  masterData: readonly FeedName[];
}

/**
 * Deliveries of single changes of feeds that the system numbers without holes. Polling goes on beside them: what is never delivered is
 * found by it, and a hole that stays is filled by it.
 */
export interface WebhookCapability {
  readonly feeds: readonly FeedName[];
  /** Verifies a delivery and reads it. Never throws for what is in it. */
  readonly read: ReadWebhook;
  /** The number of the last change before a cursor of these feeds; 0 for the beginning. */
  positionOf(cursor: string): number;
  cursorOf(position: number): string;
}

export interface FeedCapability {
  changes: 'poll';
  /**
   * `sequence`: the system numbers its changes, nothing is ever seen late. `write-time`: the connector polls by time and reads
   * `overlapMs` again each time, for changes that became visible late: entries repeat.
   */
  order: 'sequence' | 'write-time';
  /** 0 for `sequence`. */
  overlapMs: number;
  /**
   * False: what was applied is gone from the system, as files are that were taken away. A cursor gives the same again until the one after
   * it is used; an older one gives nothing. Default true: any cursor gives the same again.
   */
  rereads?: boolean;
}

export interface DocumentCapability {
  dedupe: DedupeStrategy;
  /** False: documents of this kind cannot be listed, only asked for by their reference. Default: as the connector lists at all. */
  listed?: boolean;
  /** How long after a doubtful call the system may still be committing the document: ask no earlier than that. */
  settlingMs: number;
}

/**
 * How a system keeps one intent from becoming two documents.
 *
 * - `native-key`: it takes our idempotency key; repeating the call is safe and answers the doubt.
 * - `upsert-by-external-id`: our id is part of the address; repeating writes the same document.
 * - `unique-business-key`: our reference is unique there; a repeat is turned into the existing document.
 * - `search-before-create`: it would make a second one. The connector searches first; the caller must never run two
 *   creates of one reference at once, nor repeat before `settlingMs`.
 */
export type DedupeStrategy =
  | 'native-key'
  | 'upsert-by-external-id'
  | 'unique-business-key'
  | 'search-before-create';

export interface ReadChangesOptions {
  /** The most entries the page may have, 1 to 1,000. */
  limit: number;
  signal: AbortSignal;
}

export interface ReadRequest {
  signal: AbortSignal;
}

export interface WriteRequest {
  /** The derived idempotency key of this one effect: the same in every attempt, at most 255 characters. */
  key: string;
  signal: AbortSignal;
}

export interface MasterDataResult {
  /** Records that made a change. */
  written: number;
  /** Records the system already had just so. */
  unchanged: number;
  /** Records it did not take; the others went in all the same. */
  rejected: MasterDataRejection[];
}

export interface MasterDataRejection {
  /** Position in the list that was handed over. */
  index: number;
  code: string;
  message: string;
  field?: string[] | undefined;
}
