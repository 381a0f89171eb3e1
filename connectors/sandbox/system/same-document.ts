import { isDeepStrictEqual } from 'node:util';
import type { Answer, Refusal } from './answer.ts';
import type { StoredDocument } from './document-book.ts';

/** What a create answers whose reference is taken: 409 with the document that is there, and whether it is the same. */
export function referenceTaken(
  stored: StoredDocument,
  document: { reference: string; correlationId: string },
): Answer {
  // The correlation id names the attempt's trace, not the document.
  const same = isDeepStrictEqual(
    { ...stored.document, correlationId: '' },
    { ...document, correlationId: '' },
  );
  const error: Refusal = {
    code: same ? 'REFERENCE_EXISTS' : 'REFERENCE_REUSED',
    message: `${document.reference} is ${stored.number} already${same ? '' : ', with other content'}`,
    field: ['reference'],
  };
  return { status: 409, body: { error, document: stored } };
}
