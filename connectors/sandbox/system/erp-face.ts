import { type Answer, badRequest, notFound, ok } from './answer.ts';
import type { ChangeLog } from './change-log.ts';
import type { DocumentBook } from './document-book.ts';
import { lookUpDocuments } from './document-lookup.ts';
import type { ErpDocuments } from './erp-documents.ts';
import type { FaultMode } from './fault-switch.ts';
import type { SandboxRequest } from './http-listener.ts';
import type { ErpFeed, MasterData } from './master-data.ts';
import { wholeNumber } from './page-query.ts';
import type { Storage } from './storage.ts';

export interface ErpFace {
  storage: Storage;
  log: ChangeLog;
  book: DocumentBook;
  master: MasterData;
  documents: ErpDocuments;
}

/** The names the ERP itself uses for its feeds. */
const FEED_PATHS: Readonly<Record<string, ErpFeed>> = {
  items: 'items',
  prices: 'prices',
  locations: 'locations',
  channels: 'channels',
  customers: 'customers',
  'stock-movements': 'stockMovements',
  'expected-supplies': 'expectedSupplies',
  'location-signals': 'locationSignals',
  invoices: 'invoices',
};
export const ERP_FEEDS: readonly ErpFeed[] = Object.values(FEED_PATHS);

/** Everything under `/erp`. */
export async function answerErp(face: ErpFace, request: SandboxRequest, fault: FaultMode): Promise<Answer> {
  const { method, path, query, body } = request;
  const [, , resource = '', detail = '', action = ''] = path.split('/').map(decodeURIComponent);
  if (method === 'POST') {
    if (resource.endsWith(':bulk')) {
      const feed = FEED_PATHS[resource.slice(0, -':bulk'.length)];
      return feed === undefined ? notFound('NO_SUCH_ADDRESS', `no ${path}`) : face.master.upsert(feed, body);
    }
    if (resource === 'sales-orders' && action === 'cancellation') {
      return face.documents.cancelSalesOrder(detail, body);
    }
    if (resource === 'sales-orders' && detail === '') return face.documents.createSalesOrder(body);
    if (resource === 'sales-returns' && detail === '') return face.documents.createSalesReturn(body);
    if (resource === 'journal-entries' && detail === '') return face.documents.createJournalEntry(body);
  }
  if (method === 'GET') {
    if (resource === 'status') return ok({ status: 'ok' });
    if (resource === 'changes') {
      const feed = FEED_PATHS[detail];
      return feed === undefined
        ? notFound('NO_SUCH_ADDRESS', `no feed ${detail}`)
        : face.log.answer(feed, query, fault);
    }
    if (resource === 'documents') return lookUpDocuments(face.book, { system: 'erp', kind: detail }, query);
    if (resource === 'stock') return stock(face.storage, request);
  }
  return notFound('NO_SUCH_ADDRESS', `no ${method} ${path}`);
}

/** The ERP's own stock book of one location, by SKU, so that others can be compared with it. */
function stock(storage: Storage, request: SandboxRequest): Answer {
  const location = request.query.get('locationCode');
  const limit = wholeNumber(request.query.get('limit') ?? '1000', 1_000);
  if (location === null || limit === null || limit === 0) {
    return badRequest('INVALID_PAGE', 'locationCode is needed, limit between 1 and 1000');
  }
  const start: [string, string] = [location, request.query.get('after') ?? ''];
  // U+FFFF sorts behind every SKU.
  const end: [string, string] = [location, '\uffff'];
  const rows = [...storage.stock.getRange({ start, end, exclusiveStart: true, limit })];
  return ok({
    levels: rows.map(({ key: [locationCode, sku], value }) => ({ locationCode, sku, onHand: value })),
  });
}
