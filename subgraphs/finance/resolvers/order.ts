import { roundMoney } from '../../../platform/money.ts';
import type { Context } from '../context.ts';
import { balanceOf, paymentStatus } from '../domain/order-account.ts';
import type { OrderResolvers, ReturnResolvers } from '../generated.ts';
import type { CreditMemoRecord, DocumentRecord, InvoiceRecord } from '../store/documents.ts';
import { tax } from './order-tax.ts';

/** The money side of an order; the gateway brings what other subgraphs own. */
export const Order: OrderResolvers = {
  __resolveReference: async (reference) => ({ ...reference }),
  async paymentStatus({ id }, _args, context) {
    const account = await context.loaders.accountByOrder.load(id);
    return account === null ? null : paymentStatus(account.total, await boundPayments(context, id));
  },
  payments: ({ id }, _args, { loaders }) => loaders.paymentsByOrder.load(id),
  invoices: async ({ id }, _args, context) => (await documentsOf(context, id)).filter(isInvoice),
  creditMemos: async ({ id }, _args, context) => (await documentsOf(context, id)).filter(isCreditMemo),
  refunds: ({ id }, _args, { loaders }) => loaders.refundsByOrder.load(id),
  tax,
  // Prices include their tax and shipping is not charged apart yet: an order costs what its lines come to.
  total: ({ subtotal }) => (subtotal === undefined ? null : roundMoney(subtotal)),
  async balance({ id, subtotal }, _args, context) {
    if (subtotal === undefined) return null;
    return balanceOf(roundMoney(subtotal), await boundPayments(context, id));
  },
};

/** The money side of a return. */
export const Return: ReturnResolvers = {
  __resolveReference: async (reference) => ({ ...reference }),
  refunds: ({ id }, _args, { loaders }) => loaders.refundsByReturn.load(id),
  async creditMemos({ rmaNumber }, _args, { loaders }) {
    if (rmaNumber === undefined) return null;
    return (await loaders.documentsByRmaNumber.load(rmaNumber)).filter(isCreditMemo);
  },
};

async function boundPayments({ loaders }: Context, orderId: string) {
  return (await loaders.paymentsByOrder.load(orderId)).filter(({ bound }) => bound);
}

async function documentsOf({ loaders }: Context, orderId: string): Promise<DocumentRecord[]> {
  const account = await loaders.accountByOrder.load(orderId);
  return account === null ? [] : loaders.documentsByOrderNumber.load(account.orderNumber);
}

function isInvoice(document: DocumentRecord): document is InvoiceRecord {
  return document.type === 'INVOICE';
}

function isCreditMemo(document: DocumentRecord): document is CreditMemoRecord {
  return document.type === 'CREDIT_NOTE';
}
