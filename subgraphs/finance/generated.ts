import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Payment as PaymentModel, Refund as RefundModel, Invoice as InvoiceModel, CreditMemo as CreditMemoModel, JournalEntry as JournalEntryModel, FinancialDocument as FinancialDocumentModel, Order as OrderModel, Return as ReturnModel, FinanceUserError as FinanceUserErrorModel } from './resolvers/models.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An ISO 3166-1 country, two letters. */
  CountryCode: { input: string; output: string; }
  /** An ISO 4217 currency. */
  CurrencyCode: { input: string; output: string; }
  /** A calendar day, ISO 8601. */
  Date: { input: string; output: string; }
  /** An instant, RFC 3339 with an offset. */
  DateTime: { input: string; output: Date | string; }
  /** An exact decimal number, as text. */
  Decimal: { input: string; output: string; }
  /** A unit of measure, UN/CEFACT Recommendation 20. */
  UnitCode: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** What to hold, and on what. */
export type AuthorizePaymentInput = {
  /** How much to hold: above zero, in units the currency can be paid in. */
  amount: MoneyInput;
  /** Names this intent; send the same key when you repeat the request. */
  idempotencyKey: Scalars['String']['input'];
  /** The order it is meant for, when that is known already. */
  orderId?: InputMaybe<Scalars['ID']['input']>;
  /** The means of payment. Cash, bank transfer and on account need a member of staff. */
  tenderType: TenderType;
  /** What the provider's own form gave in place of a card number; any text for tenders without a provider. */
  token: Scalars['String']['input'];
};

/** An order that did not come about. */
export type CloseOrderAccountInput = {
  /** Names this intent; send the same key when you repeat the request. */
  idempotencyKey: Scalars['String']['input'];
  /** The order. */
  orderId: Scalars['ID']['input'];
};

/** A correction of an invoice in the customer's favour, made by the ERP. */
export type CreditMemo = FinancialDocument & {
  /** The credit memo's identity. */
  id: Scalars['ID']['output'];
  /** The invoice it corrects. */
  invoice?: Maybe<Invoice>;
  /** The ERP's number. */
  number: Scalars['String']['output'];
  /** The number of the order it is for, when it is one of ours. */
  orderNumber?: Maybe<Scalars['String']['output']>;
  /** The RMA number of the return it answers, when it answers one of ours. */
  rmaNumber?: Maybe<Scalars['String']['output']>;
  /** Where the credit memo stands. */
  state: FinancialDocumentState;
  /** What is credited; never negative. */
  total: Money;
};

/** What kept a finance request from being carried out. */
export type FinanceUserError = UserError & {
  /** Stable and upper-case; programs decide by it. */
  code: Scalars['String']['output'];
  /** The path of the input field that caused it, when one did. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** A sentence for a person. */
  message: Scalars['String']['output'];
  /** Whether the same request may succeed later, unchanged. */
  retryable: Scalars['Boolean']['output'];
};

/** A document of the books: an invoice, a credit memo, a journal entry. */
export type FinancialDocument = {
  /** The document's identity. */
  id: Scalars['ID']['output'];
  /** The number people know it by; the ERP's once it has one. */
  number: Scalars['String']['output'];
  /** The number of the order it belongs to, when it belongs to one of ours. */
  orderNumber?: Maybe<Scalars['String']['output']>;
  /** The RMA number of the return it answers, when it answers one of ours. */
  rmaNumber?: Maybe<Scalars['String']['output']>;
  /** Where the document stands. */
  state: FinancialDocumentState;
  /** What it comes to; never negative. */
  total: Money;
};

/** Where a document of the books stands. */
export type FinancialDocumentState =
  /** Not in the books yet. */
  | 'DRAFT'
  /** In the books and settled. */
  | 'PAID'
  /** In the books. */
  | 'POSTED'
  /** The ERP did not take it; the operation waits for a person. */
  | 'REJECTED'
  /** Withdrawn before it was in the books. */
  | 'VOID';

/** A bill for an order, made by the ERP. */
export type Invoice = FinancialDocument & {
  /** By when it is to be paid. */
  dueOn?: Maybe<Scalars['Date']['output']>;
  /** The invoice's identity. */
  id: Scalars['ID']['output'];
  /** The ERP's number. */
  number: Scalars['String']['output'];
  /** The number of the order it is for, when it is one of ours. */
  orderNumber?: Maybe<Scalars['String']['output']>;
  /** Always none; it is the credit memo that answers a return. */
  rmaNumber?: Maybe<Scalars['String']['output']>;
  /** Where the invoice stands. */
  state: FinancialDocumentState;
  /** What is billed. */
  total: Money;
};

