import { money } from '../../../platform/money.ts';
import type { PaymentRecord } from '../domain/payment-record.ts';
import type { PaymentResolvers, RefundResolvers } from '../generated.ts';

export const Payment: PaymentResolvers = {
  __resolveReference: async ({ id }, { loaders }) => copyOf(await loaders.paymentById.load(id)),
  id: ({ _id }) => _id,
  tender: ({ tenderType }) => ({ type: tenderType }),
  authorized: (payment) => inCurrencyOf(payment, payment.authorized),
  captured: (payment) => inCurrencyOf(payment, payment.captured),
  refunded: (payment) => inCurrencyOf(payment, payment.refunded),
  events: (payment) =>
    payment.events.map((event) => ({ ...event, amount: inCurrencyOf(payment, event.amount) })),
};

export const Refund: RefundResolvers = {
  __resolveReference: async ({ id }, { loaders }) => copyOf(await loaders.refundById.load(id)),
  id: ({ _id }) => _id,
  lines: ({ lines }) => [...lines],
  async payment({ paymentId }, _args, { loaders }) {
    const payment = await loaders.paymentById.load(paymentId);
    if (payment === null) throw new Error(`payment ${paymentId} of a refund is gone`);
    return payment;
  },
  async creditMemo({ returnId }, _args, { loaders }) {
    const rmaNumber = returnId === null ? null : await loaders.rmaNumberByReturn.load(returnId);
    if (rmaNumber === null) return null;
    const memo = (await loaders.documentsByRmaNumber.load(rmaNumber)).find(
      ({ type }) => type === 'CREDIT_NOTE',
    );
    return memo?.type === 'CREDIT_NOTE' ? memo : null;
  },
};

/** Federation writes a type name on what a reference gives; what a loader keeps for others must stay as it is. */
export function copyOf<T extends object>(record: T | null): T | null {
  return record === null ? null : { ...record };
}

function inCurrencyOf(payment: PaymentRecord, amount: string) {
  return money(amount, payment.currencyCode);
}
