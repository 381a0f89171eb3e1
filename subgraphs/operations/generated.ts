import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Operation as OperationModel, BusinessException as BusinessExceptionModel, System as SystemModel, OperationConnection as OperationConnectionModel, BusinessExceptionConnection as BusinessExceptionConnectionModel, OperationsUserError as OperationsUserErrorModel } from './resolvers/models.ts';
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

/** Whether calls to a system are let through. */
export type BreakerState =
  /** Calls go through. */
  | 'CLOSED'
  /** One call is let through to find out. */
  | 'HALF_OPEN'
  /** Calls are held back. */
  | 'OPEN';

/** Work for a person, in business words, with an owner and an age. */
export type BusinessException = {
  /** How long it has been open, or was until it was resolved. */
  ageSeconds: Scalars['Int']['output'];
  /** Whether people of the business or of the technical service have to act. */
  audience: ExceptionAudience;
  /** What went wrong, in the words of the system that said so. */
  detail?: Maybe<Scalars['String']['output']>;
  /** The exception's identity. */
  id: Scalars['ID']['output'];
  /** What is wrong. */
  kind: BusinessExceptionKind;
  /** When it was raised. */
  openedAt: Scalars['DateTime']['output'];
  /** The operation it came from, when it came from one. */
  operation?: Maybe<Operation>;
  /** Who is to deal with it. */
  ownerTeam: Scalars['String']['output'];
  /** When it was resolved; none while it is open. */
  resolvedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How bad it is: HIGH or MEDIUM. */
  severity: Scalars['String']['output'];
  /** The order, payment, entry or rejected record it is about. */
  subjectId: Scalars['ID']['output'];
};