/** A posting to the general ledger; its debits equal its credits. */
export type JournalEntry = FinancialDocument & {
  /** The entry's identity. */
  id: Scalars['ID']['output'];
  /** The accounts it moves. */
  lines: Array<JournalLine>;
  /** The ERP's number; the caller's own reference until the ERP has given one. */
  number: Scalars['String']['output'];
  /** Always none; an entry belongs to the ledger. */
  orderNumber?: Maybe<Scalars['String']['output']>;
  /** Always none; an entry belongs to the ledger. */
  rmaNumber?: Maybe<Scalars['String']['output']>;
  /** Where the entry stands. */
  state: FinancialDocumentState;
  /** The sum of its debits. */
  total: Money;
};

/** What became of a journal entry. */
export type JournalEntryPayload = {
  /** The entry as it stands now. */
  entry?: Maybe<JournalEntry>;
  /** Whether this key was used before and nothing new was done. */
  replayed: Scalars['Boolean']['output'];
  /** What kept the request from being carried out; empty when nothing did. */
  userErrors: Array<FinanceUserError>;
};

/** One account's part of a journal entry; either a debit or a credit. */
export type JournalLine = {
  /** The account of the general ledger. */
  account: Scalars['String']['output'];
  /** The cost center, where the account asks for one. */
  costCenter?: Maybe<Scalars['String']['output']>;
  /** The amount the account is credited with. */
  credit?: Maybe<Money>;
  /** The amount the account is debited with. */
  debit?: Maybe<Money>;
  /** The location it concerns. */
  locationCode?: Maybe<Scalars['String']['output']>;
};

/** One account's part of a journal entry: either a debit or a credit, above zero. */
export type JournalLineInput = {
  /** The account of the general ledger. */
  account: Scalars['String']['input'];
  /** The cost center, where the account asks for one. */
  costCenter?: InputMaybe<Scalars['String']['input']>;
  /** The amount to credit the account with. */
  credit?: InputMaybe<MoneyInput>;
  /** The amount to debit the account with. */
  debit?: InputMaybe<MoneyInput>;
  /** The location it concerns. */
  locationCode?: InputMaybe<Scalars['String']['input']>;
};

/** An exact amount of money in one currency. */
export type Money = {
  /** The amount, as an exact decimal. */
  amount: Scalars['Decimal']['output'];
  /** The currency it is in. */
  currencyCode: Scalars['CurrencyCode']['output'];
};

/** An exact amount of money in one currency. */
export type MoneyInput = {
  /** The amount, as an exact decimal. */
  amount: Scalars['Decimal']['input'];
  /** The currency it is in. */
  currencyCode: Scalars['CurrencyCode']['input'];
};

export type Mutation = {
  /** Asks for money to be held on a means of payment. Cash counts as taken at once. */
  authorizePayment: PaymentPayload;
  /** Takes held money, all of what is left or a part. The provider is asked in the background; follow paymentUpdated. */
  capturePayment: PaymentPayload;
  /** Undoes openOrderAccount for an order that did not come about. For the order subgraph. */
  closeOrderAccount: OrderAccountPayload;
  /** Binds payments to an order and checks that they cover it, before the order is confirmed. For the order subgraph. */
  openOrderAccount: OrderAccountPayload;
  /** Posts a balanced entry to the general ledger of the ERP. */
  recordJournalEntry: JournalEntryPayload;
  /** Gives money that was taken for an order back, at most what was taken and not given back yet. */
  requestRefund: RefundPayload;
  /** Lets go of held money of which nothing was taken and which pays for no open order. */
  voidPayment: PaymentPayload;
};


export type MutationAuthorizePaymentArgs = {
  input: AuthorizePaymentInput;
};


export type MutationCapturePaymentArgs = {
  input: PaymentActionInput;
};


export type MutationCloseOrderAccountArgs = {
  input: CloseOrderAccountInput;
};


export type MutationOpenOrderAccountArgs = {
  input: OpenOrderAccountInput;
};


export type MutationRecordJournalEntryArgs = {
  input: RecordJournalEntryInput;
};


export type MutationRequestRefundArgs = {
  input: RequestRefundInput;
};


export type MutationVoidPaymentArgs = {
  input: PaymentActionInput;
};

/** An order about to be confirmed, and what pays for it. */
export type OpenOrderAccountInput = {
  /** The customer the order is for; payments of another customer are refused then. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Names this intent; send the same key when you repeat the request. */
  idempotencyKey: Scalars['String']['input'];
  /** The order. Opening its account again changes nothing. */
  orderId: Scalars['ID']['input'];
  /** The order's number, which the ERP's documents refer to. */
  orderNumber: Scalars['String']['input'];
  /** The payments that cover it; none for a total of zero. */
  paymentIds: Array<Scalars['ID']['input']>;
  /** What is taxed, where that is known. */
  taxable?: InputMaybe<TaxableOrderInput>;
  /** What the order comes to. */
  total: MoneyInput;
};

