import { idFromKey } from '../../../platform/ids.ts';

/** The graph's id of an invoice or credit memo follows from the ERP's number, so nobody needs to look it up. */
export function documentId(type: 'INVOICE' | 'CREDIT_NOTE', number: string): string {
  return idFromKey(type === 'INVOICE' ? 'invoice' : 'credit-memo', number);
}

/** A journal entry's follows from the reference its asker gave it. */
export function entryId(reference: string): string {
  return idFromKey('journal-entry', reference);
}
