import type { Clock } from '../../../platform/clock.ts';
import { decimal, zero } from '../../../platform/money.ts';
import type { FinancialDocumentRecord } from '../../canonical/financial-document.ts';
import { type JournalEntryRecord, journalEntrySchema } from '../../canonical/journal-entry.ts';
import {
  type SalesOrder,
  type SalesOrderCancellation,
  type SalesReturn,
  salesOrderCancellationSchema,
  salesOrderSchema,
  salesReturnSchema,
} from '../../canonical/sales-order.ts';
import { type Answer, created, notFound, refusalOf, unprocessable } from './answer.ts';
import type { DocumentBook, StoredDocument } from './document-book.ts';
import { keyOf, type MasterData } from './master-data.ts';
import { baseQuantity, refuseJournalEntry, refuseSalesOrder, refuseSalesReturn } from './sales-rules.ts';
import { referenceTaken } from './same-document.ts';
import type { Storage } from './storage.ts';

/**
 * The ERP's own rules for documents. Every kind is unique by our reference: a second create answers 409 with the document that
 * is there. Orders are invoiced at once; cancellations and returns make a credit note; all three move the ERP's stock book.
 */
export interface ErpDocuments {
  createSalesOrder(body: unknown): Promise<Answer>;
  cancelSalesOrder(number: string, body: unknown): Promise<Answer>;
  createSalesReturn(body: unknown): Promise<Answer>;
  createJournalEntry(body: unknown): Promise<Answer>;
}

export interface ErpDocumentsOptions {
  storage: Storage;
  book: DocumentBook;
  master: MasterData;
  clock: Clock;
}

/** Where the ERP books lines that name no location. */
const UNASSIGNED = 'UNASSIGNED';
const PREFIX = {
  salesOrder: 'SO',
  salesOrderCancellation: 'SX',
  salesReturn: 'SR',
  journalEntry: 'JE',
} as const;
type ErpKind = keyof typeof PREFIX;

