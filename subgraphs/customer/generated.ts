import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Customer as CustomerModel, CustomerIdentity as CustomerIdentityModel, Consent as ConsentModel, LoyaltyAccount as LoyaltyAccountModel, LoyaltyTransaction as LoyaltyTransactionModel, Order as OrderModel, CustomerUserError as CustomerUserErrorModel } from './resolvers/models.ts';
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
  /** An instant, RFC 3339 with an offset. */
  DateTime: { input: string; output: Date | string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** What a customer allowed or forbade. */
export type Consent = {
  /** The way it holds for, such as email, sms or web. */
  channel: Scalars['String']['output'];
  /** What proves it: a form's version, a call's record. */
  evidence?: Maybe<Scalars['String']['output']>;
  /** The country whose law it falls under, where we know it. */
  jurisdiction?: Maybe<Scalars['String']['output']>;
  /** What the data may be used for. */
  purpose: ConsentPurpose;
  /** When it was written down. */
  recordedAt: Scalars['DateTime']['output'];
  /** The application that took it. */
  sourceSystem: Scalars['String']['output'];
  /** The customer's answer. */
  state: ConsentState;
};

/** What a customer's data may be used for. */
export type ConsentPurpose =
  /** Counting and measuring. */
  | 'ANALYTICS'
  /** Advertising to the customer. */
  | 'MARKETING'
  /** Fitting the shop to the customer. */
  | 'PERSONALIZATION'
  /** Selling or sharing the data. */
  | 'SALE_OF_DATA';

/** A customer's answer. */
export type ConsentState =
  /** Asked and forbidden. */
  | 'DENIED'
  /** Allowed once, too long ago. */
  | 'EXPIRED'
  /** Allowed. */
  | 'GRANTED'
  /** Never asked. */
  | 'UNKNOWN'
  /** Allowed once, now taken back. */
  | 'WITHDRAWN';

/** A person or firm that buys. */
export type Customer = {
  /** The number systems of record know the customer by. */
  code: Scalars['String']['output'];
  /** What the customer allowed or forbade last, one answer for each purpose and channel; never from a cache. */
  consents: Array<Consent>;
  /** E-mail address. */
  email?: Maybe<Scalars['String']['output']>;
  /** Last name; of a firm without a contact, the firm's name. */
  familyName?: Maybe<Scalars['String']['output']>;
  /** First name. */
  givenName?: Maybe<Scalars['String']['output']>;
  /** The customer's identity. */
  id: Scalars['ID']['output'];
  /** The names our systems know the customer by; each belongs to one customer only. */
  identities: Array<CustomerIdentity>;
  /** The customer's points; nothing for who has no loyalty number. */
  loyalty?: Maybe<LoyaltyAccount>;
  /** Phone number. */
  phone?: Maybe<Scalars['String']['output']>;
  /** Whether the customer can buy. */
  status: CustomerStatus;
};

/** A name that one of our systems knows a customer by. */
export type CustomerIdentity = {
  /** The system that told us. */
  sourceSystem: Scalars['String']['output'];
  /** What sort of name it is. */
  type: IdentityType;
  /** The name, as it was given. */
  value: Scalars['String']['output'];
  /** When it was proven to be the customer's; nothing when it was not. */
  verifiedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** What became of a wish to write a customer. */
export type CustomerPayload = {
  /** The customer as it stands now. */
  customer?: Maybe<Customer>;
  /** Why nothing was written; empty when it was. */
  userErrors: Array<CustomerUserError>;
};

/** Whether a customer can buy. */
export type CustomerStatus =
  /** May buy. */
  | 'ACTIVE'
  /** May not buy. */
  | 'BLOCKED'
  /** Was forgotten; only what the law demands is kept. */
  | 'ERASED'
  /** Has asked to be forgotten; it is being done. */
  | 'ERASURE_PENDING'
  /** Lives on as another customer. */
  | 'MERGED';

/** Why a customer was not written. */
export type CustomerUserError = UserError & {
  /** Stable and upper case: IDENTITY_TAKEN, EMAIL_INVALID, CUSTOMER_UNKNOWN, for example. */
  code: Scalars['String']['output'];
  /** The path of the input field that caused it, such as input, email. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** A sentence for a person. */
  message: Scalars['String']['output'];
  /** Whether the same request may succeed later, unchanged. */
  retryable: Scalars['Boolean']['output'];
};

/** What sort of name a customer is known by. */
export type IdentityType =
  /** The CRM's contact. */
  | 'CRM_CONTACT'
  /** A device the customer uses. */
  | 'DEVICE'
  /** The web shop's account. */
  | 'ECOMMERCE_ACCOUNT'
  /** An e-mail address. */
  | 'EMAIL'
  /** The ERP's account code. */
  | 'ERP_ACCOUNT'
  /** The number of a loyalty card. */
  | 'LOYALTY_NUMBER'
  /** A phone number. */
  | 'PHONE'
  /** The tills' customer number. */
  | 'POS_CUSTOMER';

/** A name to be added to a customer. */
export type LinkIdentityInput = {
  /** The customer. */
  customerId: Scalars['ID']['input'];
  /** Names this intent; repeating it with the same key adds nothing twice. */
  idempotencyKey: Scalars['String']['input'];
  /** The system that uses this name, at most 60 characters. */
  sourceSystem: Scalars['String']['input'];
  /** What sort of name it is. */
  type: IdentityType;
  /** The name, at most 254 characters. */
  value: Scalars['String']['input'];
};

/** What a customer has in points. Its id is the customer's. */
export type LoyaltyAccount = {
  /** The account's identity. */
  id: Scalars['ID']['output'];
  /** The number on the customer's card. */
  number: Scalars['String']['output'];
  /** Points that wait for goods that are bought and not delivered yet. */
  pendingPoints: Scalars['Int']['output'];
  /** Points that can be spent: those of goods the customer has. */
  points: Scalars['Int']['output'];
  /** What brought points and what took them back, newest first; together they come to points and pendingPoints. */
  transactions: LoyaltyTransactionConnection;
};


/** What a customer has in points. Its id is the customer's. */
export type LoyaltyAccountTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Something that brought points or took them back; never changed. */
export type LoyaltyTransaction = {
  /** The entry's identity. */
  id: Scalars['ID']['output'];
  /** When it happened in the business. */
  occurredAt: Scalars['DateTime']['output'];
  /** How many; negative when they are taken back. */
  points: Scalars['Int']['output'];
  /** The order it follows from. */
  sourceOrder?: Maybe<Order>;
  /** What it is. */
  type: LoyaltyTransactionType;
};

/** A page of entries of a loyalty account. */
export type LoyaltyTransactionConnection = {
  /** The entries with their cursors. */
  edges: Array<LoyaltyTransactionEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** An entry of a loyalty account in a list. */
export type LoyaltyTransactionEdge = {
  /** Where it stands in the list. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: LoyaltyTransaction;
};

/** What brings points or takes them back. */
export type LoyaltyTransactionType =
  /** An order was placed; its points wait until its goods are delivered. */
  | 'EARN'
  /** Goods of an order were canceled, not collected, or came back. */
  | 'REVERSE';

export type Mutation = {
  /** Adds a name that a system knows the customer by. Needs customer:write. Adding it again changes nothing. */
  linkCustomerIdentity: CustomerPayload;
  /** Writes down what a customer allowed or forbade, with its evidence. It holds for every question asked afterwards. */
  recordConsent: CustomerPayload;
  /** Makes a customer or changes the fields that are given. Shoppers write only their own; staff need customer:write. */
  upsertCustomer: CustomerPayload;
};


export type MutationLinkCustomerIdentityArgs = {
  input: LinkIdentityInput;
};


export type MutationRecordConsentArgs = {
  input: RecordConsentInput;
};


export type MutationUpsertCustomerArgs = {
  input: UpsertCustomerInput;
};

/** An order, as far as points follow from it. */
export type Order = {
  /** The order's identity. */
  id: Scalars['ID']['output'];
  /** The points it brings, less those taken back, whether or not they can be spent yet; nothing when its customer takes no part. */
  loyaltyPointsEarned?: Maybe<Scalars['Int']['output']>;
};

/** Where a page stands in its list. */
export type PageInfo = {
  /** The cursor of the last item of this page; pass it as `after` for the next one. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether the list goes on after this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether the list has items before this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first item of this page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

export type Query = {
  /** The customer with this id, or nothing when there is none; a shopper finds only their own. */
  customer?: Maybe<Customer>;
  /** The customer who is known by this name in one of our systems, or nothing when there is none; a shopper finds only their own. */
  customerByIdentity?: Maybe<Customer>;
  /** The customer who is signed in, or nothing when the caller is none. */
  me?: Maybe<Customer>;
};


export type QueryCustomerArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCustomerByIdentityArgs = {
  type: IdentityType;
  value: Scalars['String']['input'];
};

/** A customer's answer, to be written down. */
export type RecordConsentInput = {
  /** The way it holds for, such as email, sms or web; at most 60 characters. */
  channel: Scalars['String']['input'];
  /** The customer. */
  customerId: Scalars['ID']['input'];
  /** What proves it, at most 2,000 characters. */
  evidence: Scalars['String']['input'];
  /** Names this intent; repeating it with the same key writes nothing twice. */
  idempotencyKey: Scalars['String']['input'];
  /** What the data may be used for. */
  purpose: ConsentPurpose;
  /** The customer's answer: GRANTED, DENIED or WITHDRAWN. */
  state: ConsentState;
};

export type Subscription = {
  /** First the customer's present state, then each change. */
  customerUpdated: Customer;
};


export type SubscriptionCustomerUpdatedArgs = {
  id: Scalars['ID']['input'];
};

/** The fields of a customer to be written; what is left out stays as it is, null empties it. */
export type UpsertCustomerInput = {
  /** E-mail address; one customer's only. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Last name, at most 100 characters. */
  familyName?: InputMaybe<Scalars['String']['input']>;
  /** First name, at most 100 characters. */
  givenName?: InputMaybe<Scalars['String']['input']>;
  /** The customer to change; when left out, a shopper's own, otherwise a new one. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Names this intent; repeating it with the same key makes nothing twice. */
  idempotencyKey: Scalars['String']['input'];
  /** Phone number with its country code; one customer's only. */
  phone?: InputMaybe<Scalars['String']['input']>;
};

/** Why something asked for was not done. */
export type UserError = {
  /** Stable and upper case; clients decide by it. */
  code: Scalars['String']['output'];
  /** The path of the input field that caused it, such as input, email. */
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
  Customer: Customer;
  LoyaltyAccount: LoyaltyAccount;
  Order: Order;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  LoyaltyAccount:
    ( { __typename: 'LoyaltyAccount' }
    & GraphQLRecursivePick<FederationTypes['LoyaltyAccount'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError: ( CustomerUserErrorModel );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Consent: ResolverTypeWrapper<ConsentModel>;
  ConsentPurpose: ConsentPurpose;
  ConsentState: ConsentState;
  Customer: ResolverTypeWrapper<CustomerModel>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CustomerIdentity: ResolverTypeWrapper<CustomerIdentityModel>;
  CustomerPayload: ResolverTypeWrapper<Omit<CustomerPayload, 'customer' | 'userErrors'> & { customer?: Maybe<ResolversTypes['Customer']>, userErrors: Array<ResolversTypes['CustomerUserError']> }>;
  CustomerStatus: CustomerStatus;
  CustomerUserError: ResolverTypeWrapper<CustomerUserErrorModel>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  IdentityType: IdentityType;
  LinkIdentityInput: LinkIdentityInput;
  LoyaltyAccount: ResolverTypeWrapper<LoyaltyAccountModel>;
  LoyaltyTransaction: ResolverTypeWrapper<LoyaltyTransactionModel>;
  LoyaltyTransactionConnection: ResolverTypeWrapper<Omit<LoyaltyTransactionConnection, 'edges'> & { edges: Array<ResolversTypes['LoyaltyTransactionEdge']> }>;
  LoyaltyTransactionEdge: ResolverTypeWrapper<Omit<LoyaltyTransactionEdge, 'node'> & { node: ResolversTypes['LoyaltyTransaction'] }>;
  LoyaltyTransactionType: LoyaltyTransactionType;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Order: ResolverTypeWrapper<OrderModel>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecordConsentInput: RecordConsentInput;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UpsertCustomerInput: UpsertCustomerInput;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Consent: ConsentModel;
  Customer: CustomerModel;
  ID: Scalars['ID']['output'];
  CustomerIdentity: CustomerIdentityModel;
  CustomerPayload: Omit<CustomerPayload, 'customer' | 'userErrors'> & { customer?: Maybe<ResolversParentTypes['Customer']>, userErrors: Array<ResolversParentTypes['CustomerUserError']> };
  CustomerUserError: CustomerUserErrorModel;
  Boolean: Scalars['Boolean']['output'];
  DateTime: Scalars['DateTime']['output'];
  LinkIdentityInput: LinkIdentityInput;
  LoyaltyAccount: LoyaltyAccountModel;
  LoyaltyTransaction: LoyaltyTransactionModel;
  LoyaltyTransactionConnection: Omit<LoyaltyTransactionConnection, 'edges'> & { edges: Array<ResolversParentTypes['LoyaltyTransactionEdge']> };
  LoyaltyTransactionEdge: Omit<LoyaltyTransactionEdge, 'node'> & { node: ResolversParentTypes['LoyaltyTransaction'] };
  Mutation: Record<PropertyKey, never>;
  Order: OrderModel;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  RecordConsentInput: RecordConsentInput;
  Subscription: Record<PropertyKey, never>;
  UpsertCustomerInput: UpsertCustomerInput;
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

export type ConsentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Consent'] = ResolversParentTypes['Consent']> = {
  channel?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  evidence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  jurisdiction?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['ConsentPurpose'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sourceSystem?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ConsentState'], ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  consents?: Resolver<Array<ResolversTypes['Consent']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  familyName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  givenName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identities?: Resolver<Array<ResolversTypes['CustomerIdentity']>, ParentType, ContextType>;
  loyalty?: Resolver<Maybe<ResolversTypes['LoyaltyAccount']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CustomerStatus'], ParentType, ContextType>;
};

export type CustomerIdentityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerIdentity'] = ResolversParentTypes['CustomerIdentity']> = {
  sourceSystem?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['IdentityType'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  verifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type CustomerPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerPayload'] = ResolversParentTypes['CustomerPayload']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['CustomerUserError']>, ParentType, ContextType>;
};

export type CustomerUserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerUserError'] = ResolversParentTypes['CustomerUserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type LoyaltyAccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoyaltyAccount'] = ResolversParentTypes['LoyaltyAccount'], FederationReferenceType extends FederationReferenceTypes['LoyaltyAccount'] = FederationReferenceTypes['LoyaltyAccount']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['LoyaltyAccount']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pendingPoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  transactions?: Resolver<ResolversTypes['LoyaltyTransactionConnection'], ParentType, ContextType, Partial<LoyaltyAccountTransactionsArgs>>;
};

export type LoyaltyTransactionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoyaltyTransaction'] = ResolversParentTypes['LoyaltyTransaction']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sourceOrder?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['LoyaltyTransactionType'], ParentType, ContextType>;
};

export type LoyaltyTransactionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoyaltyTransactionConnection'] = ResolversParentTypes['LoyaltyTransactionConnection']> = {
  edges?: Resolver<Array<ResolversTypes['LoyaltyTransactionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LoyaltyTransactionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoyaltyTransactionEdge'] = ResolversParentTypes['LoyaltyTransactionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LoyaltyTransaction'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  linkCustomerIdentity?: Resolver<ResolversTypes['CustomerPayload'], ParentType, ContextType, RequireFields<MutationLinkCustomerIdentityArgs, 'input'>>;
  recordConsent?: Resolver<ResolversTypes['CustomerPayload'], ParentType, ContextType, RequireFields<MutationRecordConsentArgs, 'input'>>;
  upsertCustomer?: Resolver<ResolversTypes['CustomerPayload'], ParentType, ContextType, RequireFields<MutationUpsertCustomerArgs, 'input'>>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  loyaltyPointsEarned?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerArgs, 'id'>>;
  customerByIdentity?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerByIdentityArgs, 'type' | 'value'>>;
  me?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  customerUpdated?: SubscriptionResolver<ResolversTypes['Customer'], "customerUpdated", ParentType, ContextType, RequireFields<SubscriptionCustomerUpdatedArgs, 'id'>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'CustomerUserError', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Consent?: ConsentResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  CustomerIdentity?: CustomerIdentityResolvers<ContextType>;
  CustomerPayload?: CustomerPayloadResolvers<ContextType>;
  CustomerUserError?: CustomerUserErrorResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  LoyaltyAccount?: LoyaltyAccountResolvers<ContextType>;
  LoyaltyTransaction?: LoyaltyTransactionResolvers<ContextType>;
  LoyaltyTransactionConnection?: LoyaltyTransactionConnectionResolvers<ContextType>;
  LoyaltyTransactionEdge?: LoyaltyTransactionEdgeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  pii?: PiiDirectiveResolver<any, any, ContextType>;
  sor?: SorDirectiveResolver<any, any, ContextType>;
};