/** A page of business exceptions. */
export type BusinessExceptionConnection = {
  /** The exceptions of the page, each with its cursor. */
  edges: Array<BusinessExceptionEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** A business exception in a list. */
export type BusinessExceptionEdge = {
  /** Where it stands in the list. */
  cursor: Scalars['String']['output'];
  /** The exception. */
  node: BusinessException;
};

/** Which exceptions to list; every condition given must hold. */
export type BusinessExceptionFilterInput = {
  /** Of one of these kinds. */
  kinds?: InputMaybe<Array<BusinessExceptionKind>>;
  /** Open for longer than this. */
  olderThanSeconds?: InputMaybe<Scalars['Int']['input']>;
};

/** Kinds of work for people. */
export type BusinessExceptionKind =
  /** Two records or documents look like one. */
  | 'DUPLICATE_SUSPECTED'
  /** The ERP did not take an order. */
  | 'ERP_ORDER_CREATE_FAILED'
  /** Stock here and in a system of record do not agree. */
  | 'INVENTORY_DISCREPANCY'
  /** The ERP did not take a journal entry. */
  | 'JOURNAL_NOT_POSTED'
  /** A record of a system of record could not be accepted and was set aside. */
  | 'MASTER_DATA_REJECTED'
  /** An order or return cannot be passed on to a system of record, or has been waiting too long for it. */
  | 'ORDER_STUCK'
  /** A payment could not be brought to where it should be. */
  | 'PAYMENT_IN_DOUBT'
  /** A price that is served is not the price that was released. */
  | 'PRICE_DRIFT'
  /** A document here and its counterpart in a system of record do not agree: it is missing, unknown, or says something else. */
  | 'RECONCILIATION_DIFFERENCE'
  /** A refund is not known to have reached the customer. */
  | 'REFUND_AWAITING_RECONCILIATION'
  /** Goods that were announced have not come back in time. */
  | 'RETURN_OVERDUE'
  /** Goods that were to be collected were not, and are still held. */
  | 'STALE_PICKUP_RESERVATION'
  /** What is to reach a system of record has been waiting for longer than allowed. */
  | 'SYNC_LAG_BREACH'
  /** The tax of an order could not be made owed, or not taken back. */
  | 'TAX_NOT_COMMITTED'
  /** A shipment that finance has not taken up. */
  | 'UNPOSTED_SHIPMENT';

/** Who has to act. */
export type ExceptionAudience =
  /** People of the business: something about the order, the money or the record has to change. */
  | 'BUSINESS'
  /** The technical service: a system, a setting or our own code has to change. */
  | 'TECHNICAL';

export type Mutation = {
  /** Stops all calls to a system: within a second no new one begins, those under way end. What is to reach it waits. */
  pauseSystem: SystemPayload;
  /** Puts a dead-lettered operation back to work. Its external keys stay the same and the first step asks before it sends. */
  replayOperation: OperationPayload;
  /** Puts many dead-lettered operations back to work, the oldest first, so many a second: a system that has just come back is not flooded. */
  replayOperations: ReplayOperationsPayload;
  /** Closes an exception that a person has dealt with. */
  resolveBusinessException: OperationPayload;
  /** Lets calls to a system go on, and has it tried at once. */
  resumeSystem: SystemPayload;
};


export type MutationPauseSystemArgs = {
  input: SystemActionInput;
};


export type MutationReplayOperationArgs = {
  input: ReplayOperationInput;
};


export type MutationReplayOperationsArgs = {
  input: ReplayOperationsInput;
};


export type MutationResolveBusinessExceptionArgs = {
  input: ResolveBusinessExceptionInput;
};


export type MutationResumeSystemArgs = {
  input: SystemActionInput;
};

/** A durable, replayable fan-out to systems of record. */
export type Operation = {
  /** When it ended: succeeded, or was parked for a person. */
  completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Follows the request through every system and log line. */
  correlationId: Scalars['String']['output'];
  /** When it was accepted. */
  createdAt: Scalars['DateTime']['output'];
  /** The operation's identity. */
  id: Scalars['ID']['output'];
  /** The key of the intent it belongs to. */
  idempotencyKey: Scalars['String']['output'];
  /** What it does, `order.place` for example. */
  kind: Scalars['String']['output'];
  /** Where it stands. */
  state: OperationState;
  /** The calls it makes, in order. */
  steps: Array<OperationStep>;
  /** The order, return, payment or entry it is about. */
  subjectId: Scalars['ID']['output'];
};

/** A page of operations. */
export type OperationConnection = {
  /** The operations of the page, each with its cursor. */
  edges: Array<OperationEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** An operation in a list. */
export type OperationEdge = {
  /** Where it stands in the list. */
  cursor: Scalars['String']['output'];
  /** The operation. */
  node: Operation;
};

/** Which operations to list; every condition given must hold. */
export type OperationFilterInput = {
  /** Of this request. */
  correlationId?: InputMaybe<Scalars['String']['input']>;
  /** Of one of these kinds. */
  kinds?: InputMaybe<Array<Scalars['String']['input']>>;
  /** In one of these states. */
  states?: InputMaybe<Array<OperationState>>;
  /** About this order, return, payment or entry. */
  subjectId?: InputMaybe<Scalars['ID']['input']>;
  /** With a step that calls this system. */
  system?: InputMaybe<Scalars['String']['input']>;
};

/** What became of a request about an operation. */
export type OperationPayload = {
  /** The operation as it stands now; none for an exception that came from no operation. */
  operation?: Maybe<Operation>;
  /** What kept the request from being carried out; empty when nothing did. */
  userErrors: Array<OperationsUserError>;
};

/** Where an operation stands. */
export type OperationState =
  /** Written down; nothing was sent yet. */
  | 'ACCEPTED'
  /** Its earlier steps were undone. */
  | 'COMPENSATED'
  /** Its earlier steps are being undone. */
  | 'COMPENSATING'
  /** Parked: a person has to look, then replay it. */
  | 'DEAD_LETTERED'
  /** It failed for good. */
  | 'FAILED'
  /** Being carried out. */
  | 'IN_PROGRESS'
  /** Every step succeeded. */
  | 'SUCCEEDED';

/** One call of an operation to one system of record. */
export type OperationStep = {
  /** How often it was tried. */
  attempts: Scalars['Int']['output'];
  /** The system's own id of what the step made. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** What went wrong at the last try, if it did. */
  lastErrorCode?: Maybe<Scalars['String']['output']>;
  /** What the step does. */
  name: Scalars['String']['output'];
  /** When it is tried next, if it is to be tried again. */
  nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  state: OperationStepState;
  /** The system it calls. */
  system: Scalars['String']['output'];
};

/** Where a step stands. */
export type OperationStepState =
  /** It was undone. */
  | 'COMPENSATED'
  /** The system said no. */
  | 'FAILED'
  /** It went out and no answer came; the system will be asked before anything is sent again. */
  | 'IN_DOUBT'
  /** On the wire. */
  | 'IN_FLIGHT'
  /** To be tried. */
  | 'PENDING'
  /** It was not needed. */
  | 'SKIPPED'
  /** Done. */
  | 'SUCCEEDED';

/** What kept an operations request from being carried out. */
export type OperationsUserError = UserError & {
  /** Stable and upper-case; programs decide by it. */
  code: Scalars['String']['output'];
  /** The path of the input field that caused it, when one did. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** A sentence for a person. */
  message: Scalars['String']['output'];
  /** Whether the same request may succeed later, unchanged. */
  retryable: Scalars['Boolean']['output'];
};

/** Where a page stands in its list. */
export type PageInfo = {
  /** The cursor of the page's last item: give it as `after` for the next page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there is more after this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether this page began after another one. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the page's first item. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

export type Query = {
  /** Open work for people, the longest waiting first. */
  businessExceptions: BusinessExceptionConnection;
  /** An operation; null when there is none with this id. */
  operation?: Maybe<Operation>;
  /** Operations, newest first. */
  operations: OperationConnection;
  /** How well orders, returns and all else get through to the systems of record, measured from what is stored. */
  serviceLevels: Array<ServiceLevel>;
  /** Every connected system of record. */
  systems: Array<System>;
};


export type QueryBusinessExceptionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<BusinessExceptionFilterInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryOperationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOperationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OperationFilterInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryServiceLevelsArgs = {
  channelId?: InputMaybe<Scalars['ID']['input']>;
  locationId?: InputMaybe<Scalars['ID']['input']>;
  window?: InputMaybe<Scalars['String']['input']>;
};

/** Which operation to replay, and from where. */
export type ReplayOperationInput = {
  /** The step to begin with; the one that failed when left out. */
  fromStep?: InputMaybe<Scalars['String']['input']>;
  /** The operation. */
  id: Scalars['ID']['input'];
  /** Names this intent; send the same key when you repeat the request. */
  idempotencyKey: Scalars['String']['input'];
};

/** Which operations to replay; every condition given must hold. */
export type ReplayOperationsInput = {
  /** That failed with this code. */
  errorCode?: InputMaybe<Scalars['String']['input']>;
  /** Names this intent; send the same key when you repeat the request. */
  idempotencyKey: Scalars['String']['input'];
  /** Of one of these kinds. */
  kinds?: InputMaybe<Array<Scalars['String']['input']>>;
  /** At most this many, 1 to 1,000; 100 when left out. */
  limit?: InputMaybe<Scalars['Int']['input']>;
  /** So many a second, 1 to 100; 10 when left out. */
  perSecond?: InputMaybe<Scalars['Int']['input']>;
  /** Parked at a call to this system. */
  system?: InputMaybe<Scalars['String']['input']>;
};

/** What became of a request to replay many operations. */
export type ReplayOperationsPayload = {
  /** When the last of them is due; none when there were none. */
  lastDueAt?: Maybe<Scalars['DateTime']['output']>;
  /** How many more are parked and match: ask again with a new key for them. */
  left: Scalars['Int']['output'];
  /** How many were put back to work. */
  replayed: Scalars['Int']['output'];
  /** What kept the request from being carried out; empty when nothing did. */
  userErrors: Array<OperationsUserError>;
};

/** Which exception to close, and how it was dealt with. */
export type ResolveBusinessExceptionInput = {
  /** The exception. */
  id: Scalars['ID']['input'];
  /** Names this intent; send the same key when you repeat the request. */
  idempotencyKey: Scalars['String']['input'];
  /** What was done about it, for those who look later. */
  resolution: Scalars['String']['input'];
};

/**
 * One business metric over a window, with the objective it is held to. Measured on what was accepted in the window and on what is still under way
 * from before. What is under way counts with its age, so that an outage never makes a number look better.
 *
 * - `order_acknowledgement_p50`, `_p95`, `_p99`: from the order being placed to the ERP having it. Objective: 60 s for 95 of 100.
 * - `operation_time_p50`, `_p95`: the same for every kind of work, by system and class.
 * - `failed_operations`: the share of ended work that is parked because a system could not be asked. Objective: one in a thousand.
 * - `refused_operations`: the share that is parked because a system said no; people have to change something.
 * - `attempts_p95`: how often a system was called until it had what it was sent.
 * - `oldest_waiting`: how long the oldest work has been waiting for the system. Objective: 60 s.
 * - `exception_resolution_p50`: from an exception being raised to its end, by team. Objective: 30 minutes.
 * - `open_exceptions`: how many are open, by team.
 * - `records_set_aside`: records of a system that could not be accepted. Objective: none.
 */
export type ServiceLevel = {
  /** What it was measured for: the system and the class of work, or the team. */
  dimensions: Array<ServiceLevelDimension>;
  /** Whether the objective was kept; none when there is none, or nothing was measured. */
  met?: Maybe<Scalars['Boolean']['output']>;
  /** Which metric it is. */
  name: Scalars['String']['output'];
  /** What it should be at most; none when nothing was agreed. Starting values, to be agreed with the business. */
  objective?: Maybe<Scalars['Decimal']['output']>;
  /** How many operations, exceptions or records it was measured on. */
  samples: Scalars['Int']['output'];
  /** What it is counted in: `s` for seconds, `share` for a part of one, `count`. */
  unit: Scalars['String']['output'];
  /** What was measured; none when there was nothing to measure. */
  value?: Maybe<Scalars['Decimal']['output']>;
  /** The time it really covers: shorter than asked for when more than 10,000 operations fell into it; then its newest part was looked at. */
  window: Scalars['String']['output'];
};

/** One thing that a metric was measured for. */
export type ServiceLevelDimension = {
  /** `system`, `class` or `team`. */
  name: Scalars['String']['output'];
  /** Which one. */
  value: Scalars['String']['output'];
};

export type Subscription = {
  /** Exceptions as they are raised. */
  businessExceptionRaised: BusinessException;
  /** An operation: first as it stands, then again whenever it moves. Needs ops:read; shoppers and tills follow orderUpdated. */
  operationUpdated: Operation;
};


export type SubscriptionBusinessExceptionRaisedArgs = {
  kinds?: InputMaybe<Array<BusinessExceptionKind>>;
};


export type SubscriptionOperationUpdatedArgs = {
  id: Scalars['ID']['input'];
};

/** A system of record as this layer sees it: what it owns, how it is doing, what waits for it. */
export type System = {
  /** Operations whose next call is to this system. */
  backlog: Scalars['Int']['output'];
  /** Whether calls are let through. */
  breaker: BreakerState;
  /** The code it is known by here. */
  code: Scalars['String']['output'];
  /** How its adapter fared in the conformance tests. */
  conformance: Scalars['String']['output'];
  /** The adapter that speaks to it. */
  connector: Scalars['String']['output'];
  /** What kind of system it is. */
  kind: Scalars['String']['output'];
  /** What went wrong last. */
  lastErrorCode?: Maybe<Scalars['String']['output']>;
  /** When it last answered. */
  lastSuccessAt?: Maybe<Scalars['DateTime']['output']>;
  /** How long the oldest of those has been waiting that wait for the system and not behind other work; none when there is none. */
  oldestBacklogSeconds?: Maybe<Scalars['Int']['output']>;
  /** What it is the record of. */
  owns: Array<Scalars['String']['output']>;
  /** Why calls were stopped. */
  pauseReason?: Maybe<Scalars['String']['output']>;
  /** Since when a person has all calls stopped; none when calls may be made. */
  pausedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How it is doing. */
  state: SystemState;
};

/** Which system to stop or let go on, and why. */
export type SystemActionInput = {
  /** The system's code. */
  code: Scalars['String']['input'];
  /** Names this intent; send the same key when you repeat the request. */
  idempotencyKey: Scalars['String']['input'];
  /** Why, for those who look later. */
  reason: Scalars['String']['input'];
};

/** What became of a request about a system. */
export type SystemPayload = {
  /** The system as it stands now. */
  system?: Maybe<System>;
  /** What kept the request from being carried out; empty when nothing did. */
  userErrors: Array<OperationsUserError>;
};

/** How a system of record is doing. */
export type SystemState =
  /** It answers, but not always, or work waits for it. */
  | 'DEGRADED'
  /** It does not answer; calls are held back. */
  | 'DOWN'
  /** A person has all calls stopped. */
  | 'PAUSED'
  /** It answers and nothing waits for long. */
  | 'UP';

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
  BusinessException: BusinessException;
  Operation: Operation;
  System: System;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  BusinessException:
    ( { __typename: 'BusinessException' }
    & GraphQLRecursivePick<FederationTypes['BusinessException'], {"id":true}> );
  Operation:
    ( { __typename: 'Operation' }
    & GraphQLRecursivePick<FederationTypes['Operation'], {"id":true}> );
  System:
    ( { __typename: 'System' }
    & GraphQLRecursivePick<FederationTypes['System'], {"code":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError: ( OperationsUserErrorModel );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  BreakerState: BreakerState;
  BusinessException: ResolverTypeWrapper<BusinessExceptionModel>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  BusinessExceptionConnection: ResolverTypeWrapper<BusinessExceptionConnectionModel>;
  BusinessExceptionEdge: ResolverTypeWrapper<Omit<BusinessExceptionEdge, 'node'> & { node: ResolversTypes['BusinessException'] }>;
  BusinessExceptionFilterInput: BusinessExceptionFilterInput;
  BusinessExceptionKind: BusinessExceptionKind;
  CountryCode: ResolverTypeWrapper<Scalars['CountryCode']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  ExceptionAudience: ExceptionAudience;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Operation: ResolverTypeWrapper<OperationModel>;
  OperationConnection: ResolverTypeWrapper<OperationConnectionModel>;
  OperationEdge: ResolverTypeWrapper<Omit<OperationEdge, 'node'> & { node: ResolversTypes['Operation'] }>;
  OperationFilterInput: OperationFilterInput;
  OperationPayload: ResolverTypeWrapper<Omit<OperationPayload, 'operation' | 'userErrors'> & { operation?: Maybe<ResolversTypes['Operation']>, userErrors: Array<ResolversTypes['OperationsUserError']> }>;
  OperationState: OperationState;
  OperationStep: ResolverTypeWrapper<OperationStep>;
  OperationStepState: OperationStepState;
  OperationsUserError: ResolverTypeWrapper<OperationsUserErrorModel>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReplayOperationInput: ReplayOperationInput;
  ReplayOperationsInput: ReplayOperationsInput;
  ReplayOperationsPayload: ResolverTypeWrapper<Omit<ReplayOperationsPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['OperationsUserError']> }>;
  ResolveBusinessExceptionInput: ResolveBusinessExceptionInput;
  ServiceLevel: ResolverTypeWrapper<ServiceLevel>;
  ServiceLevelDimension: ResolverTypeWrapper<ServiceLevelDimension>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  System: ResolverTypeWrapper<SystemModel>;
  SystemActionInput: SystemActionInput;
  SystemPayload: ResolverTypeWrapper<Omit<SystemPayload, 'system' | 'userErrors'> & { system?: Maybe<ResolversTypes['System']>, userErrors: Array<ResolversTypes['OperationsUserError']> }>;
  SystemState: SystemState;
  UnitCode: ResolverTypeWrapper<Scalars['UnitCode']['output']>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  BusinessException: BusinessExceptionModel;
  ID: Scalars['ID']['output'];
  BusinessExceptionConnection: BusinessExceptionConnectionModel;
  BusinessExceptionEdge: Omit<BusinessExceptionEdge, 'node'> & { node: ResolversParentTypes['BusinessException'] };
  BusinessExceptionFilterInput: BusinessExceptionFilterInput;
  CountryCode: Scalars['CountryCode']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Mutation: Record<PropertyKey, never>;
  Operation: OperationModel;
  OperationConnection: OperationConnectionModel;
  OperationEdge: Omit<OperationEdge, 'node'> & { node: ResolversParentTypes['Operation'] };
  OperationFilterInput: OperationFilterInput;
  OperationPayload: Omit<OperationPayload, 'operation' | 'userErrors'> & { operation?: Maybe<ResolversParentTypes['Operation']>, userErrors: Array<ResolversParentTypes['OperationsUserError']> };
  OperationStep: OperationStep;
  OperationsUserError: OperationsUserErrorModel;
  Boolean: Scalars['Boolean']['output'];
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  ReplayOperationInput: ReplayOperationInput;
  ReplayOperationsInput: ReplayOperationsInput;
  ReplayOperationsPayload: Omit<ReplayOperationsPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['OperationsUserError']> };
  ResolveBusinessExceptionInput: ResolveBusinessExceptionInput;
  ServiceLevel: ServiceLevel;
  ServiceLevelDimension: ServiceLevelDimension;
  Subscription: Record<PropertyKey, never>;
  System: SystemModel;
  SystemActionInput: SystemActionInput;
  SystemPayload: Omit<SystemPayload, 'system' | 'userErrors'> & { system?: Maybe<ResolversParentTypes['System']>, userErrors: Array<ResolversParentTypes['OperationsUserError']> };
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

export type BusinessExceptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BusinessException'] = ResolversParentTypes['BusinessException'], FederationReferenceType extends FederationReferenceTypes['BusinessException'] = FederationReferenceTypes['BusinessException']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['BusinessException']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ageSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  audience?: Resolver<ResolversTypes['ExceptionAudience'], ParentType, ContextType>;
  detail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['BusinessExceptionKind'], ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  operation?: Resolver<Maybe<ResolversTypes['Operation']>, ParentType, ContextType>;
  ownerTeam?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subjectId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type BusinessExceptionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BusinessExceptionConnection'] = ResolversParentTypes['BusinessExceptionConnection']> = {
  edges?: Resolver<Array<ResolversTypes['BusinessExceptionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type BusinessExceptionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BusinessExceptionEdge'] = ResolversParentTypes['BusinessExceptionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['BusinessException'], ParentType, ContextType>;
};

export interface CountryCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CountryCode'], any> {
  name: 'CountryCode';
}

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

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  pauseSystem?: Resolver<ResolversTypes['SystemPayload'], ParentType, ContextType, RequireFields<MutationPauseSystemArgs, 'input'>>;
  replayOperation?: Resolver<ResolversTypes['OperationPayload'], ParentType, ContextType, RequireFields<MutationReplayOperationArgs, 'input'>>;
  replayOperations?: Resolver<ResolversTypes['ReplayOperationsPayload'], ParentType, ContextType, RequireFields<MutationReplayOperationsArgs, 'input'>>;
  resolveBusinessException?: Resolver<ResolversTypes['OperationPayload'], ParentType, ContextType, RequireFields<MutationResolveBusinessExceptionArgs, 'input'>>;
  resumeSystem?: Resolver<ResolversTypes['SystemPayload'], ParentType, ContextType, RequireFields<MutationResumeSystemArgs, 'input'>>;
};