export function createErpDocuments({ storage, book, master, clock }: ErpDocumentsOptions): ErpDocuments {
  const today = () => clock.now().toISOString().slice(0, 10);
  const numberOf = (prefix: string) => `${prefix}-${100_000 + storage.next(`numbers/${prefix}`)}`;

  /** One document of `kind`, or the answer that it is there already. */
  function add(
    kind: ErpKind,
    document: { reference: string },
    rest: Partial<StoredDocument> = {},
    foundBy: string[] = [],
  ) {
    const number = numberOf(PREFIX[kind]);
    return book.add(
      {
        system: 'erp',
        kind,
        number,
        externalId: number,
        reference: document.reference,
        state: 'POSTED',
        acceptedAt: clock.now().toISOString(),
        related: [],
        document: { ...document },
        ...rest,
      },
      foundBy,
    );
  }

  function existing(kind: ErpKind, document: { reference: string; correlationId: string }): Answer | null {
    const stored = book.findByReference('erp', kind, document.reference);
    return stored === undefined ? null : referenceTaken(stored, document);
  }

  /** Makes the invoice or credit note; it goes to the books and to the change feed. */
  function issue(
    made: Omit<FinancialDocumentRecord, 'number' | 'state' | 'issuedOn' | 'postedAt'>,
    reference: string,
  ) {
    const number = numberOf(made.type === 'INVOICE' ? 'INV' : 'CN');
    const acceptedAt = clock.now().toISOString();
    const record: FinancialDocumentRecord = {
      ...made,
      number,
      state: 'POSTED',
      issuedOn: today(),
      postedAt: acceptedAt,
    };
    const kind = made.type === 'INVOICE' ? 'invoice' : 'creditNote';
    const foundBy = made.orderReference === undefined ? [] : [made.orderReference];
    book.add(
      {
        system: 'erp',
        kind,
        number,
        externalId: number,
        reference,
        state: 'POSTED',
        acceptedAt,
        related: [],
        document: { ...record },
      },
      foundBy,
    );
    master.put('invoices', keyOf([number]), record);
    return { type: made.type, number };
  }

  function moveLines(
    lines: readonly { sku: string; quantity: string; unit: string; at: string | undefined }[],
    sign: '' | '-',
  ) {
    for (const line of lines) {
      if (line.at === undefined) continue;
      master.moveStock(line.sku, line.at, `${sign}${baseQuantity(line, master.known.item(line.sku))}`);
    }
  }

  function returnableOf(order: SalesOrder): Map<string, string> {
    const left = new Map<string, string>();
    const count = (sku: string, units: string) =>
      left.set(
        sku,
        decimal(left.get(sku) ?? '0')
          .plus(decimal(units))
          .toFixed(),
      );
    for (const line of order.lines) count(line.sku, baseQuantity(line, master.known.item(line.sku)));
    const returns = book.list({
      system: 'erp',
      kind: 'salesReturn',
      reference: order.reference,
      after: 0,
      limit: 1_000,
    });
    for (const stored of returns.documents) {
      // Stored by createSalesReturn below, from a parsed body.
      for (const line of (stored.document as unknown as SalesReturn).lines) {
        count(line.sku, `-${baseQuantity(line, master.known.item(line.sku))}`);
      }
    }
    return left;
  }

  function acceptSalesOrder(order: SalesOrder): Answer {
    const refused = refuseSalesOrder(order, master.known);
    if (refused !== null) return unprocessable(refused);
    const tax = order.charges.filter(({ code }) => code === 'TAX');
    const invoice = issue(
      {
        type: 'INVOICE',
        orderReference: order.reference,
        currencyCode: order.currencyCode,
        total: order.total,
        ...(tax.length === 0
          ? {}
          : { taxTotal: tax.reduce((sum, { amount }) => sum.plus(decimal(amount)), zero).toFixed() }),
      },
      order.reference,
    );
    moveLines(
      order.lines.map((line) => ({ ...line, at: line.locationCode ?? UNASSIGNED })),
      '-',
    );
    return created(add('salesOrder', order, { state: 'OPEN', related: [invoice] }));
  }

  function acceptCancellation(number: string, cancellation: SalesOrderCancellation): Answer {
    const stored = book.findByNumber('erp', 'salesOrder', number);
    if (stored === undefined) return notFound('ORDER_NOT_FOUND', `no sales order ${number}`);
    if (stored.reference !== cancellation.orderReference) {
      const message = `${number} is ${stored.reference}, not ${cancellation.orderReference}`;
      return unprocessable({ code: 'ORDER_MISMATCH', message, field: ['orderReference'] });
    }
    if (stored.state === 'CANCELED') {
      const message = `${number} is canceled already`;
      return unprocessable({ code: 'ALREADY_CANCELED', message, field: ['orderReference'] });
    }
    // Stored by acceptSalesOrder, from a parsed body.
    const order = stored.document as unknown as SalesOrder;
    const corrected = stored.related.find(({ type }) => type === 'INVOICE')?.number;
    const note = issue(
      {
        type: 'CREDIT_NOTE',
        orderReference: order.reference,
        correctsNumber: corrected,
        currencyCode: order.currencyCode,
        total: order.total,
      },
      cancellation.reference,
    );
    moveLines(
      order.lines.map((line) => ({ ...line, at: line.locationCode ?? UNASSIGNED })),
      '',
    );
    book.replace({ ...stored, state: 'CANCELED', related: [...stored.related, note] });
    return created(add('salesOrderCancellation', cancellation, { related: [note] }, [order.reference]));
  }

  function acceptSalesReturn(goods: SalesReturn): Answer {
    const stored =
      goods.orderReference === undefined
        ? undefined
        : book.findByReference('erp', 'salesOrder', goods.orderReference);
    if (goods.orderReference !== undefined && stored === undefined) {
      const message = `no sales order with reference ${goods.orderReference}`;
      return unprocessable({ code: 'UNKNOWN_ORDER', message, field: ['orderReference'] });
    }
    // Stored by acceptSalesOrder, from a parsed body.
    const order = stored?.document as unknown as SalesOrder | undefined;
    const refused = refuseSalesReturn(goods, master.known, order === undefined ? null : returnableOf(order));
    if (refused !== null) return unprocessable(refused);
    const note = issue(
      {
        type: 'CREDIT_NOTE',
        orderReference: goods.orderReference,
        returnReference: goods.reference,
        correctsNumber: stored?.related.find(({ type }) => type === 'INVOICE')?.number,
        currencyCode: goods.currencyCode,
        total: goods.total,
      },
      goods.reference,
    );
    moveLines(
      goods.lines.map((line) => ({ ...line, at: line.restockedAt })),
      '',
    );
    const foundBy = goods.orderReference === undefined ? [] : [goods.orderReference];
    return created(add('salesReturn', goods, { related: [note] }, foundBy));
  }

  function acceptJournalEntry(entry: JournalEntryRecord): Answer {
    const refused = refuseJournalEntry(entry);
    if (refused !== null) return unprocessable(refused);
    const debits = entry.lines.reduce((sum, { debit }) => sum.plus(decimal(debit ?? '0')), zero);
    return created(add('journalEntry', entry, { total: debits.toFixed() }));
  }

  return {
    async createSalesOrder(body) {
      const { data, error } = salesOrderSchema.safeParse(body);
      if (error) return unprocessable(refusalOf(error));
      return storage.transact(() => existing('salesOrder', data) ?? acceptSalesOrder(data));
    },
    async cancelSalesOrder(number, body) {
      const { data, error } = salesOrderCancellationSchema.safeParse(body);
      if (error) return unprocessable(refusalOf(error));
      return storage.transact(
        () => existing('salesOrderCancellation', data) ?? acceptCancellation(number, data),
      );
    },
    async createSalesReturn(body) {
      const { data, error } = salesReturnSchema.safeParse(body);
      if (error) return unprocessable(refusalOf(error));
      return storage.transact(() => existing('salesReturn', data) ?? acceptSalesReturn(data));
    },
    async createJournalEntry(body) {
      const { data, error } = journalEntrySchema.safeParse(body);
      if (error) return unprocessable(refusalOf(error));
      return storage.transact(() => existing('journalEntry', data) ?? acceptJournalEntry(data));
    },
  };
}