/** An order, as far as its money goes. */
export type Order = {
  /** What is still to be paid: total less captured plus refunded. Negative when too much was taken. */
  balance?: Maybe<Money>;
  /** The credit memos the ERP made for the order. */
  creditMemos?: Maybe<Array<CreditMemo>>;
  /** The order's identity. */
  id: Scalars['ID']['output'];
  /** The invoices the ERP made for the order. */
  invoices?: Maybe<Array<Invoice>>;
  /** How far the order is paid, over all its payments. */
  paymentStatus?: Maybe<OrderPaymentStatus>;
  /** The payments made for the order, oldest first. */
  payments?: Maybe<Array<Payment>>;
  /** The refunds asked for on the order, oldest first. */
  refunds?: Maybe<Array<Refund>>;
  /** What the order's lines come to; owned by the order subgraph. */
  subtotal: Money;
  /** The tax of the order, as the tax system said when the order was placed. None where no tax system is connected, or while nobody could say. */
  tax?: Maybe<TaxSummary>;
  /** What the order costs in all. */
  total?: Maybe<Money>;
};

/** Whether an order's account was opened or closed. */
export type OrderAccountPayload = {
  /** What kept the request from being carried out; empty when nothing did. */
  userErrors: Array<FinanceUserError>;
};

/** How far an order is paid. */
export type OrderPaymentStatus =
  /** The money is held, none of it is taken yet. */
  | 'AUTHORIZED'
  /** A provider did not answer; nobody knows how one of the payments stands until it has been asked. */
  | 'IN_DOUBT'
  /** More than the total is taken. */
  | 'OVERPAID'
  /** The total is taken. */
  | 'PAID'
  /** A part of the total is taken. */
  | 'PARTIALLY_PAID'
  /** A part of what was taken was given back. */
  | 'PARTIALLY_REFUNDED'
  /** All that was taken was given back. */
  | 'REFUNDED'
  /** Nothing is held or taken. */
  | 'UNPAID'
  /** What was held was let go and nothing was taken. */
  | 'VOIDED';

/** Money from one means of payment: held, taken, given back. */
export type Payment = {
  /** Until when held money can be taken, where the provider sets an end. */
  authorizationExpiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** How much is or was held. */
  authorized: Money;
  /** How much of it was taken. */
  captured: Money;
  /** What happened to the payment, oldest first. */
  events: Array<PaymentEvent>;
  /** The payment's identity; the provider knows the payment by it too. */
  id: Scalars['ID']['output'];
  /** The provider's own id of the payment; none for tenders without a provider. */
  pspReference?: Maybe<Scalars['String']['output']>;
  /** How much of what was taken was given back. */
  refunded: Money;
  /** Where the payment stands. */
  state: PaymentState;
  /** The means of payment. */
  tender: Tender;
};

/** An action on a payment. */
export type PaymentActionInput = {
  /** How much; all that is left when it is left out. A void is always of everything. */
  amount?: InputMaybe<MoneyInput>;
  /** The payment. */
  id: Scalars['ID']['input'];
  /** Names this intent; send the same key when you repeat the request. */
  idempotencyKey: Scalars['String']['input'];
};

/** Something that happened to a payment. */
export type PaymentEvent = {
  /** The amount it was about. */
  amount: Money;
  /** The event's identity. */
  id: Scalars['ID']['output'];
  /** The idempotency key of the request that led to it. */
  idempotencyKey?: Maybe<Scalars['String']['output']>;
  /** When it was recorded. */
  occurredAt: Scalars['DateTime']['output'];
  /** The provider's id of this action, where there is one. */
  pspReference?: Maybe<Scalars['String']['output']>;
  /** What happened: AUTHORIZED, DECLINED, IN_DOUBT, CAPTURED, VOIDED, REFUNDED and so on. */
  type: Scalars['String']['output'];
};

/** What became of a request about a payment. */
export type PaymentPayload = {
  /** The payment as it stands now; also when it was declined or is in doubt. */
  payment?: Maybe<Payment>;
  /** Whether this key was used before and nothing new was done. */
  replayed: Scalars['Boolean']['output'];
  /** What kept the request from being carried out; empty when nothing did. */
  userErrors: Array<FinanceUserError>;
};

/** Where a payment stands. */
export type PaymentState =
  /** The provider no longer holds the money; it was not taken in time. */
  | 'AUTHORIZATION_EXPIRED'
  /** The money is held. */
  | 'AUTHORIZED'
  /** All of the held money was taken. */
  | 'CAPTURED'
  /** Accepted here; the provider has not answered yet. */
  | 'CREATED'
  /** The provider said no, or nothing was held in the end. */
  | 'FAILED'
  /** A call to the provider went out and no answer came; it is being asked. */
  | 'IN_DOUBT'
  /** A part of the held money was taken. */
  | 'PARTIALLY_CAPTURED'
  /** A part of the taken money was given back. */
  | 'PARTIALLY_REFUNDED'
  /** All of the taken money was given back. */
  | 'REFUNDED'
  /** The held money was let go. */
  | 'VOIDED';

