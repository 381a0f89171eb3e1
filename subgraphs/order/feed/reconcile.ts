import type { DocumentKind, DocumentReceipt } from '../../../connectors/documents.ts';
import {
  createReconciler,
  type OurDocument,
  type Reconciler,
  type ReconcilerOptions,
  type TheirDocument,
} from '../../../platform/reconciliation/reconciler.ts';
import type { ErpSync } from '../domain/erp-sync.ts';
import type { Order } from '../domain/order.ts';
import { isOrderNumber } from '../domain/order-number.ts';
import type { Return } from '../domain/return.ts';
import { refundableTotal } from '../domain/return-amount.ts';
import { isRmaNumber } from '../domain/rma-number.ts';
import type { Room } from '../room.ts';

export interface ReconciliationTimes {
  /** Between two passes. Default: 15 minutes. */
  readonly everyMs?: number;
  /** How often everything is compared again, not only what is new. Default: a day. */
  readonly fullEveryMs?: number;
  /** A document that was sent or changed more recently is left for a later pass: the ERP may still be booking it. Default: a minute. */
  readonly settlingMs?: number;
}

const SETTLING_MS = 60_000;

/** Compares our orders and returns with the ERP's; where both agree, the document is reconciled. */
export function createReconcilers(room: Room, times: ReconciliationTimes): readonly Reconciler[] {
  const { orders, returns, clock } = room;
  const { settlingMs = SETTLING_MS, ...passes } = times;
  const settledBefore = () => new Date(clock.now().getTime() - settlingMs);

  const orderDocument = (order: Order): OurDocument => ({
    id: order._id,
    reference: order.number,
    figures: {
      number: order.erpSync.externalId,
      currencyCode: order.currencyCode,
      total: order.subtotal,
      canceled: order.status === 'CANCELED',
    },
    settled: isSettled(order, settledBefore()),
  });
  const returnDocument = (goods: Return): OurDocument => ({
    id: goods._id,
    reference: goods.rmaNumber,
    figures: {
      number: goods.erpSync.externalId,
      currencyCode: goods.currencyCode,
      total: refundableTotal(goods).amount,
      canceled: null,
    },
    settled: isSettled(goods, settledBefore()),
  });

  return [
    reconcilerOf(room, 'salesOrder', passes, {
      isOurs: isOrderNumber,
      byReferences: async (numbers) => (await orders.byNumbers(numbers)).map(orderDocument),
      unreconciled: async (limit) => (await orders.unreconciled(settledBefore(), limit)).map(orderDocument),
      reconciled: (documents) => orders.setReconciled(documents.map(({ id }) => id)),
      disagreed: (documents) => orders.setUnreconciled(documents.map(({ id }) => id)),
    }),
    reconcilerOf(room, 'salesReturn', passes, {
      isOurs: isRmaNumber,
      byReferences: async (numbers) => (await returns.byRmaNumbers(numbers)).map(returnDocument),
      unreconciled: async (limit) => (await returns.unreconciled(settledBefore(), limit)).map(returnDocument),
      reconciled: (documents) => returns.setReconciled(documents.map(({ id }) => id)),
      disagreed: (documents) => returns.setUnreconciled(documents.map(({ id }) => id)),
    }),
  ];
}

function reconcilerOf(
  room: Room,
  kind: DocumentKind,
  passes: Pick<ReconciliationTimes, 'everyMs' | 'fullEveryMs'>,
  ours: Pick<ReconcilerOptions, 'isOurs' | 'byReferences' | 'unreconciled' | 'reconciled' | 'disagreed'>,
): Reconciler {
  const { erp, store, clock, newId, logger, integration } = room;
  const { listDocuments } = erp;
  return createReconciler({
    system: erp.system,
    kind,
    store,
    integration,
    newId,
    clock,
    logger,
    source: '/subgraphs/order',
    ownerTeam: 'order operations',
    ...passes,
    ...ours,
    async find(reference, signal) {
      const receipt = await erp.findDocument(kind, reference, { signal });
      return receipt === null ? null : theirs(receipt);
    },
    ...(listDocuments === undefined
      ? {}
      : {
          async list(cursor, options) {
            const page = await listDocuments.call(erp, kind, cursor, options);
            return { ...page, documents: page.documents.map(theirs) };
          },
        }),
  });
}

function theirs({ reference, number, state, total, currencyCode }: DocumentReceipt): TheirDocument {
  return {
    reference,
    number,
    total: total ?? null,
    currencyCode: currencyCode ?? null,
    canceled: state === 'CANCELED',
  };
}

function isSettled(document: { readonly erpSync: ErpSync; readonly updatedAt: Date }, before: Date): boolean {
  const { state, acknowledgedAt } = document.erpSync;
  if (state !== 'ACKNOWLEDGED' && state !== 'RECONCILED') return false;
  return document.updatedAt < before && (acknowledgedAt === null || acknowledgedAt < before);
}
