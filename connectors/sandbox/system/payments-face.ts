import { type Answer, badRequest, notFound, ok } from './answer.ts';
import type { DocumentBook } from './document-book.ts';
import type { SandboxRequest } from './http-listener.ts';
import type { PaymentProvider } from './payment-provider.ts';

/** Everything under `/payments`. */
export async function answerPayments(
  provider: PaymentProvider,
  book: DocumentBook,
  request: SandboxRequest,
): Promise<Answer> {
  const { method, path, query, body } = request;
  const [, , resource = '', action = ''] = path.split('/').map(decodeURIComponent);
  const key = request.headers['idempotency-key'];
  const keyText = Array.isArray(key) ? key[0] : key;
  if (method === 'GET' && resource === 'status') return ok({ status: 'ok' });
  if (method === 'GET' && resource === 'lookup') {
    const [asked, kind, reference] = ['key', 'kind', 'reference'].map((name) => query.get(name));
    if (asked) return provider.lookup(asked);
    if (!kind || !reference) return badRequest('KEY_NEEDED', 'a key, or a kind and a reference, is needed');
    const document = book.findByReference('payments', kind, reference);
    return document === undefined
      ? notFound('DOCUMENT_NOT_FOUND', `no ${kind} with reference ${reference}`)
      : ok(document);
  }
  if (method === 'POST' && resource === 'authorizations' && action === '')
    return provider.authorize(body, keyText);
  if (method === 'POST' && action === 'captures') return provider.capture(resource, body, keyText);
  if (method === 'POST' && action === 'voids') return provider.voidPayment(resource, body, keyText);
  if (method === 'POST' && action === 'refunds') return provider.refund(resource, body, keyText);
  return notFound('NO_SUCH_ADDRESS', `no ${method} ${path}`);
}
