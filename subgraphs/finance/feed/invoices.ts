import type { FinancialDocumentRecord } from '../../../connectors/canonical/financial-document.ts';
import { polledFeed } from '../../../connectors/polled-feed.ts';
import type { GoodChange } from '../../../platform/feed/feed.ts';
import { createPoller, type Poller } from '../../../platform/feed/poller.ts';
import { money } from '../../../platform/money.ts';
import { documentId } from '../domain/document-id.ts';
import type { Room } from '../room.ts';
import type { MirroredRecord } from '../store/documents.ts';

/** Follows the invoices and credit notes the ERP makes. The ERP owns number and state; they are mirrored by number. */
export function createInvoiceFeed(room: Room): Poller {
  const { erp } = room;
  return createPoller<FinancialDocumentRecord>({
    name: 'finance/erp/invoices',
    ...polledFeed(erp, 'invoices', room.integration),
    clock: room.clock,
    logger: room.logger,
    async apply(changes) {
      await room.finance.documents.mirror(changes.map(recordOf));
      return [];
    },
  });
}

function recordOf({ record, occurredAt }: GoodChange<FinancialDocumentRecord>): MirroredRecord {
  const head = {
    _id: documentId(record.type, record.number),
    number: record.number,
    state: record.state,
    total: money(record.total, record.currencyCode),
    orderNumber: record.orderReference ?? null,
    rmaNumber: record.returnReference ?? null,
    changedAt: new Date(occurredAt),
  };
  return record.type === 'INVOICE'
    ? { ...head, type: 'INVOICE', dueOn: record.dueOn ?? null }
    : { ...head, type: 'CREDIT_NOTE', correctsNumber: record.correctsNumber ?? null };
}
