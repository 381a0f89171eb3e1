import type { Clock } from '../../../platform/clock.ts';
import {
  type TaxResult,
  taxDocumentSchema,
  taxQuoteRequestSchema,
  taxVoidSchema,
} from '../../canonical/tax-document.ts';
import { type Answer, created, notFound, unprocessable } from './answer.ts';
import type { DocumentBook, StoredDocument } from './document-book.ts';
import { createKeyedAnswers } from './keyed-answers.ts';
import type { Storage } from './storage.ts';
import { taxOf } from './tax-rules.ts';

/**
 * The tax system's own rules. A quote owes nothing; committing it makes one tax document of it, once; a document can be voided, once.
 * Every write takes an Idempotency-Key.
 */
export interface TaxEngine {
  quote(body: unknown, key: string | undefined): Promise<Answer>;
  commit(body: unknown, key: string | undefined): Promise<Answer>;
  voidDocument(number: string, body: unknown, key: string | undefined): Promise<Answer>;
}

const SYSTEM = 'tax';
const PREFIX = { taxQuote: 'TQ', taxDocument: 'TD', taxVoid: 'TV' } as const;

export function createTaxEngine(options: { storage: Storage; book: DocumentBook; clock: Clock }): TaxEngine {
  const { storage, book, clock } = options;
  const answers = createKeyedAnswers(storage, SYSTEM);

  function add(
    kind: keyof typeof PREFIX,
    state: string,
    document: { reference: string },
    alsoFoundBy: readonly string[],
  ): { answer: Answer; keep: true } {
    const prefix = PREFIX[kind];
    const number = `${prefix}-${100_000 + storage.next(`numbers/${prefix}`)}`;
    const stored: Omit<StoredDocument, 'sequence'> = {
      system: SYSTEM,
      kind,
      number,
      externalId: number,
      reference: document.reference,
      state,
      acceptedAt: clock.now().toISOString(),
      related: [],
      document: { ...document },
    };
    return { answer: created(book.add(stored, alsoFoundBy)), keep: true };
  }

  const refuse = (code: string, message: string, field: string) => ({
    answer: unprocessable({ code, message, field: [field] }),
    keep: false,
  });

  return {
    quote: (body, key) =>
      answers.once({ key, path: 'quotes', body }, taxQuoteRequestSchema, (request) => {
        const tax = taxOf(request);
        if ('code' in tax) return { answer: unprocessable(tax), keep: false };
        return add('taxQuote', 'QUOTED', { ...request, ...shown(request.currencyCode, tax) }, [
          request.orderReference,
        ]);
      }),

    commit: (body, key) =>
      answers.once({ key, path: 'commitments', body }, taxDocumentSchema, (document) => {
        const quote = book.findByNumber(SYSTEM, 'taxQuote', document.quoteExternalId);
        if (quote === undefined)
          return refuse('QUOTE_NOT_FOUND', `no quote ${document.quoteExternalId}`, 'quoteExternalId');
        if (quote.state !== 'QUOTED')
          return refuse('QUOTE_USED', `${quote.number} is ${quote.state} already`, 'quoteExternalId');
        book.replace({ ...quote, state: 'COMMITTED' });
        // Put there by `quote` above.
        const { currencyCode, tax } = quote.document as { currencyCode: string; tax: TaxResult };
        return add('taxDocument', 'COMMITTED', { ...document, ...shown(currencyCode, tax) }, []);
      }),

    voidDocument: (number, body, key) =>
      answers.once({ key, path: `commitments/${number}/void`, body }, taxVoidSchema, (document) => {
        const stored = book.findByNumber(SYSTEM, 'taxDocument', number);
        if (stored === undefined)
          return {
            answer: notFound('TAX_DOCUMENT_NOT_FOUND', `no tax document ${number}`),
            keep: false,
          };
        if (stored.reference !== document.documentReference)
          return refuse('DOCUMENT_MISMATCH', `${number} is ${stored.reference}`, 'documentReference');
        if (stored.state !== 'COMMITTED')
          return refuse('ALREADY_VOIDED', `${number} is ${stored.state}`, 'documentReference');
        book.replace({ ...stored, state: 'VOIDED' });
        return add('taxVoid', 'POSTED', document, [stored.reference]);
      }),
  };
}

/** The tax as a document shows it: what it comes to where every document says that, and how. */
function shown(currencyCode: string, tax: TaxResult) {
  return { currencyCode, total: tax.total, tax };
}
