import type { Topic } from '../../../platform/graphql/topic.ts';
import type { PaymentRecord } from '../domain/payment-record.ts';
import type { Resolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { authorizePayment } from './authorize-payment.ts';
import { CreditMemo, FinancialDocument, Invoice, invoice, JournalEntry } from './documents.ts';
import { Order, Return } from './order.ts';
import { closeOrderAccount, openOrderAccount } from './order-account.ts';
import { Payment, Refund } from './payment.ts';
import { capturePayment, voidPayment } from './payment-actions.ts';
import { paymentUpdated } from './payment-updated.ts';
import { recordJournalEntry } from './record-journal-entry.ts';
import { refund, requestRefund } from './request-refund.ts';

/** Every door of the room. */
export function createResolvers(room: Room, topic: Topic<PaymentRecord>): Resolvers {
  return {
    Query: { invoice, refund },
    Mutation: {
      authorizePayment: authorizePayment(room),
      capturePayment: capturePayment(room),
      voidPayment: voidPayment(room),
      requestRefund: requestRefund(room),
      recordJournalEntry: recordJournalEntry(room),
      openOrderAccount: openOrderAccount(room),
      closeOrderAccount: closeOrderAccount(room),
    },
    Subscription: { paymentUpdated: paymentUpdated(topic, room.clock) },
    Order,
    Return,
    Payment,
    Refund,
    FinancialDocument,
    Invoice,
    CreditMemo,
    JournalEntry,
    UserError: { __resolveType: () => 'FinanceUserError' },
  };
}