/** An exact amount of goods in one unit. */
export type Quantity = {
  /** The unit they are counted in. */
  unit: Scalars['UnitCode']['output'];
  /** How many, as an exact decimal. */
  value: Scalars['Decimal']['output'];
};

/** An exact amount of goods in one unit. */
export type QuantityInput = {
  /** The unit they are counted in. */
  unit: Scalars['UnitCode']['input'];
  /** How many, as an exact decimal. */
  value: Scalars['Decimal']['input'];
};

export type Query = {
  /** An invoice as the ERP has it; null when there is none with this id. */
  invoice?: Maybe<Invoice>;
  /** A refund; null when there is none, or it is not the caller's to see. */
  refund?: Maybe<Refund>;
};


export type QueryInvoiceArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRefundArgs = {
  id: Scalars['ID']['input'];
};

/** An entry for the general ledger. */
export type RecordJournalEntryInput = {
  /** Names this intent; send the same key when you repeat the request. */
  idempotencyKey: Scalars['String']['input'];
  /** The accounts it moves: two to 5,000, one currency, debits equal to credits. */
  lines: Array<JournalLineInput>;
  /** What it is about. */
  memo: Scalars['String']['input'];
  /** The day it belongs to in the books. */
  postedOn: Scalars['Date']['input'];
  /** The entry's own reference, unique among journal entries. */
  reference: Scalars['String']['input'];
};

/** Money given back for an order, to one of its payments. */
export type Refund = {
  /** How much is given back. */
  amount: Money;
  /** The credit memo the ERP made for the refund's return, once it is there. */
  creditMemo?: Maybe<CreditMemo>;
  /** The refund's identity. */
  id: Scalars['ID']['output'];
  /** The key the refund was asked for with; kept as long as the refund itself. */
  idempotencyKey: Scalars['String']['output'];
  /** The order lines it is for; none for a gesture of goodwill. */
  lines: Array<RefundLine>;
  /** The payment it goes back to. */
  payment: Payment;
  /** Where the refund stands. */
  state: RefundState;
};

/** The part of a refund that is for one order line. */
export type RefundLine = {
  /** What is given back for them. */
  amount: Money;
  /** The order line. */
  orderLineId: Scalars['ID']['output'];
  /** How many of it. */
  quantity: Quantity;
};

/** The part of a refund that is for one order line. */
export type RefundLineInput = {
  /** What to give back for them. May be left out of a single line when amountCap is given. */
  amount?: InputMaybe<MoneyInput>;
  /** The order line. */
  orderLineId: Scalars['ID']['input'];
  /** How many of it. */
  quantity: QuantityInput;
};

/** What became of a request for a refund. */
export type RefundPayload = {
  /** The refund as it stands now. */
  refund?: Maybe<Refund>;
  /** Whether this key was used before and nothing new was done. */
  replayed: Scalars['Boolean']['output'];
  /** What kept the request from being carried out; empty when nothing did. */
  userErrors: Array<FinanceUserError>;
};

/** Where a refund stands. */
export type RefundState =
  /** Decided; the provider is not told yet. */
  | 'APPROVED'
  /** The provider said no; the operation waits for a person. */
  | 'FAILED'
  /** The provider did not answer; it is being asked with the same key. */
  | 'IN_DOUBT'
  /** Asked for; not decided. */
  | 'REQUESTED'
  /** On its way to the provider. */
  | 'SUBMITTED'
  /** The money went back. */
  | 'SUCCEEDED';

/** What to give back, and why. */
export type RequestRefundInput = {
  /** At most this much; lines are cut from the last one on when they come to more. */
  amountCap?: InputMaybe<MoneyInput>;
  /** Names this refund for ever; send the same key when you repeat the request. */
  idempotencyKey: Scalars['String']['input'];
  /** The order lines it is for. Without lines, amountCap is what is given back. */
  lines: Array<RefundLineInput>;
  /** The order that was paid. */
  orderId: Scalars['ID']['input'];
  /** The payment to give back to; left out, the first one of the order with enough left. */
  paymentId?: InputMaybe<Scalars['ID']['input']>;
  /** Why, in the retailer's own codes. */
  reasonCode: Scalars['String']['input'];
  /** The return it is for, if it is for one. */
  returnId?: InputMaybe<Scalars['ID']['input']>;
};

/** A return, as far as its money goes. */
export type Return = {
  /** The credit memos the ERP made for this return. */
  creditMemos?: Maybe<Array<CreditMemo>>;
  /** The return's identity. */
  id: Scalars['ID']['output'];
  /** The refunds asked for on this return, oldest first. */
  refunds?: Maybe<Array<Refund>>;
  /** The number the customer writes on the parcel; owned by the order subgraph. */
  rmaNumber: Scalars['String']['output'];
};

export type Subscription = {
  /** The payments of an order: first each as it stands, then each again whenever it changes. */
  paymentUpdated: Payment;
};