export type OperationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Operation'] = ResolversParentTypes['Operation'], FederationReferenceType extends FederationReferenceTypes['Operation'] = FederationReferenceTypes['Operation']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Operation']> | FederationReferenceType, FederationReferenceType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  idempotencyKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['OperationState'], ParentType, ContextType>;
  steps?: Resolver<Array<ResolversTypes['OperationStep']>, ParentType, ContextType>;
  subjectId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type OperationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationConnection'] = ResolversParentTypes['OperationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OperationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OperationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationEdge'] = ResolversParentTypes['OperationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Operation'], ParentType, ContextType>;
};

export type OperationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationPayload'] = ResolversParentTypes['OperationPayload']> = {
  operation?: Resolver<Maybe<ResolversTypes['Operation']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OperationsUserError']>, ParentType, ContextType>;
};

export type OperationStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationStep'] = ResolversParentTypes['OperationStep']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastErrorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['OperationStepState'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OperationsUserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationsUserError'] = ResolversParentTypes['OperationsUserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  businessExceptions?: Resolver<ResolversTypes['BusinessExceptionConnection'], ParentType, ContextType, Partial<QueryBusinessExceptionsArgs>>;
  operation?: Resolver<Maybe<ResolversTypes['Operation']>, ParentType, ContextType, RequireFields<QueryOperationArgs, 'id'>>;
  operations?: Resolver<ResolversTypes['OperationConnection'], ParentType, ContextType, Partial<QueryOperationsArgs>>;
  serviceLevels?: Resolver<Array<ResolversTypes['ServiceLevel']>, ParentType, ContextType, Partial<QueryServiceLevelsArgs>>;
  systems?: Resolver<Array<ResolversTypes['System']>, ParentType, ContextType>;
};

