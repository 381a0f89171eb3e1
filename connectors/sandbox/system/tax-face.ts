import { type Answer, notFound, ok } from './answer.ts';
import type { DocumentBook } from './document-book.ts';
import { lookUpDocuments } from './document-lookup.ts';
import type { SandboxRequest } from './http-listener.ts';
import { keyOf } from './keyed-answers.ts';
import type { TaxEngine } from './tax-engine.ts';

/** Everything under `/tax`. */
export async function answerTax(
  engine: TaxEngine,
  book: DocumentBook,
  { method, path, query, body, headers }: SandboxRequest,
): Promise<Answer> {
  const [, , resource = '', detail = '', action = ''] = path.split('/').map(decodeURIComponent);
  if (method === 'GET' && resource === 'status') return ok({ status: 'ok' });
  if (method === 'GET' && resource === 'documents')
    return lookUpDocuments(book, { system: 'tax', kind: detail }, query);
  if (method === 'POST' && resource === 'quotes') return engine.quote(body, keyOf(headers));
  if (method === 'POST' && resource === 'commitments') {
    if (detail === '') return engine.commit(body, keyOf(headers));
    if (action === 'void') return engine.voidDocument(detail, body, keyOf(headers));
  }
  return notFound('NO_SUCH_ADDRESS', `no ${method} ${path}`);
}
