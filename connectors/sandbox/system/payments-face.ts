import { type Answer, notFound, ok } from './answer.ts';
import type { DocumentBook } from './document-book.ts';
import { lookUpDocuments } from './document-lookup.ts';
import type { SandboxRequest } from './http-listener.ts';
import { keyOf } from './keyed-answers.ts';
import type { PaymentProvider } from './payment-provider.ts';

/** Everything under `/payments`. */
export async function answerPayments(
  provider: PaymentProvider,
  book: DocumentBook,
  request: SandboxRequest,
): Promise<Answer> {
  const { method, path, query, body } = request;
  const [, , resource = '', action = ''] = path.split('/').map(decodeURIComponent);
  const key = keyOf(request.headers);
  if (method === 'GET' && resource === 'status') return ok({ status: 'ok' });
  if (method === 'GET' && resource === 'documents')
    return lookUpDocuments(book, { system: 'payments', kind: action }, query);
  if (method === 'POST' && resource === 'authorizations' && action === '')
    return provider.authorize(body, key);
  if (method === 'POST' && action === 'captures') return provider.capture(resource, body, key);
  if (method === 'POST' && action === 'voids') return provider.voidPayment(resource, body, key);
  if (method === 'POST' && action === 'refunds') return provider.refund(resource, body, key);
  return notFound('NO_SUCH_ADDRESS', `no ${method} ${path}`);
}
