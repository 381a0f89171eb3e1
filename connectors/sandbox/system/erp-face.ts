import type { FeedName } from '../../feeds.ts';
import { type Answer, badRequest, notFound, ok } from './answer.ts';
import type { DocumentBook } from './document-book.ts';
import type { ErpDocuments } from './erp-documents.ts';
import { disturbPage, type FaultMode } from './fault-switch.ts';
import type { SandboxRequest } from './http-listener.ts';
import type { MasterData } from './master-data.ts';
import type { Storage } from './storage.ts';

export interface ErpFace {
  storage: Storage;
  book: DocumentBook;
  master: MasterData;
  documents: ErpDocuments;
}

/** The names the ERP itself uses for its feeds. */
const FEED_PATHS: Readonly<Record<string, FeedName>> = {
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

/** Everything under `/erp`. */
export async function answerErp(face: ErpFace, request: SandboxRequest, fault: FaultMode): Promise<Answer> {
  const { method, path, body } = request;
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
    if (resource === 'changes') return changes(face, detail, request, fault);
    if (resource === 'documents') return lookUp(face.book, detail, request);
    if (resource === 'stock') return stock(face.storage, request);
  }
  return notFound('NO_SUCH_ADDRESS', `no ${method} ${path}`);
}

function changes(face: ErpFace, name: string, request: SandboxRequest, fault: FaultMode): Answer {
  const feed = FEED_PATHS[name];
  if (feed === undefined) return notFound('NO_SUCH_ADDRESS', `no feed ${name}`);
  const after = wholeNumber(request.query.get('after') ?? '0', Number.MAX_SAFE_INTEGER);
  const limit = wholeNumber(request.query.get('limit') ?? '100', 1_000);
  if (after === null || limit === null || limit === 0) {
    return badRequest('INVALID_PAGE', 'after must be a whole number, limit between 1 and 1000');
  }
  const answer = face.master.changes(feed, after, limit);
  if (answer.status !== 200 || (fault !== 'duplicating' && fault !== 'reordering')) return answer;
  // The shape `master.changes` gives.
  const page = answer.body as { changes: unknown[] };
  const before = face.master.changes(feed, Math.max(0, after - 3), Math.min(3, after)).body as typeof page;
  return ok({ ...page, changes: disturbPage(fault, page.changes, after === 0 ? [] : before.changes) });
}

function lookUp(book: DocumentBook, kind: string, request: SandboxRequest): Answer {
  const reference = request.query.get('reference');
  if (reference === null) return listAll(book, kind, request);
  const document = book.findByReference('erp', kind, reference);
  return document === undefined
    ? notFound('DOCUMENT_NOT_FOUND', `no ${kind} with reference ${reference}`)
    : ok(document);
}

/** All documents of a kind, in the order they were made. */
function listAll(book: DocumentBook, kind: string, request: SandboxRequest): Answer {
  const after = wholeNumber(request.query.get('after') ?? '0', Number.MAX_SAFE_INTEGER);
  const limit = wholeNumber(request.query.get('limit') ?? '100', 1_000);
  if (after === null || limit === null || limit === 0) {
    return badRequest('INVALID_PAGE', 'after must be a whole number, limit between 1 and 1000');
  }
  return ok(book.list({ system: 'erp', kind, after, limit }));
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

/** A whole number from 0 to `most`, or null. */
export function wholeNumber(text: string, most: number): number | null {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return value <= most ? value : null;
}