export type SubscriptionPaymentUpdatedArgs = {
  orderId: Scalars['ID']['input'];
};

/** The tax of one line. */
export type TaxLine = {
  /** The tax. */
  amount: Money;
  /** Whose tax it is: a country. */
  jurisdiction: Scalars['String']['output'];
  /** The order line. */
  orderLineId?: Maybe<Scalars['ID']['output']>;
  /** The rate: 0.2 is twenty in a hundred. */
  rate: Scalars['Decimal']['output'];
  /** The tax system's name of the rate. */
  taxCode: Scalars['String']['output'];
  /** What the tax is on, without it. */
  taxable: Money;
};

/** What tax is in an order, or comes on top of it. */
export type TaxSummary = {
  /** When it was calculated. */
  calculatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether the tax is owed: the tax system has a document of it that stands. Never before the order is confirmed, and no more once it is canceled. */
  committed: Scalars['Boolean']['output'];
  /** The tax of each line. */
  lines: Array<TaxLine>;
  /** The tax system that says so, by its code. */
  provider: Scalars['String']['output'];
  /** The tax system's id of its quote. None: it did not answer, and this is an estimate by the rates it last applied. */
  quoteId?: Maybe<Scalars['String']['output']>;
  /** How much the total is more, or with a minus less, than the sum of the lines: the tax of an order is rounded once for each rate. */
  roundingAdjustment: Money;
  /** The tax of the whole order. */
  total: Money;
};

/** A line of an order that is taxed. */
export type TaxableLineInput = {
  /** What the line comes to, in the currency of the order. */
  amount: Scalars['Decimal']['input'];
  /** The order line. */
  orderLineId: Scalars['ID']['input'];
  /** The tax category of its article. */
  taxCategoryCode: Scalars['String']['input'];
};

/** What an order is taxed on. */
export type TaxableOrderInput = {
  /** Where it is sold to. */
  country: Scalars['CountryCode']['input'];
  /** The order's lines. */
  lines: Array<TaxableLineInput>;
  /** Whether the lines' amounts contain their tax. */
  pricesIncludeTax: Scalars['Boolean']['input'];
};

/** A means of payment on a transaction. */
export type Tender = {
  /** What kind of means it is. */
  type: TenderType;
};

/** Kinds of means of payment. */
export type TenderType =
  /** A transfer to the retailer's bank account. */
  | 'BANK_TRANSFER'
  /** Instalments paid to a third party, through the payment provider. */
  | 'BUY_NOW_PAY_LATER'
  /** A credit or debit card, through the payment provider. */
  | 'CARD'
  /** Notes and coins at a till. */
  | 'CASH'
  /** A paper check. */
  | 'CHECK'
  /** A gift card's balance. */
  | 'GIFT_CARD'
  /** Points of the loyalty programme. */
  | 'LOYALTY_POINTS'
  /** On invoice: the customer's account is charged. */
  | 'ON_ACCOUNT'
  /** Credit the retailer owes the customer. */
  | 'STORE_CREDIT'
  /** A digital wallet, through the payment provider. */
  | 'WALLET';

