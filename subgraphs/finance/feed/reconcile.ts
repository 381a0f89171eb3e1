import type { DocumentReceipt } from '../../../connectors/documents.ts';
import { reconcilersOfDocuments, theirsOf } from '../../../connectors/reconcile-documents.ts';
import { isUuid } from '../../../platform/ids.ts';
import type { OurDocument, Reconciler, TheirDocument } from '../../../platform/reconciliation/reconciler.ts';
import {
  type ReconciliationTimes,
  SETTLING_MS,
  settledBefore,
} from '../../../platform/reconciliation/reconciliation-times.ts';
import { documentId } from '../domain/document-id.ts';
import { stateOf } from '../domain/payment.ts';
import type { PaymentRecord } from '../domain/payment-record.ts';
import type { Room } from '../room.ts';
import type { JournalEntryRecord, MirroredRecord } from '../store/documents.ts';
import { SETTLED_STATES } from '../store/payments.ts';
import type { RefundRecord } from '../store/refunds.ts';

/**
 * Compares our journal entries with the ERP's ledger, our copies of its invoices and credit memos with them, and our payments and refunds with what the payment provider holds, took and gave
 * back.
 */
export function createReconcilers(room: Room, times: ReconciliationTimes): readonly Reconciler[] {
  const { finance, erp, payments: provider, clock } = room;
  const { payments, refunds, documents } = finance;
  const before = () => settledBefore(clock.now(), times);
  const common = { times, source: '/subgraphs/finance', ownerTeam: 'finance' };
  const idsOf = (compared: readonly OurDocument[]) => compared.map(({ id }) => id);

  return [
    ...reconcilersOfDocuments(room, {
      ...common,
      connector: erp,
      kind: 'journalEntry',
      theirs: withState,
      // Their references are the askers' own, of any form. What nobody gave a reference was not handed in by us.
      isOurs: (reference) => reference !== '',
      byReferences: async (references) =>
        (await documents.entriesByReference(references)).map((entry) => ourEntry(entry, before())),
      unreconciled: async (limit) =>
        (await documents.entriesWithErp.unreconciled(before(), limit)).map((entry) =>
          ourEntry(entry, before()),
        ),
      reconciled: (compared) => documents.entriesWithErp.setAgreed(idsOf(compared), true),
      disagreed: (compared) => documents.entriesWithErp.setAgreed(idsOf(compared), false),
    }),
    ...(['INVOICE', 'CREDIT_NOTE'] as const).flatMap((type) =>
      reconcilersOfDocuments(room, {
        ...common,
        connector: erp,
        kind: type === 'INVOICE' ? 'invoice' : 'creditNote',
        theirs: withState,
        // What it did to one may be told to us this moment.
        lastsMs: times.settlingMs ?? SETTLING_MS,
        // The ERP tells of all it makes; of what it made just now we may not have heard yet.
        isOurs: (_number, { acceptedAt }) => acceptedAt !== null && acceptedAt < before(),
        byReferences: async (numbers) =>
          (await documents.byIds(numbers.map((number) => documentId(type, number)))).flatMap((document) =>
            document.type === 'JOURNAL_ENTRY' ? [] : [ourCopy(document, before())],
          ),
        unreconciled: async (limit) =>
          (await documents.mirroredWithErp[type].unreconciled(before(), limit)).map((document) =>
            ourCopy(document, before()),
          ),
        reconciled: (compared) => documents.mirroredWithErp[type].setAgreed(idsOf(compared), true),
        disagreed: (compared) => documents.mirroredWithErp[type].setAgreed(idsOf(compared), false),
      }),
    ),
    ...reconcilersOfDocuments(room, {
      ...common,
      connector: provider,
      kind: 'paymentAuthorization',
      // By our ids; who works in the provider's own pages names things otherwise.
      isOurs: isUuid,
      theirs: theirPayment,
      byReferences: async (ids) =>
        [...(await payments.byIds(ids)).values()].map((payment) => ourPayment(payment, before())),
      unreconciled: async (limit) =>
        (await payments.withProvider.unreconciled(before(), limit)).map((payment) =>
          ourPayment(payment, before()),
        ),
      reconciled: (compared) => payments.withProvider.setAgreed(idsOf(compared), true),
      disagreed: (compared) => payments.withProvider.setAgreed(idsOf(compared), false),
    }),
    ...reconcilersOfDocuments(room, {
      ...common,
      connector: provider,
      kind: 'paymentRefund',
      exceptionKind: 'REFUND_AWAITING_RECONCILIATION',
      isOurs: isUuid,
      theirs: withState,
      byReferences: async (ids) => (await refunds.byIds(ids)).map((refund) => ourRefund(refund, before())),
      unreconciled: async (limit) =>
        (await refunds.withProvider.unreconciled(before(), limit)).map((refund) =>
          ourRefund(refund, before()),
        ),
      reconciled: (compared) => refunds.withProvider.setAgreed(idsOf(compared), true),
      disagreed: (compared) => refunds.withProvider.setAgreed(idsOf(compared), false),
    }),
  ];
}

function ourEntry(entry: JournalEntryRecord, before: Date): OurDocument {
  const { total, state, settledAt } = entry;
  return {
    id: entry._id,
    reference: entry.reference,
    figures: {
      // Until the ERP has given one it is the asker's reference.
      number: state === 'POSTED' ? entry.number : null,
      currencyCode: total.currencyCode,
      total: total.amount,
      canceled: null,
      state,
    },
    // One that was refused is not in the ledger; should it be all the same, that is worth a look.
    settled: state !== 'DRAFT' && settledAt !== null && settledAt < before,
  };
}

/** What we mirror of an invoice or credit memo that the ERP made. */
function ourCopy({ _id, number, total, state, changedAt }: MirroredRecord, before: Date): OurDocument {
  const { amount, currencyCode } = total;
  return {
    id: _id,
    reference: number,
    figures: { number, currencyCode, total: amount, canceled: null, state },
    settled: changedAt < before,
  };
}

function ourPayment(payment: PaymentRecord, before: Date): OurDocument {
  const { currencyCode, authorized, captured, refunded, pspReference, updatedAt } = payment;
  const state = stateOf(payment);
  const isStanding = SETTLED_STATES.includes(state) && payment.pending.length === 0;
  return {
    id: payment._id,
    reference: payment._id,
    figures: {
      number: pspReference,
      currencyCode,
      // Of a payment that failed we hold nothing, and so should the provider: its state says it all.
      total: isStanding ? authorized : null,
      canceled: null,
      state,
      captured,
      refunded,
    },
    settled: updatedAt < before && (isStanding || state === 'FAILED'),
  };
}

function theirPayment(receipt: DocumentReceipt): TheirDocument {
  const { captured = null, refunded = null } = receipt;
  return { ...withState(receipt), captured, refunded };
}

/** The ERP's and the provider's states of these documents are called as ours are. */
function withState(receipt: DocumentReceipt): TheirDocument {
  return { ...theirsOf(receipt), canceled: null, state: receipt.state };
}

function ourRefund(refund: RefundRecord, before: Date): OurDocument {
  const { amount, currencyCode } = refund.amount;
  return {
    id: refund._id,
    reference: refund._id,
    figures: { number: null, currencyCode, total: amount, canceled: null, state: refund.state },
    settled: refund.updatedAt < before && (refund.state === 'SUCCEEDED' || refund.state === 'FAILED'),
  };
}
