import type { DocumentByKind, DocumentKind, DocumentReceipt } from '../../documents.ts';
import type { TrytonCalls } from '../rpc.ts';

/** How one kind of document comes to be in Tryton, in as many calls as that takes. */
export interface DocumentWriter<K extends DocumentKind> {
  /** The document, once it is all there; one that was begun and not finished is not there yet, and sending it again finishes it. */
  find(calls: TrytonCalls, reference: string): Promise<DocumentReceipt | null>;
  /** Makes it, or goes on where an earlier attempt was cut. No two may run for one reference at once. */
  create(calls: TrytonCalls, document: DocumentByKind[K]): Promise<DocumentReceipt>;
}