/** Why a request was not carried out, in a form a program can act on. */
export type UserError = {
  /** Stable and upper-case; programs decide by it. */
  code: Scalars['String']['output'];
  /** The path of the input field that caused it, when one did. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** A sentence for a person. */
  message: Scalars['String']['output'];
  /** Whether the same request may succeed later, unchanged. */
  retryable: Scalars['Boolean']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  CreditMemo: CreditMemo;
  FinancialDocument: FinancialDocument;
  Invoice: Invoice;
  JournalEntry: JournalEntry;
  Order: Order;
  Payment: Payment;
  Refund: Refund;
  Return: Return;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  CreditMemo:
    ( { __typename: 'CreditMemo' }
    & ( GraphQLRecursivePick<FederationTypes['CreditMemo'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['CreditMemo'], {"id":true,"orderNumber":true,"rmaNumber":true}> ) );
  FinancialDocument:
    ( { __typename: 'FinancialDocument' }
    & ( GraphQLRecursivePick<FederationTypes['FinancialDocument'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['FinancialDocument'], {"id":true,"orderNumber":true,"rmaNumber":true}> ) );
  Invoice:
    ( { __typename: 'Invoice' }
    & ( GraphQLRecursivePick<FederationTypes['Invoice'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Invoice'], {"id":true,"orderNumber":true,"rmaNumber":true}> ) );
  JournalEntry:
    ( { __typename: 'JournalEntry' }
    & ( GraphQLRecursivePick<FederationTypes['JournalEntry'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['JournalEntry'], {"id":true,"orderNumber":true,"rmaNumber":true}> ) );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Order'], {"subtotal":{"amount":true,"currencyCode":true}}>
        | GraphQLRecursivePick<FederationTypes['Order'], {"subtotal":{"amount":true,"currencyCode":true}}>
        | GraphQLRecursivePick<FederationTypes['Order'], {"subtotal":{"amount":true,"currencyCode":true}}> ) );
  Payment:
    ( { __typename: 'Payment' }
    & GraphQLRecursivePick<FederationTypes['Payment'], {"id":true}> );
  Refund:
    ( { __typename: 'Refund' }
    & GraphQLRecursivePick<FederationTypes['Refund'], {"id":true}> );
  Return:
    ( { __typename: 'Return' }
    & GraphQLRecursivePick<FederationTypes['Return'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Return'], {"rmaNumber":true}> ) );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  FinancialDocument:
    | ( CreditMemoModel )
    | ( InvoiceModel )
    | ( JournalEntryModel )
  ;
  UserError: ( FinanceUserErrorModel );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AuthorizePaymentInput: AuthorizePaymentInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CloseOrderAccountInput: CloseOrderAccountInput;
  CountryCode: ResolverTypeWrapper<Scalars['CountryCode']['output']>;
  CreditMemo: ResolverTypeWrapper<CreditMemoModel>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  FinanceUserError: ResolverTypeWrapper<FinanceUserErrorModel>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  FinancialDocument: ResolverTypeWrapper<FinancialDocumentModel>;
  FinancialDocumentState: FinancialDocumentState;
  Invoice: ResolverTypeWrapper<InvoiceModel>;
  JournalEntry: ResolverTypeWrapper<JournalEntryModel>;
  JournalEntryPayload: ResolverTypeWrapper<Omit<JournalEntryPayload, 'entry' | 'userErrors'> & { entry?: Maybe<ResolversTypes['JournalEntry']>, userErrors: Array<ResolversTypes['FinanceUserError']> }>;
  JournalLine: ResolverTypeWrapper<JournalLine>;
  JournalLineInput: JournalLineInput;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OpenOrderAccountInput: OpenOrderAccountInput;
  Order: ResolverTypeWrapper<OrderModel>;
  OrderAccountPayload: ResolverTypeWrapper<Omit<OrderAccountPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['FinanceUserError']> }>;
  OrderPaymentStatus: OrderPaymentStatus;
  Payment: ResolverTypeWrapper<PaymentModel>;
  PaymentActionInput: PaymentActionInput;
  PaymentEvent: ResolverTypeWrapper<PaymentEvent>;
  PaymentPayload: ResolverTypeWrapper<Omit<PaymentPayload, 'payment' | 'userErrors'> & { payment?: Maybe<ResolversTypes['Payment']>, userErrors: Array<ResolversTypes['FinanceUserError']> }>;
  PaymentState: PaymentState;
  Quantity: ResolverTypeWrapper<Quantity>;
  QuantityInput: QuantityInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecordJournalEntryInput: RecordJournalEntryInput;
  Refund: ResolverTypeWrapper<RefundModel>;
  RefundLine: ResolverTypeWrapper<RefundLine>;
  RefundLineInput: RefundLineInput;
  RefundPayload: ResolverTypeWrapper<Omit<RefundPayload, 'refund' | 'userErrors'> & { refund?: Maybe<ResolversTypes['Refund']>, userErrors: Array<ResolversTypes['FinanceUserError']> }>;
  RefundState: RefundState;
  RequestRefundInput: RequestRefundInput;
  Return: ResolverTypeWrapper<ReturnModel>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TaxLine: ResolverTypeWrapper<TaxLine>;
  TaxSummary: ResolverTypeWrapper<TaxSummary>;
  TaxableLineInput: TaxableLineInput;
  TaxableOrderInput: TaxableOrderInput;
  Tender: ResolverTypeWrapper<Tender>;
  TenderType: TenderType;
  UnitCode: ResolverTypeWrapper<Scalars['UnitCode']['output']>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AuthorizePaymentInput: AuthorizePaymentInput;
  ID: Scalars['ID']['output'];
  CloseOrderAccountInput: CloseOrderAccountInput;
  CountryCode: Scalars['CountryCode']['output'];
  CreditMemo: CreditMemoModel;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  FinanceUserError: FinanceUserErrorModel;
  Boolean: Scalars['Boolean']['output'];
  FinancialDocument: FinancialDocumentModel;
  Invoice: InvoiceModel;
  JournalEntry: JournalEntryModel;
  JournalEntryPayload: Omit<JournalEntryPayload, 'entry' | 'userErrors'> & { entry?: Maybe<ResolversParentTypes['JournalEntry']>, userErrors: Array<ResolversParentTypes['FinanceUserError']> };
  JournalLine: JournalLine;
  JournalLineInput: JournalLineInput;
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  OpenOrderAccountInput: OpenOrderAccountInput;
  Order: OrderModel;
  OrderAccountPayload: Omit<OrderAccountPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['FinanceUserError']> };
  Payment: PaymentModel;
  PaymentActionInput: PaymentActionInput;
  PaymentEvent: PaymentEvent;
  PaymentPayload: Omit<PaymentPayload, 'payment' | 'userErrors'> & { payment?: Maybe<ResolversParentTypes['Payment']>, userErrors: Array<ResolversParentTypes['FinanceUserError']> };
  Quantity: Quantity;
  QuantityInput: QuantityInput;
  Query: Record<PropertyKey, never>;
  RecordJournalEntryInput: RecordJournalEntryInput;
  Refund: RefundModel;
  RefundLine: RefundLine;
  RefundLineInput: RefundLineInput;
  RefundPayload: Omit<RefundPayload, 'refund' | 'userErrors'> & { refund?: Maybe<ResolversParentTypes['Refund']>, userErrors: Array<ResolversParentTypes['FinanceUserError']> };
  RequestRefundInput: RequestRefundInput;
  Return: ReturnModel;
  Subscription: Record<PropertyKey, never>;
  TaxLine: TaxLine;
  TaxSummary: TaxSummary;
  TaxableLineInput: TaxableLineInput;
  TaxableOrderInput: TaxableOrderInput;
  Tender: Tender;
  UnitCode: Scalars['UnitCode']['output'];
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
};

export type PiiDirectiveArgs = {
  class: Scalars['String']['input'];
};

export type PiiDirectiveResolver<Result, Parent, ContextType = Context, Args = PiiDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type SorDirectiveArgs = {
  maxStalenessMs?: Maybe<Scalars['Int']['input']>;
  system: Scalars['String']['input'];
};

export type SorDirectiveResolver<Result, Parent, ContextType = Context, Args = SorDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface CountryCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CountryCode'], any> {
  name: 'CountryCode';
}

export type CreditMemoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreditMemo'] = ResolversParentTypes['CreditMemo'], FederationReferenceType extends FederationReferenceTypes['CreditMemo'] = FederationReferenceTypes['CreditMemo']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CreditMemo']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orderNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rmaNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['FinancialDocumentState'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type FinanceUserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FinanceUserError'] = ResolversParentTypes['FinanceUserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FinancialDocumentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FinancialDocument'] = ResolversParentTypes['FinancialDocument'], FederationReferenceType extends FederationReferenceTypes['FinancialDocument'] = FederationReferenceTypes['FinancialDocument']> = {
  __resolveType: TypeResolveFn<'CreditMemo' | 'Invoice' | 'JournalEntry', ParentType, ContextType>;
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['FinancialDocument']> | FederationReferenceType, FederationReferenceType, ContextType>;
};

export type InvoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice'], FederationReferenceType extends FederationReferenceTypes['Invoice'] = FederationReferenceTypes['Invoice']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Invoice']> | FederationReferenceType, FederationReferenceType, ContextType>;
  dueOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orderNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rmaNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['FinancialDocumentState'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JournalEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalEntry'] = ResolversParentTypes['JournalEntry'], FederationReferenceType extends FederationReferenceTypes['JournalEntry'] = FederationReferenceTypes['JournalEntry']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['JournalEntry']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['JournalLine']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orderNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rmaNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['FinancialDocumentState'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JournalEntryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalEntryPayload'] = ResolversParentTypes['JournalEntryPayload']> = {
  entry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['FinanceUserError']>, ParentType, ContextType>;
};

export type JournalLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalLine'] = ResolversParentTypes['JournalLine']> = {
  account?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  costCenter?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  credit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  debit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  locationCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  authorizePayment?: Resolver<ResolversTypes['PaymentPayload'], ParentType, ContextType, RequireFields<MutationAuthorizePaymentArgs, 'input'>>;
  capturePayment?: Resolver<ResolversTypes['PaymentPayload'], ParentType, ContextType, RequireFields<MutationCapturePaymentArgs, 'input'>>;
  closeOrderAccount?: Resolver<ResolversTypes['OrderAccountPayload'], ParentType, ContextType, RequireFields<MutationCloseOrderAccountArgs, 'input'>>;
  openOrderAccount?: Resolver<ResolversTypes['OrderAccountPayload'], ParentType, ContextType, RequireFields<MutationOpenOrderAccountArgs, 'input'>>;
  recordJournalEntry?: Resolver<ResolversTypes['JournalEntryPayload'], ParentType, ContextType, RequireFields<MutationRecordJournalEntryArgs, 'input'>>;
  requestRefund?: Resolver<ResolversTypes['RefundPayload'], ParentType, ContextType, RequireFields<MutationRequestRefundArgs, 'input'>>;
  voidPayment?: Resolver<ResolversTypes['PaymentPayload'], ParentType, ContextType, RequireFields<MutationVoidPaymentArgs, 'input'>>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  balance?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  creditMemos?: Resolver<Maybe<Array<ResolversTypes['CreditMemo']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoices?: Resolver<Maybe<Array<ResolversTypes['Invoice']>>, ParentType, ContextType>;
  paymentStatus?: Resolver<Maybe<ResolversTypes['OrderPaymentStatus']>, ParentType, ContextType>;
  payments?: Resolver<Maybe<Array<ResolversTypes['Payment']>>, ParentType, ContextType>;
  refunds?: Resolver<Maybe<Array<ResolversTypes['Refund']>>, ParentType, ContextType>;
  tax?: Resolver<Maybe<ResolversTypes['TaxSummary']>, ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type OrderAccountPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderAccountPayload'] = ResolversParentTypes['OrderAccountPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['FinanceUserError']>, ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment'], FederationReferenceType extends FederationReferenceTypes['Payment'] = FederationReferenceTypes['Payment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Payment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  authorizationExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  authorized?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  captured?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  events?: Resolver<Array<ResolversTypes['PaymentEvent']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  pspReference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PaymentState'], ParentType, ContextType>;
  tender?: Resolver<ResolversTypes['Tender'], ParentType, ContextType>;
};

