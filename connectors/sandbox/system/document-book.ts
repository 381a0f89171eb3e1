import type { Storage } from './storage.ts';

/** A document as a stand-in system keeps it. */
export interface StoredDocument {
  system: string;
  kind: string;
  /** Position in its kind's list. */
  sequence: number;
  externalId: string;
  number: string;
  /** The reference it is unique by. */
  reference: string;
  state: string;
  acceptedAt: string;
  related: { type: 'INVOICE' | 'CREDIT_NOTE'; number: string }[];
  expiresAt?: string | undefined;
  /** What it comes to, where the document itself does not say. */
  total?: string | undefined;
  /** The document itself, as it was handed in or made. */
  document: Record<string, unknown>;
}

export interface DocumentList {
  documents: StoredDocument[];
  /** All that match, not only this page. */
  total: number;
  /** Give it as `after` for the next page; null on the last. */
  next: number | null;
}

export interface DocumentQuery {
  system: string;
  kind: string;
  /** Its own reference, its number, or the order it belongs to. */
  reference?: string | undefined;
  after: number;
  limit: number;
}

/** The books of documents of all stand-in systems. Writes belong inside `storage.transact`. */
export interface DocumentBook {
  add(document: Omit<StoredDocument, 'sequence'>, alsoFoundBy: readonly string[]): StoredDocument;
  replace(document: StoredDocument): void;
  /** The document that is unique by this reference; the latest where the system allows several. */
  findByReference(system: string, kind: string, reference: string): StoredDocument | undefined;
  findByNumber(system: string, kind: string, number: string): StoredDocument | undefined;
  list(query: DocumentQuery): DocumentList;
}

export function createDocumentBook(storage: Storage): DocumentBook {
  const { documents, documentIndex, counters } = storage;

  // What this file wrote under these keys is what it reads.
  const load = (system: string, kind: string, sequence: number) =>
    documents.get([system, kind, sequence]) as StoredDocument | undefined;

  function sequencesOf(system: string, kind: string, name: string): number[] {
    const start: [string, string, string, number] = [system, kind, name, 0];
    const end: [string, string, string, number] = [system, kind, name, Number.MAX_SAFE_INTEGER];
    return [...documentIndex.getKeys({ start, end })].map(([, , , sequence]) => sequence);
  }

  function latest(system: string, kind: string, name: string): StoredDocument | undefined {
    const last = sequencesOf(system, kind, name).at(-1);
    return last === undefined ? undefined : load(system, kind, last);
  }

  return {
    add(document, alsoFoundBy) {
      const { system, kind } = document;
      const stored = { ...document, sequence: storage.next(`documents/${system}/${kind}`) };
      documents.put([system, kind, stored.sequence], stored);
      // What it is unique by stands apart from what it is listed by, or an order number could pass for a return's own.
      const listedBy = [stored.reference, stored.number, ...alsoFoundBy];
      for (const name of new Set([
        `=${stored.reference}`,
        `#${stored.number}`,
        ...listedBy.map((by) => `~${by}`),
      ])) {
        documentIndex.put([system, kind, name, stored.sequence], stored.sequence);
      }
      return stored;
    },

    replace(document) {
      documents.put([document.system, document.kind, document.sequence], document);
    },

    findByReference: (system, kind, reference) => latest(system, kind, `=${reference}`),
    findByNumber: (system, kind, number) => latest(system, kind, `#${number}`),

    list({ system, kind, reference, after, limit }) {
      const count = counters.get(`documents/${system}/${kind}`) ?? 0;
      const matching =
        reference === undefined
          ? Array.from({ length: Math.min(limit + 1, Math.max(0, count - after)) }, (_, at) => after + at + 1)
          : sequencesOf(system, kind, `~${reference}`).filter((sequence) => sequence > after);
      const page = matching.slice(0, limit).flatMap((sequence) => load(system, kind, sequence) ?? []);
      return {
        documents: page,
        total: reference === undefined ? count : sequencesOf(system, kind, `~${reference}`).length,
        next: matching.length > limit ? (page.at(-1)?.sequence ?? null) : null,
      };
    },
  };
}
