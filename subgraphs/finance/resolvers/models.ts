import type { UserErrorValue } from '../../../platform/errors.ts';
import type { Money as MoneyValue } from '../../../platform/money.ts';
import type { PaymentRecord } from '../domain/payment-record.ts';
import type {
  CreditMemoRecord,
  DocumentRecord,
  InvoiceRecord,
  JournalEntryRecord,
} from '../store/documents.ts';
import type { RefundRecord } from '../store/refunds.ts';

export type Payment = PaymentRecord;
export type Refund = RefundRecord;
export type Invoice = InvoiceRecord;
export type CreditMemo = CreditMemoRecord;
export type JournalEntry = JournalEntryRecord;
export type FinancialDocument = DocumentRecord;
/** An order as the gateway hands it over: `subtotal` only where a field requires it. */
export type Order = { readonly id: string; readonly subtotal?: MoneyValue };
/** A return as the gateway hands it over: `rmaNumber` only where a field requires it. */
export type Return = { readonly id: string; readonly rmaNumber?: string };
export type FinanceUserError = UserErrorValue;