export type PaymentEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentEvent'] = ResolversParentTypes['PaymentEvent']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  idempotencyKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  pspReference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PaymentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentPayload'] = ResolversParentTypes['PaymentPayload']> = {
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['FinanceUserError']>, ParentType, ContextType>;
};

export type QuantityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quantity'] = ResolversParentTypes['Quantity']> = {
  unit?: Resolver<ResolversTypes['UnitCode'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType, RequireFields<QueryInvoiceArgs, 'id'>>;
  refund?: Resolver<Maybe<ResolversTypes['Refund']>, ParentType, ContextType, RequireFields<QueryRefundArgs, 'id'>>;
};

export type RefundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund'], FederationReferenceType extends FederationReferenceTypes['Refund'] = FederationReferenceTypes['Refund']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Refund']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  creditMemo?: Resolver<Maybe<ResolversTypes['CreditMemo']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  idempotencyKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['RefundLine']>, ParentType, ContextType>;
  payment?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RefundState'], ParentType, ContextType>;
};

export type RefundLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundLine'] = ResolversParentTypes['RefundLine']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  orderLineId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type RefundPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundPayload'] = ResolversParentTypes['RefundPayload']> = {
  refund?: Resolver<Maybe<ResolversTypes['Refund']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['FinanceUserError']>, ParentType, ContextType>;
};

