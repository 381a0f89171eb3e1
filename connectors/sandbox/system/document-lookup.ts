import { type Answer, notFound, ok } from './answer.ts';
import type { DocumentBook, StoredDocument } from './document-book.ts';
import type { SandboxSystem } from './fault-switch.ts';
import { readPageQuery } from './page-query.ts';

/** `GET .../documents/<kind>`: the one with a `reference` or a `number`, or a page of all in the order they were made. */
export function lookUpDocuments(
  book: DocumentBook,
  { system, kind }: { system: SandboxSystem; kind: string },
  query: URLSearchParams,
): Answer {
  const number = query.get('number');
  if (number !== null) return orNone(book.findByNumber(system, kind, number), `no ${kind} ${number}`);
  const reference = query.get('reference');
  if (reference === null) {
    const page = readPageQuery(query);
    return 'refused' in page ? page.refused : ok(book.list({ system, kind, ...page }));
  }
  return orNone(book.findByReference(system, kind, reference), `no ${kind} with reference ${reference}`);
}

function orNone(document: StoredDocument | undefined, message: string): Answer {
  return document === undefined ? notFound('DOCUMENT_NOT_FOUND', message) : ok(document);
}
