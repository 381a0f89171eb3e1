import type { FeedName } from '../../feeds.ts';
import { type Answer, notFound, ok } from './answer.ts';
import type { ChangeLog } from './change-log.ts';
import type { DocumentBook } from './document-book.ts';
import { lookUpDocuments } from './document-lookup.ts';
import type { FaultMode } from './fault-switch.ts';
import type { SandboxRequest } from './http-listener.ts';
import type { Warehouse } from './warehouse.ts';

export interface WmsFace {
  book: DocumentBook;
  log: ChangeLog;
  warehouse: Warehouse;
}

export const WMS_FEEDS: readonly FeedName[] = ['shipments'];

/** Everything under `/wms`. */
export async function answerWms(face: WmsFace, request: SandboxRequest, fault: FaultMode): Promise<Answer> {
  const { method, path, query, body } = request;
  const [, , resource = '', detail = '', action = ''] = path.split('/').map(decodeURIComponent);
  if (method === 'POST' && resource === 'fulfillment-requests') {
    if (detail === '') return face.warehouse.createRequest(body);
    if (action === 'cancellation') return face.warehouse.cancelRequest(detail, body);
    if (action === 'shipment') return face.warehouse.shipRequest(detail, body);
  }
  if (method === 'GET') {
    if (resource === 'status') return ok({ status: 'ok' });
    if (resource === 'changes' && detail === 'shipments') return face.log.answer('shipments', query, fault);
    if (resource === 'documents') return lookUpDocuments(face.book, { system: 'wms', kind: detail }, query);
  }
  return notFound('NO_SUCH_ADDRESS', `no ${method} ${path}`);
}
