import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { Money } from '../../../platform/money.ts';
import { entryId } from '../domain/document-id.ts';
import { AGREED_FIELD, type Agreement, agreementOf, NOT_AGREED } from './agreement.ts';

export type DocumentState = 'DRAFT' | 'POSTED' | 'PAID' | 'VOID' | 'REJECTED';

interface DocumentHead {
  readonly _id: string;
  readonly number: string;
  readonly state: DocumentState;
  readonly total: Money;
  /** Of the order it belongs to: the ERP refers to orders by our order number. */
  readonly orderNumber: string | null;
  readonly rmaNumber: string | null;
}

export interface InvoiceRecord extends DocumentHead {
  readonly type: 'INVOICE';
  readonly dueOn: string | null;
  /** When the ERP wrote what we know; an older change that comes late does not undo a newer one. */
  readonly changedAt: Date;
}

export interface CreditMemoRecord extends DocumentHead {
  readonly type: 'CREDIT_NOTE';
  /** The ERP's number of the invoice it corrects. */
  readonly correctsNumber: string | null;
  readonly changedAt: Date;
}

export interface JournalLineRecord {
  readonly account: string;
  readonly debit: Money | null;
  readonly credit: Money | null;
  readonly costCenter: string | null;
  readonly locationCode: string | null;
}

export interface JournalEntryRecord extends DocumentHead {
  readonly type: 'JOURNAL_ENTRY';
  /** The caller's own, unique among journal entries. */
  readonly reference: string;
  readonly postedOn: string;
  readonly memo: string;
  readonly lines: readonly JournalLineRecord[];
  /** When the ERP took or refused it; null until then. */
  readonly settledAt: Date | null;
}

export type MirroredRecord = InvoiceRecord | CreditMemoRecord;
export type DocumentRecord = MirroredRecord | JournalEntryRecord;

export interface Documents {
  readonly model: Model<DocumentRecord>;
  /** Writes what the ERP says of its documents, unless a later word of it is known already. */
  mirror(records: readonly MirroredRecord[]): Promise<void>;
  insertEntry(session: ClientSession, entry: JournalEntryRecord): Promise<void>;
  entry(id: string, session?: ClientSession): Promise<JournalEntryRecord | null>;
  settleEntry(
    session: ClientSession,
    id: string,
    to: { state: DocumentState; number?: string; settledAt: Date },
  ): Promise<void>;
  entriesByReference(references: readonly string[]): Promise<JournalEntryRecord[]>;
  byIds(ids: readonly string[]): Promise<DocumentRecord[]>;
  /** Of invoices and of credit memos with the ERP, on what it made. */
  readonly mirroredWithErp: Readonly<Record<MirroredRecord['type'], Agreement<MirroredRecord>>>;
  /** Of journal entries with the ERP, on what is in the general ledger. */
  readonly entriesWithErp: Agreement<JournalEntryRecord>;
}

export function createDocuments(connection: Connection): Documents {
  const model: Model<DocumentRecord> =
    connection.models['Document'] ?? connection.model<DocumentRecord>('Document', documentSchema());
  // The type says which member of the union it is.
  const entries = model as unknown as Model<JournalEntryRecord>;
  const mirrored = model as unknown as Model<MirroredRecord>;
  return {
    model,
    mirroredWithErp: {
      INVOICE: agreementOf(mirrored, { type: 'INVOICE' }, 'changedAt'),
      CREDIT_NOTE: agreementOf(mirrored, { type: 'CREDIT_NOTE' }, 'changedAt'),
    },
    byIds: (ids) => model.find({ _id: { $in: [...ids] } }).lean<DocumentRecord[]>(),
    entriesWithErp: agreementOf(entries, { type: 'JOURNAL_ENTRY', state: 'POSTED' }, 'settledAt'),
    entriesByReference: (references) =>
      entries
        .find({ _id: { $in: references.map((reference) => entryId(reference)) }, type: 'JOURNAL_ENTRY' })
        .lean<JournalEntryRecord[]>(),
    async mirror(records) {
      await model.bulkWrite(
        records.flatMap(({ _id, ...fields }) => [
          { updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true } },
          {
            updateOne: {
              filter: { _id, changedAt: { $lte: fields.changedAt } },
              update: { $set: { ...fields, ...NOT_AGREED } },
            },
          },
        ]),
      );
    },
    async insertEntry(session, entry) {
      await model.create([entry], { session });
    },
    entry: (id, session) =>
      model
        .findOne({ _id: id, type: 'JOURNAL_ENTRY' })
        .session(session ?? null)
        .lean<JournalEntryRecord>(),
    async settleEntry(session, id, to) {
      await model.updateOne({ _id: id }, { $set: { ...to, ...NOT_AGREED } }, { session });
    },
  };
}

function documentSchema(): Schema<DocumentRecord> {
  const money = new Schema({ amount: String, currencyCode: String }, { _id: false });
  const line = new Schema(
    {
      account: String,
      debit: { type: money, default: null },
      credit: { type: money, default: null },
      costCenter: { type: String, default: null },
      locationCode: { type: String, default: null },
    },
    { _id: false },
  );
  const schema = new Schema<DocumentRecord>(
    {
      _id: String,
      type: { type: String },
      number: String,
      state: String,
      total: money,
      orderNumber: String,
      rmaNumber: String,
      dueOn: String,
      changedAt: Date,
      correctsNumber: String,
      reference: String,
      postedOn: String,
      memo: String,
      settledAt: Date,
      ...AGREED_FIELD,
      lines: { type: [line], default: undefined },
    },
    { versionKey: false, collection: 'documents', minimize: false },
  );
  schema.index({ orderNumber: 1, type: 1 });
  schema.index({ rmaNumber: 1, type: 1 });
  schema.index({ type: 1, agreed: 1, settledAt: 1 });
  schema.index({ type: 1, agreed: 1, changedAt: 1 });
  return schema;
}