export type ReturnResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Return'] = ResolversParentTypes['Return'], FederationReferenceType extends FederationReferenceTypes['Return'] = FederationReferenceTypes['Return']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Return']> | FederationReferenceType, FederationReferenceType, ContextType>;
  creditMemos?: Resolver<Maybe<Array<ResolversTypes['CreditMemo']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  refunds?: Resolver<Maybe<Array<ResolversTypes['Refund']>>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  paymentUpdated?: SubscriptionResolver<ResolversTypes['Payment'], "paymentUpdated", ParentType, ContextType, RequireFields<SubscriptionPaymentUpdatedArgs, 'orderId'>>;
};

export type TaxLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxLine'] = ResolversParentTypes['TaxLine']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  jurisdiction?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orderLineId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  rate?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  taxCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  taxable?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type TaxSummaryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxSummary'] = ResolversParentTypes['TaxSummary']> = {
  calculatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  committed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['TaxLine']>, ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quoteId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  roundingAdjustment?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type TenderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tender'] = ResolversParentTypes['Tender']> = {
  type?: Resolver<ResolversTypes['TenderType'], ParentType, ContextType>;
};

export interface UnitCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['UnitCode'], any> {
  name: 'UnitCode';
}

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'FinanceUserError', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  CountryCode?: GraphQLScalarType;
  CreditMemo?: CreditMemoResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  FinanceUserError?: FinanceUserErrorResolvers<ContextType>;
  FinancialDocument?: FinancialDocumentResolvers<ContextType>;
  Invoice?: InvoiceResolvers<ContextType>;
  JournalEntry?: JournalEntryResolvers<ContextType>;
  JournalEntryPayload?: JournalEntryPayloadResolvers<ContextType>;
  JournalLine?: JournalLineResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderAccountPayload?: OrderAccountPayloadResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentEvent?: PaymentEventResolvers<ContextType>;
  PaymentPayload?: PaymentPayloadResolvers<ContextType>;
  Quantity?: QuantityResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  RefundLine?: RefundLineResolvers<ContextType>;
  RefundPayload?: RefundPayloadResolvers<ContextType>;
  Return?: ReturnResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TaxLine?: TaxLineResolvers<ContextType>;
  TaxSummary?: TaxSummaryResolvers<ContextType>;
  Tender?: TenderResolvers<ContextType>;
  UnitCode?: GraphQLScalarType;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  pii?: PiiDirectiveResolver<any, any, ContextType>;
  sor?: SorDirectiveResolver<any, any, ContextType>;
};
