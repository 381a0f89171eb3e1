import DataLoader from 'dataloader';
import type { Model } from 'mongoose';
import type { OrderAccount } from './domain/order-account.ts';
import type { OrderTax } from './domain/order-tax.ts';
import type { PaymentRecord } from './domain/payment-record.ts';
import type { DocumentRecord } from './store/documents.ts';
import type { FinanceStore } from './store/finance-store.ts';
import type { RefundRecord } from './store/refunds.ts';

/** One question each, asked of the store once for all who ask it in the same moment. New for every request. */
export interface Loaders {
  readonly accountByOrder: DataLoader<string, OrderAccount | null>;
  readonly taxByOrder: DataLoader<string, OrderTax | null>;
  readonly paymentById: DataLoader<string, PaymentRecord | null>;
  readonly paymentsByOrder: DataLoader<string, PaymentRecord[]>;
  readonly refundById: DataLoader<string, RefundRecord | null>;
  readonly refundsByOrder: DataLoader<string, RefundRecord[]>;
  readonly refundsByReturn: DataLoader<string, RefundRecord[]>;
  readonly documentById: DataLoader<string, DocumentRecord | null>;
  readonly documentsByOrderNumber: DataLoader<string, DocumentRecord[]>;
  readonly documentsByRmaNumber: DataLoader<string, DocumentRecord[]>;
  readonly rmaNumberByReturn: DataLoader<string, string | null>;
}

export function createLoaders(finance: FinanceStore): Loaders {
  const { accounts, payments, refunds, documents, returns, orderTaxes } = finance;
  return {
    accountByOrder: one(accounts.model),
    taxByOrder: one(orderTaxes.model),
    paymentById: one(payments.model),
    paymentsByOrder: many(payments.model, 'orderId'),
    refundById: one(refunds.model),
    refundsByOrder: many(refunds.model, 'orderId'),
    refundsByReturn: many(refunds.model, 'returnId'),
    documentById: one(documents.model),
    documentsByOrderNumber: many(documents.model, 'orderNumber'),
    documentsByRmaNumber: many(documents.model, 'rmaNumber'),
    rmaNumberByReturn: new DataLoader(async (ids) => {
      const found = await returns.model.find({ _id: { $in: [...ids] } }).lean();
      const numbers = new Map(found.map(({ _id, rmaNumber }) => [_id, rmaNumber]));
      return ids.map((id) => numbers.get(id) ?? null);
    }),
  };
}

/** The record with this id, or null. */
function one<T extends { readonly _id: string }>(model: Model<T>): DataLoader<string, T | null> {
  return new DataLoader(async (ids) => {
    const found = await model.find({ _id: { $in: [...ids] } }).lean<T[]>();
    const byId = new Map(found.map((record) => [record._id, record]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** The records whose `field` has this value, oldest first: ids sort by the time they were made. */
function many<T extends { readonly _id: string }>(
  model: Model<T>,
  field: keyof T & string,
): DataLoader<string, T[]> {
  return new DataLoader(async (keys) => {
    const found = await model
      .find({ [field]: { $in: [...keys] } } as Record<string, unknown>)
      .sort({ _id: 1 })
      .lean<T[]>();
    const byKey = Map.groupBy(found, (record) => String(record[field]));
    return keys.map((key) => byKey.get(key) ?? []);
  });
}
