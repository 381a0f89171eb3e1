import { GraphError } from '../../../platform/errors.ts';
import { hasScope } from '../../../platform/identity/identity.ts';
import { documentId } from '../domain/document-id.ts';
import type {
  CreditMemoResolvers,
  FinancialDocumentResolvers,
  InvoiceResolvers,
  JournalEntryResolvers,
  QueryResolvers,
} from '../generated.ts';
import type { DocumentRecord } from '../store/documents.ts';
import { copyOf } from './payment.ts';

const TYPE_NAMES = { INVOICE: 'Invoice', CREDIT_NOTE: 'CreditMemo', JOURNAL_ENTRY: 'JournalEntry' } as const;

export const FinancialDocument: FinancialDocumentResolvers = {
  __resolveType: ({ type }) => TYPE_NAMES[type],
  __resolveReference: async ({ id }, { loaders }) => copyOf(await loaders.documentById.load(id)),
};

export const Invoice: InvoiceResolvers = {
  __resolveReference: async ({ id }, { loaders }) => ofType(await loaders.documentById.load(id), 'INVOICE'),
  id: ({ _id }) => _id,
};

export const CreditMemo: CreditMemoResolvers = {
  __resolveReference: async ({ id }, { loaders }) =>
    ofType(await loaders.documentById.load(id), 'CREDIT_NOTE'),
  id: ({ _id }) => _id,
  invoice: async ({ correctsNumber }, _args, { loaders }) =>
    correctsNumber === null
      ? null
      : ofType(await loaders.documentById.load(documentId('INVOICE', correctsNumber)), 'INVOICE'),
};

export const JournalEntry: JournalEntryResolvers = {
  __resolveReference: async ({ id }, { loaders }) =>
    ofType(await loaders.documentById.load(id), 'JOURNAL_ENTRY'),
  id: ({ _id }) => _id,
  lines: ({ lines }) => [...lines],
};

export const invoice: NonNullable<QueryResolvers['invoice']> = async (
  _parent,
  { id },
  { caller, loaders },
) => {
  if (!hasScope(caller.identity, 'finance:read'))
    throw new GraphError('FORBIDDEN', 'reading invoices by id needs the scope finance:read');
  return ofType(await loaders.documentById.load(id), 'INVOICE');
};

function ofType<T extends DocumentRecord['type']>(
  record: DocumentRecord | null,
  type: T,
): Extract<DocumentRecord, { type: T }> | null {
  if (record === null || record.type !== type) return null;
  // The type field tells the members of the union apart.
  return { ...record } as Extract<DocumentRecord, { type: T }>;
}
