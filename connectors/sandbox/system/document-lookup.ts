import { type Answer, notFound, ok } from './answer.ts';
import type { DocumentBook } from './document-book.ts';
import type { SandboxSystem } from './fault-switch.ts';
import { readPageQuery } from './page-query.ts';

/** `GET .../documents/<kind>`: the one with a `reference`, or a page of all in the order they were made. */
export function lookUpDocuments(
  book: DocumentBook,
  { system, kind }: { system: SandboxSystem; kind: string },
  query: URLSearchParams,
): Answer {
  const reference = query.get('reference');
  if (reference === null) {
    const page = readPageQuery(query);
    return 'refused' in page ? page.refused : ok(book.list({ system, kind, ...page }));
  }
  const document = book.findByReference(system, kind, reference);
  return document === undefined
    ? notFound('DOCUMENT_NOT_FOUND', `no ${kind} with reference ${reference}`)
    : ok(document);
}