export type ReplayOperationsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplayOperationsPayload'] = ResolversParentTypes['ReplayOperationsPayload']> = {
  lastDueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  left?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OperationsUserError']>, ParentType, ContextType>;
};

export type ServiceLevelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServiceLevel'] = ResolversParentTypes['ServiceLevel']> = {
  dimensions?: Resolver<Array<ResolversTypes['ServiceLevelDimension']>, ParentType, ContextType>;
  met?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  objective?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  samples?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  window?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ServiceLevelDimensionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServiceLevelDimension'] = ResolversParentTypes['ServiceLevelDimension']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  businessExceptionRaised?: SubscriptionResolver<ResolversTypes['BusinessException'], "businessExceptionRaised", ParentType, ContextType, Partial<SubscriptionBusinessExceptionRaisedArgs>>;
  operationUpdated?: SubscriptionResolver<ResolversTypes['Operation'], "operationUpdated", ParentType, ContextType, RequireFields<SubscriptionOperationUpdatedArgs, 'id'>>;
};

export type SystemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['System'] = ResolversParentTypes['System'], FederationReferenceType extends FederationReferenceTypes['System'] = FederationReferenceTypes['System']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['System']> | FederationReferenceType, FederationReferenceType, ContextType>;
  backlog?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  breaker?: Resolver<ResolversTypes['BreakerState'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  conformance?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  connector?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastErrorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastSuccessAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  oldestBacklogSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  owns?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  pauseReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  pausedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SystemState'], ParentType, ContextType>;
};

