import { reconcilersOfDocuments } from '../../../connectors/reconcile-documents.ts';
import type { OurDocument, Reconciler } from '../../../platform/reconciliation/reconciler.ts';
import {
  type ReconciliationTimes,
  settledBefore,
} from '../../../platform/reconciliation/reconciliation-times.ts';
import type { ErpSync } from '../domain/erp-sync.ts';
import type { Order } from '../domain/order.ts';
import { isOrderNumber } from '../domain/order-number.ts';
import type { Return } from '../domain/return.ts';
import { refundableTotal } from '../domain/return-amount.ts';
import { isRmaNumber } from '../domain/rma-number.ts';
import type { Room } from '../room.ts';
import { createWarehouseReconcilers } from './reconcile-warehouse.ts';

/** Compares our orders and returns with the ERP's, where both agree the document is reconciled; and our work with the warehouse's. */
export function createReconcilers(room: Room, times: ReconciliationTimes): readonly Reconciler[] {
  const { orders, returns, clock } = room;
  const before = () => settledBefore(clock.now(), times);

  const orderDocument = (order: Order): OurDocument => ({
    id: order._id,
    reference: order.number,
    figures: {
      number: order.erpSync.externalId,
      currencyCode: order.currencyCode,
      total: order.subtotal,
      canceled: order.status === 'CANCELED',
    },
    settled: isSettled(order, before()),
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
    settled: isSettled(goods, before()),
  });

  const withErp = { connector: room.erp, times, source: '/subgraphs/order', ownerTeam: 'order operations' };
  return [
    ...reconcilersOfDocuments(room, {
      ...withErp,
      kind: 'salesOrder',
      isOurs: isOrderNumber,
      byReferences: async (numbers) => (await orders.byNumbers(numbers)).map(orderDocument),
      unreconciled: async (limit) => (await orders.unreconciled(before(), limit)).map(orderDocument),
      reconciled: (documents) => orders.setReconciled(documents.map(({ id }) => id)),
      disagreed: (documents) => orders.setUnreconciled(documents.map(({ id }) => id)),
    }),
    ...reconcilersOfDocuments(room, {
      ...withErp,
      kind: 'salesReturn',
      isOurs: isRmaNumber,
      byReferences: async (numbers) => (await returns.byRmaNumbers(numbers)).map(returnDocument),
      unreconciled: async (limit) => (await returns.unreconciled(before(), limit)).map(returnDocument),
      reconciled: (documents) => returns.setReconciled(documents.map(({ id }) => id)),
      disagreed: (documents) => returns.setUnreconciled(documents.map(({ id }) => id)),
    }),
    ...(room.warehouse === null ? [] : createWarehouseReconcilers(room, room.warehouse, times)),
  ];
}

function isSettled(document: { readonly erpSync: ErpSync; readonly updatedAt: Date }, before: Date): boolean {
  const { state, acknowledgedAt } = document.erpSync;
  if (state !== 'ACKNOWLEDGED' && state !== 'RECONCILED') return false;
  return document.updatedAt < before && (acknowledgedAt === null || acknowledgedAt < before);
}
