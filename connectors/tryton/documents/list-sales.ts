import { CONNECTOR_CODES, ConnectorError } from '../../connector-error.ts';
import type { DocumentKind, DocumentPage } from '../../documents.ts';
import type { SaleKind } from '../references.ts';
import type { TrytonCalls } from '../rpc.ts';
import { salesAfter } from './sale.ts';
import { saleReceipts } from './sale-receipt.ts';

/**
 * A page of the orders or returns that came from us, in the order of their ids. One whose sale was made earlier and taken by Tryton later is passed over:
 * whoever compares books reads them from the beginning now and then.
 */
export async function listSales(
  calls: TrytonCalls,
  system: string,
  kind: DocumentKind,
  cursor: string | null,
  limit: number,
): Promise<DocumentPage> {
  if (!isSale(kind)) {
    const message = `cannot list ${kind}`;
    throw new ConnectorError('refused', { system, code: CONNECTOR_CODES.unsupported, message });
  }
  const after = cursor ?? '0';
  if (!/^\d{1,15}$/.test(after)) {
    const message = 'the cursor is none of this list';
    throw new ConnectorError('refused', { system, code: CONNECTOR_CODES.invalidCursor, message });
  }
  const sales = await salesAfter(calls, kind, Number(after), limit + 1);
  const page = sales.slice(0, limit);
  return {
    documents: await saleReceipts(calls, kind, page),
    cursor: String(page.at(-1)?.id ?? after),
    more: sales.length > limit,
  };
}

function isSale(kind: DocumentKind): kind is SaleKind {
  return kind === 'salesOrder' || kind === 'salesReturn';
}