export type SystemPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SystemPayload'] = ResolversParentTypes['SystemPayload']> = {
  system?: Resolver<Maybe<ResolversTypes['System']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OperationsUserError']>, ParentType, ContextType>;
};

export interface UnitCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['UnitCode'], any> {
  name: 'UnitCode';
}

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'OperationsUserError', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  BusinessException?: BusinessExceptionResolvers<ContextType>;
  BusinessExceptionConnection?: BusinessExceptionConnectionResolvers<ContextType>;
  BusinessExceptionEdge?: BusinessExceptionEdgeResolvers<ContextType>;
  CountryCode?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  Operation?: OperationResolvers<ContextType>;
  OperationConnection?: OperationConnectionResolvers<ContextType>;
  OperationEdge?: OperationEdgeResolvers<ContextType>;
  OperationPayload?: OperationPayloadResolvers<ContextType>;
  OperationStep?: OperationStepResolvers<ContextType>;
  OperationsUserError?: OperationsUserErrorResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReplayOperationsPayload?: ReplayOperationsPayloadResolvers<ContextType>;
  ServiceLevel?: ServiceLevelResolvers<ContextType>;
  ServiceLevelDimension?: ServiceLevelDimensionResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  System?: SystemResolvers<ContextType>;
  SystemPayload?: SystemPayloadResolvers<ContextType>;
  UnitCode?: GraphQLScalarType;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  pii?: PiiDirectiveResolver<any, any, ContextType>;
  sor?: SorDirectiveResolver<any, any, ContextType>;
};
