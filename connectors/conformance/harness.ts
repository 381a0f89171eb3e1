import type { DocumentByKind, DocumentKind } from '../documents.ts';
import type { FeedName } from '../feeds.ts';
import type { Connector } from '../port.ts';

/** What the conformance suite needs to put one connector and the system behind it through its paces. */
export interface ConformanceHarness {
  readonly connector: Connector;
  /** The same connector against the same system, but given this much time for a call. Needed for the fault `slow`. */
  withTimeout?(timeoutMs: number): Connector;
  /** The longest a call to the healthy system takes here, however busy the machine. Default 10,000. */
  readonly patienceMs?: number;
  /** By feed: how the system comes to have records. */
  readonly feeds: { readonly [F in FeedName]?: FeedDriver };
  /** By document kind: what can be written. */
  readonly documents: { readonly [K in DocumentKind]?: DocumentDriver<K> };
  /**
   * Makes the system misbehave, or behave again with `none`. Faults not listed in the subject are never asked for. `lost` is the kind whose
   * answer is to be lost by `lossy-ack`: of a document that takes several calls, the answer of the last one.
   */
  setFault?(fault: ConformanceFault, lost?: DocumentKind): Promise<void>;
  stop(): Promise<void>;
}

export type ConformanceFault =
  | 'none'
  | 'down'
  | 'slow'
  | 'throttled'
  | 'lossy-ack'
  | 'duplicating'
  | 'reordering'
  | 'wrong';

export interface FeedDriver {
  /** Writes a good record named `name` into the system, behind the connector's back. Names are plain and unique. */
  write(name: string): Promise<void>;
  /** The `name` of a record that was read. */
  nameOf(record: unknown): string;
  /**
   * Makes the system hand out one record that cannot be read; answers the field that is wrong. Missing: the system makes
   * these records itself and cannot hold a bad one.
   */
  spoil?(): Promise<string>;
}

export interface DocumentDriver<K extends DocumentKind> {
  /** A good document; equal references give equal documents. May prepare what the document refers to. */
  make(reference: string): Promise<DocumentByKind[K]>;
  /** A document the system refuses for a business reason, with the code and path it must answer. */
  refused(reference: string): Promise<{ document: DocumentByKind[K]; code: string; field: string[] }>;
  /** How many documents with this reference the system really holds, asked behind the connector's back. */
  count(reference: string): Promise<number>;
}

/** What is to be tested, known before anything runs. */
export interface ConformanceSubject {
  readonly name: string;
  readonly feeds: readonly FeedName[];
  readonly documents: readonly DocumentKind[];
  readonly faults: readonly ConformanceFault[];
  start(): Promise<ConformanceHarness>;
}

const PATIENCE_MS = 10_000;

/** A signal for one call to the healthy system. */
export function patience({ patienceMs = PATIENCE_MS }: Pick<ConformanceHarness, 'patienceMs'>): AbortSignal {
  return AbortSignal.timeout(patienceMs);
}
