import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Order as OrderModel, OrderLine as OrderLineModel, FulfillmentOrder as FulfillmentOrderModel, FulfillmentOrderLine as FulfillmentOrderLineModel, PickupDetails as PickupDetailsModel, Shipment as ShipmentModel, Package as PackageModel, OrderEvent as OrderEventModel, Customer as CustomerModel, Return as ReturnModel, ReturnLine as ReturnLineModel, ReturnDisposition as ReturnDispositionModel, ReverseFulfillmentOrder as ReverseFulfillmentOrderModel, FinancialDocument as FinancialDocumentModel, OrderUserError as OrderUserErrorModel, ErpSync as ErpSyncModel } from './resolvers/models.ts';
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
  /** An instant, RFC 3339 with an offset. */
  DateTime: { input: string; output: Date | string; }
  /** An exact decimal number, as text. */
  Decimal: { input: string; output: string; }
  /** A unit of measure, UN/CEFACT Recommendation 20. */
  UnitCode: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** Which order to take back. */
export type CancelOrderInput = {
  /** The version the caller saw; refused when the order has changed since. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The order. */
  id: Scalars['ID']['input'];
  /** Names the intent; used again for every retry. */
  idempotencyKey: Scalars['String']['input'];
  /** Why, such as CUSTOMER_REQUEST. */
  reasonCode: Scalars['String']['input'];
};

/** A way of selling, as far as orders name it. */
export type Channel = {
  /** The channel's identity. */
  id: Scalars['ID']['output'];
};

/** Who takes collected goods home. */
export type ConfirmPickupInput = {
  /** The piece of work. */
  id: Scalars['ID']['input'];
  /** Names the intent; used again for every retry. */
  idempotencyKey: Scalars['String']['input'];
  /** When they were handed over, by the store's clock. */
  pickedUpAt: Scalars['DateTime']['input'];
  /** What the customer says; capitals, spaces and dashes do not matter. Five wrong ones, and none is tried for an hour. */
  pickupCode: Scalars['String']['input'];
};

/** What leaves a place. */
export type CreateShipmentInput = {
  /** Who carries it. */
  carrier: Scalars['String']['input'];
  /** The piece of work; all of it leaves. */
  fulfillmentOrderId: Scalars['ID']['input'];
  /** Names the intent; used again for every retry. */
  idempotencyKey: Scalars['String']['input'];
  /** The parcels; one with everything when none is said. */
  packages: Array<PackageInput>;
  /** The carrier's number for it. */
  trackingNumber?: InputMaybe<Scalars['String']['input']>;
};

/** A customer, with what was bought and given back. */
export type Customer = {
  /** The customer's identity. */
  id: Scalars['ID']['output'];
  /** The customer's orders, newest first. */
  orders?: Maybe<OrderConnection>;
  /** The customer's returns, newest first. */
  returns?: Maybe<ReturnConnection>;
};


/** A customer, with what was bought and given back. */
export type CustomerOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A customer, with what was bought and given back. */
export type CustomerReturnsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What can become of a unit that came back. */
export type DispositionCode =
  /** Given away. */
  | 'DONATE'
  /** The customer keeps it and is credited. */
  | 'KEEP_BY_CUSTOMER'
  /** To be sold at a lower price after a look. */
  | 'MARKDOWN'
  /** It was not in the parcel; not credited. */
  | 'MISSING'
  /** Not decided yet; not for sale. */
  | 'QUARANTINE'
  /** To be repaired first. */
  | 'REFURBISH'
  /** Back on sale, here. */
  | 'RESTOCK'
  /** Back on sale, elsewhere. */
  | 'RESTOCK_OTHER_LOCATION'
  /** It goes back to the customer; not credited. */
  | 'RETURN_TO_CUSTOMER'
  /** Back to the supplier. */
  | 'RETURN_TO_VENDOR'
  /** Thrown away. */
  | 'SCRAP';

/** What becomes of some units. */
export type DispositionInput = {
  /** The decision. */
  code: DispositionCode;
  /** Where they are. */
  locationId: Scalars['ID']['input'];
  /** How many units. */
  quantity: QuantityInput;
  /** The line of the return. */
  returnLineId: Scalars['ID']['input'];
};

/** How a document of ours stands with the ERP. */
export type ErpSync = {
  /** When the ERP confirmed it. */
  acknowledgedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How often it was sent. */
  attempts: Scalars['Int']['output'];
  /** The ERP's own number of it. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** When it was last sent. */
  lastAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why the last attempt failed. */
  lastErrorCode?: Maybe<Scalars['String']['output']>;
  /** When it is sent again. */
  nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  state: ErpSyncState;
};

/** Where a document stands with the ERP. */
export type ErpSyncState =
  /** The ERP has it. */
  | 'ACKNOWLEDGED'
  /** It could not be delivered for too long; a person must look. */
  | 'DEAD_LETTERED'
  /** The ERP need not know of it yet. */
  | 'NOT_REQUIRED'
  /** It waits to be sent, or to be sent again. */
  | 'PENDING'
  /** The ERP has it, and its books were compared with ours: the same number, currency and amount. */
  | 'RECONCILED'
  /** The ERP refused it; a person must look. */
  | 'REJECTED'
  /** It was sent, and whether it arrived is being asked. */
  | 'SUBMITTING';

/** A document of the books, with what it was made for. */
export type FinancialDocument = {
  /** The document's identity. */
  id: Scalars['ID']['output'];
  /** The number of the order it belongs to; owned by the finance subgraph. */
  orderNumber?: Maybe<Scalars['String']['output']>;
  /** The RMA number of the return it answers; owned by the finance subgraph. */
  rmaNumber?: Maybe<Scalars['String']['output']>;
  /** The order it was made for. */
  sourceOrder?: Maybe<Order>;
  /** The return it was made for. */
  sourceReturn?: Maybe<Return>;
};

/** How goods reach the customer. */
export type FulfillmentMethod =
  /** Collected by the customer, who is brought the goods to the car outside the store. */
  | 'CURBSIDE'
  /** Carried home from the till. */
  | 'IN_STORE_CASH_AND_CARRY'
  /** Collected by the customer in the store that a line names. */
  | 'PICKUP_IN_STORE'
  /** Sent from a distribution centre. */
  | 'SHIP'
  /** Sent from a store. */
  | 'SHIP_FROM_STORE';

/** Goods of one order to be sent or handed over by one place. */
export type FulfillmentOrder = WorkOrder & {
  /** When it came up. */
  createdAt: Scalars['DateTime']['output'];
  /** The work's identity. */
  id: Scalars['ID']['output'];
  /** The goods. */
  lines: Array<FulfillmentOrderLine>;
  /** The place that sends or hands over. */
  location: Location;
  /** How the goods reach the customer. */
  method: FulfillmentMethod;
  /** The order it is for. */
  order?: Maybe<Order>;
  /** How its collection goes; nothing until the goods are ready, and for goods that are sent. */
  pickup?: Maybe<PickupDetails>;
  /** When the last of its goods are expected, of work that is SCHEDULED; nothing when nobody has told. */
  promisedBy?: Maybe<Scalars['DateTime']['output']>;
  /** What has left. */
  shipments: Array<Shipment>;
  /** Where it stands. */
  state: FulfillmentOrderState;
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};

/** Which piece of work. */
export type FulfillmentOrderActionInput = {
  /** The version the caller saw; refused when it has changed since. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The piece of work. */
  id: Scalars['ID']['input'];
  /** Names the intent; used again for every retry. */
  idempotencyKey: Scalars['String']['input'];
  /** Why, where a reason is asked for. */
  reasonCode?: InputMaybe<Scalars['String']['input']>;
};

/** A page of work. */
export type FulfillmentOrderConnection = {
  /** The pieces of work with their cursors. */
  edges: Array<FulfillmentOrderEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** A piece of work in a list. */
export type FulfillmentOrderEdge = {
  /** Where it stands in the list. */
  cursor: Scalars['String']['output'];
  /** The piece of work. */
  node: FulfillmentOrder;
};

/** Goods of one order line within a piece of work. */
export type FulfillmentOrderLine = {
  /** The line's identity. */
  id: Scalars['ID']['output'];
  /** The order line. */
  orderLine: OrderLine;
  /** How many of them were taken from the shelf. */
  pickedQuantity: Quantity;
  /** How many of it. */
  quantity: Quantity;
  /** How many of them were looked for and not there. */
  shortQuantity: Quantity;
};

/** What became of a change to a piece of work. */
export type FulfillmentOrderPayload = {
  /** The piece of work; nothing when the change was refused. */
  fulfillmentOrder?: Maybe<FulfillmentOrder>;
  /** Why it was refused. */
  userErrors: Array<OrderUserError>;
};

/** Where a piece of work stands. */
export type FulfillmentOrderState =
  /** The place has taken it on. */
  | 'ACCEPTED'
  /** It is not to be done any more. */
  | 'CANCELED'
  /** Its goods were not there; another piece of work stands for them, or people were called. */
  | 'INCOMPLETE'
  /** Its goods are being taken from the shelf. */
  | 'IN_PROGRESS'
  /** Waits for the place to take it on. */
  | 'OPEN'
  /** Its goods were handed over in the store. */
  | 'PICKED_UP'
  /** Nobody came for its goods in time. */
  | 'PICKUP_EXPIRED'
  /** Its goods lie ready for their customer. */
  | 'READY_FOR_PICKUP'
  /** The place will not do it; another piece of work stands for it. */
  | 'REJECTED'
  /** Its goods are not there yet; it is opened when they came. */
  | 'SCHEDULED'
  /** Its goods have left. */
  | 'SHIPPED';

/** What becomes of the goods of a return. */
export type InspectReturnInput = {
  /** A decision for each unit that arrived. */
  decisions: Array<DispositionInput>;
  /** The return. */
  id: Scalars['ID']['input'];
  /** Names the intent; used again for every retry. */
  idempotencyKey: Scalars['String']['input'];
};

/** A place, as far as orders name it. */
export type Location = {
  /** The place's identity. */
  id: Scalars['ID']['output'];
};

/** An amount of money. */
export type Money = {
  /** The amount as an exact decimal, at least the currency's minor digits. */
  amount: Scalars['Decimal']['output'];
  /** The currency, ISO 4217. */
  currencyCode: Scalars['CurrencyCode']['output'];
};

/** An amount of money, as sent. */
export type MoneyInput = {
  /** The amount as an exact decimal in quotes. */
  amount: Scalars['Decimal']['input'];
  /** The currency, ISO 4217. */
  currencyCode: Scalars['CurrencyCode']['input'];
};

export type Mutation = {
  /** A place takes on a piece of work. */
  acceptFulfillmentOrder: FulfillmentOrderPayload;
  /** Allows a return. */
  approveReturn: ReturnPayload;
  /** Takes back an order of which nothing has been shipped. */
  cancelOrder: OrderPayload;
  /** Hands collected goods over to whoever says the code. After the time they were kept until they are given up instead, and the answer says so. */
  confirmPickup: FulfillmentOrderPayload;
  /** Everything of a piece of work has left the place. */
  createShipment: ShipmentPayload;
  /** Gives up goods that nobody came for until the time they were kept until; it happens by itself soon after that time too. */
  expirePickup: FulfillmentOrderPayload;
  /** Decides what happens to each unit that came back; when all are decided the return is complete and credited. */
  inspectReturn: ReturnPayload;
  /** Everything of a piece of work lies ready for the customer who collects it; from now on there is a code, and a time until which it is kept. */
  markReadyForPickup: FulfillmentOrderPayload;
  /** Buys: claims the stock, binds the payments and confirms the order, or does nothing and says why. */
  placeOrder: PlaceOrderPayload;
  /** Goods of a return have arrived. */
  receiveReturn: ReturnPayload;
  /** Goods were taken from the shelf for a piece of work, or looked for and not found. What is not there is taken out of the work and served from elsewhere, or people are called. */
  recordPick: FulfillmentOrderPayload;
  /** A place will not do a piece of work: another is found for goods that are sent; for goods that are collected, people are called. */
  rejectFulfillmentOrder: FulfillmentOrderPayload;
  /** Asks to give goods back. */
  requestReturn: ReturnPayload;
  /** Brings what a till sold while it could not reach us, at most 100 sales a call: each becomes an order of its own at once, as of when it was sold, and once, however often it is sent. A wrong sale holds up no other. */
  submitOfflineSales: SubmitOfflineSalesPayload;
};


export type MutationAcceptFulfillmentOrderArgs = {
  input: FulfillmentOrderActionInput;
};


export type MutationApproveReturnArgs = {
  input: ReturnActionInput;
};


export type MutationCancelOrderArgs = {
  input: CancelOrderInput;
};


export type MutationConfirmPickupArgs = {
  input: ConfirmPickupInput;
};


export type MutationCreateShipmentArgs = {
  input: CreateShipmentInput;
};


export type MutationExpirePickupArgs = {
  input: FulfillmentOrderActionInput;
};


export type MutationInspectReturnArgs = {
  input: InspectReturnInput;
};


export type MutationMarkReadyForPickupArgs = {
  input: FulfillmentOrderActionInput;
};


export type MutationPlaceOrderArgs = {
  input: PlaceOrderInput;
};


export type MutationReceiveReturnArgs = {
  input: ReceiveReturnInput;
};


export type MutationRecordPickArgs = {
  input: RecordPickInput;
};


export type MutationRejectFulfillmentOrderArgs = {
  input: FulfillmentOrderActionInput;
};


export type MutationRequestReturnArgs = {
  input: RequestReturnInput;
};


export type MutationSubmitOfflineSalesArgs = {
  input: SubmitOfflineSalesInput;
};

/** One sale of a till, paid and handed over. */
export type OfflineSaleInput = {
  /** The articles, carried home (IN_STORE_CASH_AND_CARRY). With the price that was paid where the till had another than the channel has now. */
  lines: Array<OrderLineInput>;
  /** When it was sold, by the till's clock: within the last 30 days. */
  occurredAt: Scalars['DateTime']['input'];
  /** The payments the till took, as finance knows them (authorizePayment). */
  paymentIds: Array<Scalars['ID']['input']>;
  /** What the till calls the sale, 1 to 64 characters; never used again by that register. */
  registerTransactionId: Scalars['String']['input'];
  /** What was paid; the sale is refused when its lines come to something else. */
  total: MoneyInput;
};

/** A fan-out to systems of record, as far as orders name it. */
export type Operation = {
  /** The operation's identity. */
  id: Scalars['ID']['output'];
};

/** What somebody bought, in one go, through one channel. */
export type Order = {
  /** When the ERP confirmed that it has the order. */
  acknowledgedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it was bought. */
  channel: Channel;
  /** The id that follows its request from the door to the ERP's document and every log line. */
  correlationId: Scalars['String']['output'];
  /** The currency of all its amounts. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** Who bought it; nothing for a guest. */
  customer?: Maybe<Customer>;
  /** Whether the ERP has it. */
  erpSync: ErpSync;
  /** The work it makes, one piece a place. */
  fulfillmentOrders: Array<FulfillmentOrder>;
  /** How far its goods are on their way. */
  fulfillmentStatus: OrderFulfillmentStatus;
  /** The order's identity. */
  id: Scalars['ID']['output'];
  /** What was bought. */
  lines: Array<OrderLine>;
  /** The number people know it by, and every system of record files it under. */
  number: Scalars['String']['output'];
  /** When it was bought, by the channel's clock. */
  placedAt: Scalars['DateTime']['output'];
  /** Whether goods of it come back. */
  returnStatus: OrderReturnStatus;
  /** What of it came or comes back, oldest first. */
  returns: Array<Return>;
  /** Where the order stands as a whole. */
  status: OrderStatus;
  /** What its lines come to. */
  subtotal: Money;
  /** The till's ticket, when it was sold without the line to us. */
  ticket?: Maybe<TillTicket>;
  /** What happened to it, oldest first. */
  timeline: OrderEventConnection;
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};


/** What somebody bought, in one go, through one channel. */
export type OrderTimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of orders. */
export type OrderConnection = {
  /** The orders with their cursors. */
  edges: Array<OrderEdge>;
  /** The orders. */
  nodes: Array<Order>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** An order in a list. */
export type OrderEdge = {
  /** Where it stands in the list. */
  cursor: Scalars['String']['output'];
  /** The order. */
  node: Order;
};

/** Something that happened to an order. */
export type OrderEvent = {
  /** Who did it. */
  actor: Scalars['String']['output'];
  /** The event's identity. */
  id: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** When it was written down. */
  recordedAt: Scalars['DateTime']['output'];
  /** That system's own id of the event. */
  sourceEventId?: Maybe<Scalars['String']['output']>;
  /** The system it came from. */
  sourceSystem: Scalars['String']['output'];
  /** What happened, such as ORDER_CONFIRMED. */
  type: Scalars['String']['output'];
};

/** A page of what happened. */
export type OrderEventConnection = {
  /** The events with their cursors. */
  edges: Array<OrderEventEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** An event in a list. */
export type OrderEventEdge = {
  /** Where it stands in the list. */
  cursor: Scalars['String']['output'];
  /** The event. */
  node: OrderEvent;
};

/** Which orders a list shows. */
export type OrderFilterInput = {
  /** Only orders of this channel. */
  channelId?: InputMaybe<Scalars['ID']['input']>;
  /** Only orders that stand so with the ERP. */
  erpSyncStates?: InputMaybe<Array<ErpSyncState>>;
  /** Only orders bought after this instant. */
  placedAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only orders in one of these states. */
  statuses?: InputMaybe<Array<OrderStatus>>;
};

/** How far an order's goods are on their way. */
export type OrderFulfillmentStatus =
  /** All that has not left yet waits for goods that are to come. */
  | 'BACKORDERED'
  /** All of it has left. */
  | 'FULFILLED'
  /** Nothing of it needs to travel. */
  | 'NOT_REQUIRED'
  /** Some of it has left. */
  | 'PARTIALLY_FULFILLED'
  /** All that has not left yet lies ready for its customer. */
  | 'READY_FOR_PICKUP'
  /** Nothing has left. */
  | 'UNFULFILLED';

/** One article of an order. */
export type OrderLine = {
  /** What the line comes to, rounded to what can be paid. */
  amount: Money;
  /** How many were canceled. */
  canceledQuantity: Quantity;
  /** How many have left. */
  fulfilledQuantity: Quantity;
  /** The line's identity. */
  id: Scalars['ID']['output'];
  /** How many were bought. */
  quantity: Quantity;
  /** How many can still be given back. */
  refundableQuantity: Quantity;
  /** The claim that secured its stock; nothing for articles whose stock is not counted. */
  reservation?: Maybe<Reservation>;
  /** How many came back. */
  returnedQuantity: Quantity;
  /** The tax category of the article when it was bought. */
  taxCategoryCode: Scalars['String']['output'];
  /** What the article was called when it was bought. */
  titleSnapshot: Scalars['String']['output'];
  /** What one of them cost. */
  unitPrice: Money;
  /** The article. */
  variant: ProductVariant;
};

/** One article to buy. */
export type OrderLineInput = {
  /** The place to take them from; when not said, the graph finds one. */
  locationId?: InputMaybe<Scalars['ID']['input']>;
  /** How they reach the customer. */
  method: FulfillmentMethod;
  /** How many, in whole base units. */
  quantity: QuantityInput;
  /** A price agreed elsewhere: at a till, on a marketplace, on paper. Needs the scope order:price; when not said, the channel's own price counts. */
  unitPrice?: InputMaybe<MoneyInput>;
  /** The article. */
  variantId: Scalars['ID']['input'];
};

/** What became of a change to an order. */
export type OrderPayload = {
  /** What tells the ERP. */
  operation?: Maybe<Operation>;
  /** The order; nothing when the change was refused. */
  order?: Maybe<Order>;
  /** Whether this request had been carried out before. */
  replayed: Scalars['Boolean']['output'];
  /** Why it was refused. */
  userErrors: Array<OrderUserError>;
};

/** Whether goods of an order come back. */
export type OrderReturnStatus =
  /** Nothing comes back. */
  | 'NONE'
  /** Some of it came back. */
  | 'PARTIALLY_RETURNED'
  /** A return is asked for or on its way. */
  | 'REQUESTED'
  /** All of it came back. */
  | 'RETURNED';

/** Where an order stands as a whole. */
export type OrderStatus =
  /** Taken back before anything left. */
  | 'CANCELED'
  /** All of its goods have left or were handed over. */
  | 'COMPLETED'
  /** Stock and payment are claimed; nothing has left yet. */
  | 'CONFIRMED'
  /** A place has taken on its work, or some of its goods have left. */
  | 'IN_PROGRESS'
  /** Accepted, not yet confirmed. */
  | 'PENDING';

/** Why something about an order or return was not done. */
export type OrderUserError = UserError & {
  /** How many could be had, when there were not enough. */
  availableQuantity?: Maybe<Quantity>;
  /** Stable and upper case; clients decide by it. */
  code: Scalars['String']['output'];
  /** The version that counts, when another was expected. */
  currentVersion?: Maybe<Scalars['Int']['output']>;
  /** The path of the input field that caused it, such as input, lines, 0, quantity. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** A sentence for a person. */
  message: Scalars['String']['output'];
  /** Whether the same request may succeed later, unchanged. */
  retryable: Scalars['Boolean']['output'];
  /** What the order costs, when another total was expected. */
  rightTotal?: Maybe<Money>;
};

/** A parcel. */
export type Package = {
  /** What is in it. */
  lines: Array<FulfillmentOrderLine>;
  /** The parcel's serial number, GS1 SSCC. */
  sscc?: Maybe<Scalars['String']['output']>;
};

/** A parcel. */
export type PackageInput = {
  /** Which lines of the work are in it. */
  lineIds: Array<Scalars['ID']['input']>;
  /** The parcel's serial number, GS1 SSCC. */
  sscc?: InputMaybe<Scalars['String']['input']>;
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

/** How many of a line were found. */
export type PickLineInput = {
  /** The line of the work. */
  lineId: Scalars['ID']['input'];
  /** How many were taken from the shelf now, on top of those before; 0 when none was found. */
  picked: QuantityInput;
  /** Why they are short, such as NOT_FOUND or DAMAGED; needed when some are. */
  reasonCode?: InputMaybe<Scalars['String']['input']>;
  /** How many were looked for and are not there. */
  short?: InputMaybe<QuantityInput>;
};

/** How the collection of goods goes. */
export type PickupDetails = {
  /** Until when they are kept. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When they were handed over, by the store's clock. */
  pickedUpAt?: Maybe<Scalars['DateTime']['output']>;
  /** What the customer says to be given them. Only the customer and the people who hand them over see it. */
  pickupCode?: Maybe<Scalars['String']['output']>;
  /** Since when they lie ready. */
  readyAt?: Maybe<Scalars['DateTime']['output']>;
  /** How often the customer was reminded. */
  remindersSent: Scalars['Int']['output'];
};

/** What is bought. */
export type PlaceOrderInput = {
  /** Where it is bought. */
  channelId: Scalars['ID']['input'];
  /** When it was bought by the channel's clock; now when not said. */
  clientPlacedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Who buys; nothing for a guest. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Where what is sent goes: of places that could send it the nearest does, and none that does not send there. */
  destination?: InputMaybe<ShipToInput>;
  /** What the buyer was told it costs; the order is refused when it is not so. */
  expectedTotal: MoneyInput;
  /** Names the intent; made before the first attempt and used again for every retry. */
  idempotencyKey: Scalars['String']['input'];
  /** The articles. */
  lines: Array<OrderLineInput>;
  /** The payments that cover the total. */
  paymentIds: Array<Scalars['ID']['input']>;
  /** Claims made before, for a cart say, to be used for these lines. */
  reservationIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** What became of buying. */
export type PlaceOrderPayload = {
  /** What brings it to the ERP. */
  operation?: Maybe<Operation>;
  /** The order; nothing when it was refused. */
  order?: Maybe<Order>;
  /** Whether this request had been carried out before; the order is the one of then. */
  replayed: Scalars['Boolean']['output'];
  /** Why it was refused. */
  userErrors: Array<OrderUserError>;
};

/** An article, as far as orders name it. */
export type ProductVariant = {
  /** The variant's identity. */
  id: Scalars['ID']['output'];
  /** The stock-keeping unit; owned by the product subgraph. */
  sku: Scalars['String']['output'];
};

/** An amount of goods. */
export type Quantity = {
  /** The unit counted in. */
  unit: Scalars['UnitCode']['output'];
  /** How many units, as an exact decimal. */
  value: Scalars['Decimal']['output'];
};

/** An amount of goods, as asked for. */
export type QuantityInput = {
  /** The unit counted in: the variant's base unit. */
  unit: Scalars['UnitCode']['input'];
  /** How many units; orders are for whole base units. */
  value: Scalars['Decimal']['input'];
};

export type Query = {
  /** The work of one place, oldest first. */
  fulfillmentOrders: FulfillmentOrderConnection;
  /** The order with this id; nothing when there is none or it is not the caller's to see. */
  order?: Maybe<Order>;
  /** The order with this number; nothing when there is none or it is not the caller's to see. */
  orderByNumber?: Maybe<Order>;
  /** The order of a sale that a till made without the line to us, by what is printed on its receipt; nothing when there is none or it is not the caller's to see. */
  orderByTicket?: Maybe<Order>;
  /** Orders, newest first: all of them for staff, the own ones for a shopper. */
  orders: OrderConnection;
  /** The return with this id; nothing when there is none or it is not the caller's to see. */
  return?: Maybe<Return>;
};


export type QueryFulfillmentOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  locationId: Scalars['ID']['input'];
  states?: InputMaybe<Array<FulfillmentOrderState>>;
};


export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOrderByNumberArgs = {
  number: Scalars['String']['input'];
};


export type QueryOrderByTicketArgs = {
  locationId: Scalars['ID']['input'];
  registerId: Scalars['String']['input'];
  registerTransactionId: Scalars['String']['input'];
};


export type QueryOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilterInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryReturnArgs = {
  id: Scalars['ID']['input'];
};

/** How many of a line have arrived. */
export type ReceiveLineInput = {
  /** How many arrived now. */
  received: QuantityInput;
  /** The line of the return. */
  returnLineId: Scalars['ID']['input'];
};

/** What of a return has arrived. */
export type ReceiveReturnInput = {
  /** The return. */
  id: Scalars['ID']['input'];
  /** Names the intent; used again for every retry. */
  idempotencyKey: Scalars['String']['input'];
  /** How many of each line. */
  lines: Array<ReceiveLineInput>;
  /** Where it arrived. */
  locationId: Scalars['ID']['input'];
};

/** What was taken from the shelf. */
export type RecordPickInput = {
  /** The piece of work. */
  fulfillmentOrderId: Scalars['ID']['input'];
  /** Names the intent; used again for every retry. */
  idempotencyKey: Scalars['String']['input'];
  /** What was looked for, each line once. */
  lines: Array<PickLineInput>;
};

/** Which goods come back. */
export type RequestReturnInput = {
  /** The channel that credits; needed for an UNREFERENCED return. */
  channelId?: InputMaybe<Scalars['ID']['input']>;
  /** Who gives them back, for an UNREFERENCED return; nothing for somebody unknown. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Names the intent; used again for every retry. */
  idempotencyKey: Scalars['String']['input'];
  /** The goods. */
  lines: Array<ReturnLineInput>;
  /** Where they come in. */
  locationId?: InputMaybe<Scalars['ID']['input']>;
  /** When it was asked for, by the channel's clock; now when not said. */
  occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The order they were bought with; needed for a REFERENCED return. */
  orderId?: InputMaybe<Scalars['ID']['input']>;
  /** What kind of return it is. */
  type: ReturnType;
};

/** A claim on stock, as far as orders name it. */
export type Reservation = {
  /** The claim's identity. */
  id: Scalars['ID']['output'];
};

/** Goods a customer gives back. */
export type Return = {
  /** Whether the ERP has it. */
  erpSync: ErpSync;
  /** The return's identity. */
  id: Scalars['ID']['output'];
  /** The goods. */
  lines: Array<ReturnLine>;
  /** The order the goods were bought with; nothing for goods without a receipt. */
  order?: Maybe<Order>;
  /** What is to be credited: for accepted goods once they are looked at, else for what is asked. */
  refundableTotal: Money;
  /** The work of taking them in. */
  reverseFulfillmentOrders: Array<ReverseFulfillmentOrder>;
  /** The number the customer writes on the parcel. */
  rmaNumber: Scalars['String']['output'];
  /** Where it stands. */
  state: ReturnState;
  /** What kind of return it is. */
  type: ReturnType;
};

/** Which return. */
export type ReturnActionInput = {
  /** The return. */
  id: Scalars['ID']['input'];
  /** Names the intent; used again for every retry. */
  idempotencyKey: Scalars['String']['input'];
  /** Why, where a reason is asked for. */
  reasonCode?: InputMaybe<Scalars['String']['input']>;
};

/** A page of returns. */
export type ReturnConnection = {
  /** The returns with their cursors. */
  edges: Array<ReturnEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** What became of some units that came back. */
export type ReturnDisposition = {
  /** The decision. */
  code: DispositionCode;
  /** When it was decided. */
  decidedAt: Scalars['DateTime']['output'];
  /** Where. */
  location: Location;
  /** How many units. */
  quantity: Quantity;
  /** The state of stock they went to: AVAILABLE, QUALITY_HOLD, or NONE when they are no stock of ours. */
  toState: Scalars['String']['output'];
};

/** A return in a list. */
export type ReturnEdge = {
  /** Where it stands in the list. */
  cursor: Scalars['String']['output'];
  /** The return. */
  node: Return;
};

/** One article of a return. */
export type ReturnLine = {
  /** How many are credited. */
  acceptedQuantity: Quantity;
  /** What became of them. */
  dispositions: Array<ReturnDisposition>;
  /** The line's identity. */
  id: Scalars['ID']['output'];
  /** The order line it was bought with. */
  orderLine?: Maybe<OrderLine>;
  /** Why they come back. */
  reasonCode: Scalars['String']['output'];
  /** How many arrived. */
  receivedQuantity: Quantity;
  /** What is credited for this line. */
  refundableAmount: Money;
  /** How many are to come back. */
  requestedQuantity: Quantity;
  /** The article. */
  variant: ProductVariant;
};

/** One article that comes back. */
export type ReturnLineInput = {
  /** The order line it was bought with; needed for a REFERENCED return. */
  orderLineId?: InputMaybe<Scalars['ID']['input']>;
  /** How many, in whole base units. */
  quantity: QuantityInput;
  /** Why, such as DAMAGED or NO_LONGER_WANTED. */
  reasonCode: Scalars['String']['input'];
  /** What one of them is credited with, for an UNREFERENCED return. Needs the scope order:price. */
  unitPrice?: InputMaybe<MoneyInput>;
  /** The article. */
  variantId: Scalars['ID']['input'];
};

/** What became of a return. */
export type ReturnPayload = {
  /** What tells the ERP. */
  operation?: Maybe<Operation>;
  /** Whether this request had been carried out before. */
  replayed: Scalars['Boolean']['output'];
  /** The return; nothing when it was refused. */
  return?: Maybe<Return>;
  /** Why it was refused. */
  userErrors: Array<OrderUserError>;
};

/** Where a return stands. */
export type ReturnState =
  /** Allowed; the goods may come. */
  | 'APPROVED'
  /** Everything is decided and credited. */
  | 'COMPLETED'
  /** Some of the goods have arrived. */
  | 'PARTIALLY_RECEIVED'
  /** All of the goods have arrived. */
  | 'RECEIVED'
  /** Asked for. */
  | 'REQUESTED';

/** What kind of return it is. */
export type ReturnType =
  /** Goods of an order of ours. */
  | 'REFERENCED'
  /** Goods without a receipt: staff vouches for them and names the price. */
  | 'UNREFERENCED';

/** Goods of one return to be taken in by one place. */
export type ReverseFulfillmentOrder = WorkOrder & {
  /** When it came up. */
  createdAt: Scalars['DateTime']['output'];
  /** The work's identity. */
  id: Scalars['ID']['output'];
  /** The place that takes them in. */
  location: Location;
  /** The order they were bought with. */
  order?: Maybe<Order>;
  /** The return. */
  return: Return;
  /** Where it stands. */
  state: ReverseFulfillmentState;
};

/** Where the taking in of goods stands. */
export type ReverseFulfillmentState =
  /** Everything is decided. */
  | 'COMPLETED'
  /** Nothing has arrived. */
  | 'OPEN'
  /** Some of it has arrived or is being looked at. */
  | 'RECEIVING';

/** Where goods of an order go. */
export type ShipToInput = {
  /** The country. */
  countryCode: Scalars['CountryCode']['input'];
  /** Latitude in degrees, WGS 84, when it is known; without it no place is nearer than another. */
  lat?: InputMaybe<Scalars['Float']['input']>;
  /** Longitude in degrees, WGS 84. */
  lon?: InputMaybe<Scalars['Float']['input']>;
  /** The postal code; 1 to 16 characters. */
  postalCode?: InputMaybe<Scalars['String']['input']>;
};

/** Goods that left a place together. */
export type Shipment = {
  /** Who carries it. */
  carrier?: Maybe<Scalars['String']['output']>;
  /** The work it belongs to. */
  fulfillmentOrder: FulfillmentOrder;
  /** The shipment's identity. */
  id: Scalars['ID']['output'];
  /** What was packed together. */
  packages: Array<Package>;
  /** When it left. */
  shippedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it is. */
  state: ShipmentState;
  /** The carrier's number for it. */
  trackingNumber?: Maybe<Scalars['String']['output']>;
};

/** What became of sending. */
export type ShipmentPayload = {
  /** The shipment; nothing when it was refused. */
  shipment?: Maybe<Shipment>;
  /** Why it was refused. */
  userErrors: Array<OrderUserError>;
};

/** Where a shipment is. */
export type ShipmentState =
  /** The customer has it. */
  | 'DELIVERED'
  /** It has left and is on its way. */
  | 'IN_TRANSIT';

/** What one register of a place sold while it could not reach us. */
export type SubmitOfflineSalesInput = {
  /** The channel it was sold in; when not said, the one in the currency of the sales, and of several the one whose code begins with pos-. */
  channelId?: InputMaybe<Scalars['ID']['input']>;
  /** Names the intent; used again for every retry. A sale is known by its own number, whatever the key of the request that brings it. */
  idempotencyKey: Scalars['String']['input'];
  /** The place the goods were carried home from. */
  locationId: Scalars['ID']['input'];
  /** The register, 1 to 64 characters. */
  registerId: Scalars['String']['input'];
  /** The sales, 1 to 100 and of at most 2,000 lines in all, in any order. */
  sales: Array<OfflineSaleInput>;
};

/** What became of a till's sales. */
export type SubmitOfflineSalesPayload = {
  /** The orders that this request made, in the order of its sales. */
  accepted: Array<Order>;
  /** The numbers of sales that were there before, brought by another request or twice by this one. Nothing happened again. */
  duplicates: Array<Scalars['String']['output']>;
  /** Whether this request had been carried out before; all of it is answered as then. */
  replayed: Scalars['Boolean']['output'];
  /** Why the other sales were refused, each at its own field, such as input, sales, 3, total. The request can be sent again under its key, put right or as it is. */
  userErrors: Array<OrderUserError>;
};

export type Subscription = {
  /** Each piece of work of one place that comes up or takes a step, for the people who do it. */
  fulfillmentOrderUpdated: FulfillmentOrder;
  /** Where an order stands: now, and after each step. */
  orderUpdated: Order;
  /** Every order that takes a step, for service desks and places. */
  ordersUpdated: Order;
  /** Where a return stands: now, and after each step. */
  returnUpdated: Return;
};


export type SubscriptionFulfillmentOrderUpdatedArgs = {
  locationId: Scalars['ID']['input'];
};


export type SubscriptionOrderUpdatedArgs = {
  id: Scalars['ID']['input'];
};


export type SubscriptionOrdersUpdatedArgs = {
  channelId?: InputMaybe<Scalars['ID']['input']>;
  locationId?: InputMaybe<Scalars['ID']['input']>;
};


export type SubscriptionReturnUpdatedArgs = {
  id: Scalars['ID']['input'];
};

/** What a till calls a sale. */
export type TillTicket = {
  /** The place. */
  location: Location;
  /** The register. */
  registerId: Scalars['String']['output'];
  /** The sale's number at that register. */
  registerTransactionId: Scalars['String']['output'];
};

/** Why something asked for was not done. */
export type UserError = {
  /** Stable and upper case; clients decide by it. */
  code: Scalars['String']['output'];
  /** The path of the input field that caused it, such as input, lines, 0, quantity. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** A sentence for a person. */
  message: Scalars['String']['output'];
  /** Whether the same request may succeed later, unchanged. */
  retryable: Scalars['Boolean']['output'];
};

/** A piece of work for one place. */
export type WorkOrder = {
  /** When it came up. */
  createdAt: Scalars['DateTime']['output'];
  /** The work's identity. */
  id: Scalars['ID']['output'];
  /** Where it is to be done. */
  location: Location;
  /** The order it is for. */
  order?: Maybe<Order>;
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
  FinancialDocument: FinancialDocument;
  FulfillmentOrder: FulfillmentOrder;
  Order: Order;
  OrderLine: OrderLine;
  ProductVariant: ProductVariant;
  Return: Return;
  ReverseFulfillmentOrder: ReverseFulfillmentOrder;
  Shipment: Shipment;
  WorkOrder: WorkOrder;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  FinancialDocument:
    ( { __typename: 'FinancialDocument' }
    & GraphQLRecursivePick<FederationTypes['FinancialDocument'], {"id":true,"orderNumber":true,"rmaNumber":true}> );
  FulfillmentOrder:
    ( { __typename: 'FulfillmentOrder' }
    & GraphQLRecursivePick<FederationTypes['FulfillmentOrder'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & ( GraphQLRecursivePick<FederationTypes['Order'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Order'], {"number":true}> ) );
  OrderLine:
    ( { __typename: 'OrderLine' }
    & GraphQLRecursivePick<FederationTypes['OrderLine'], {"id":true}> );
  ProductVariant:
    ( { __typename: 'ProductVariant' }
    & GraphQLRecursivePick<FederationTypes['ProductVariant'], {"id":true}> );
  Return:
    ( { __typename: 'Return' }
    & ( GraphQLRecursivePick<FederationTypes['Return'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Return'], {"rmaNumber":true}> ) );
  ReverseFulfillmentOrder:
    ( { __typename: 'ReverseFulfillmentOrder' }
    & GraphQLRecursivePick<FederationTypes['ReverseFulfillmentOrder'], {"id":true}> );
  Shipment:
    ( { __typename: 'Shipment' }
    & GraphQLRecursivePick<FederationTypes['Shipment'], {"id":true}> );
  WorkOrder:
    ( { __typename: 'WorkOrder' }
    & GraphQLRecursivePick<FederationTypes['WorkOrder'], {"id":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError: ( OrderUserErrorModel );
  WorkOrder:
    | ( FulfillmentOrderModel )
    | ( ReverseFulfillmentOrderModel )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CancelOrderInput: CancelOrderInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Channel: ResolverTypeWrapper<Channel>;
  ConfirmPickupInput: ConfirmPickupInput;
  CountryCode: ResolverTypeWrapper<Scalars['CountryCode']['output']>;
  CreateShipmentInput: CreateShipmentInput;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Customer: ResolverTypeWrapper<CustomerModel>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DispositionCode: DispositionCode;
  DispositionInput: DispositionInput;
  ErpSync: ResolverTypeWrapper<ErpSyncModel>;
  ErpSyncState: ErpSyncState;
  FinancialDocument: ResolverTypeWrapper<FinancialDocumentModel>;
  FulfillmentMethod: FulfillmentMethod;
  FulfillmentOrder: ResolverTypeWrapper<FulfillmentOrderModel>;
  FulfillmentOrderActionInput: FulfillmentOrderActionInput;
  FulfillmentOrderConnection: ResolverTypeWrapper<Omit<FulfillmentOrderConnection, 'edges'> & { edges: Array<ResolversTypes['FulfillmentOrderEdge']> }>;
  FulfillmentOrderEdge: ResolverTypeWrapper<Omit<FulfillmentOrderEdge, 'node'> & { node: ResolversTypes['FulfillmentOrder'] }>;
  FulfillmentOrderLine: ResolverTypeWrapper<FulfillmentOrderLineModel>;
  FulfillmentOrderPayload: ResolverTypeWrapper<Omit<FulfillmentOrderPayload, 'fulfillmentOrder' | 'userErrors'> & { fulfillmentOrder?: Maybe<ResolversTypes['FulfillmentOrder']>, userErrors: Array<ResolversTypes['OrderUserError']> }>;
  FulfillmentOrderState: FulfillmentOrderState;
  InspectReturnInput: InspectReturnInput;
  Location: ResolverTypeWrapper<Location>;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OfflineSaleInput: OfflineSaleInput;
  Operation: ResolverTypeWrapper<Operation>;
  Order: ResolverTypeWrapper<OrderModel>;
  OrderConnection: ResolverTypeWrapper<Omit<OrderConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['OrderEdge']>, nodes: Array<ResolversTypes['Order']> }>;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  OrderEvent: ResolverTypeWrapper<OrderEventModel>;
  OrderEventConnection: ResolverTypeWrapper<Omit<OrderEventConnection, 'edges'> & { edges: Array<ResolversTypes['OrderEventEdge']> }>;
  OrderEventEdge: ResolverTypeWrapper<Omit<OrderEventEdge, 'node'> & { node: ResolversTypes['OrderEvent'] }>;
  OrderFilterInput: OrderFilterInput;
  OrderFulfillmentStatus: OrderFulfillmentStatus;
  OrderLine: ResolverTypeWrapper<OrderLineModel>;
  OrderLineInput: OrderLineInput;
  OrderPayload: ResolverTypeWrapper<Omit<OrderPayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversTypes['Order']>, userErrors: Array<ResolversTypes['OrderUserError']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  OrderReturnStatus: OrderReturnStatus;
  OrderStatus: OrderStatus;
  OrderUserError: ResolverTypeWrapper<OrderUserErrorModel>;
  Package: ResolverTypeWrapper<PackageModel>;
  PackageInput: PackageInput;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PickLineInput: PickLineInput;
  PickupDetails: ResolverTypeWrapper<PickupDetailsModel>;
  PlaceOrderInput: PlaceOrderInput;
  PlaceOrderPayload: ResolverTypeWrapper<Omit<PlaceOrderPayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversTypes['Order']>, userErrors: Array<ResolversTypes['OrderUserError']> }>;
  ProductVariant: ResolverTypeWrapper<ProductVariant>;
  Quantity: ResolverTypeWrapper<Quantity>;
  QuantityInput: QuantityInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReceiveLineInput: ReceiveLineInput;
  ReceiveReturnInput: ReceiveReturnInput;
  RecordPickInput: RecordPickInput;
  RequestReturnInput: RequestReturnInput;
  Reservation: ResolverTypeWrapper<Reservation>;
  Return: ResolverTypeWrapper<ReturnModel>;
  ReturnActionInput: ReturnActionInput;
  ReturnConnection: ResolverTypeWrapper<Omit<ReturnConnection, 'edges'> & { edges: Array<ResolversTypes['ReturnEdge']> }>;
  ReturnDisposition: ResolverTypeWrapper<ReturnDispositionModel>;
  ReturnEdge: ResolverTypeWrapper<Omit<ReturnEdge, 'node'> & { node: ResolversTypes['Return'] }>;
  ReturnLine: ResolverTypeWrapper<ReturnLineModel>;
  ReturnLineInput: ReturnLineInput;
  ReturnPayload: ResolverTypeWrapper<Omit<ReturnPayload, 'return' | 'userErrors'> & { return?: Maybe<ResolversTypes['Return']>, userErrors: Array<ResolversTypes['OrderUserError']> }>;
  ReturnState: ReturnState;
  ReturnType: ReturnType;
  ReverseFulfillmentOrder: ResolverTypeWrapper<ReverseFulfillmentOrderModel>;
  ReverseFulfillmentState: ReverseFulfillmentState;
  ShipToInput: ShipToInput;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Shipment: ResolverTypeWrapper<ShipmentModel>;
  ShipmentPayload: ResolverTypeWrapper<Omit<ShipmentPayload, 'shipment' | 'userErrors'> & { shipment?: Maybe<ResolversTypes['Shipment']>, userErrors: Array<ResolversTypes['OrderUserError']> }>;
  ShipmentState: ShipmentState;
  SubmitOfflineSalesInput: SubmitOfflineSalesInput;
  SubmitOfflineSalesPayload: ResolverTypeWrapper<Omit<SubmitOfflineSalesPayload, 'accepted' | 'userErrors'> & { accepted: Array<ResolversTypes['Order']>, userErrors: Array<ResolversTypes['OrderUserError']> }>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TillTicket: ResolverTypeWrapper<TillTicket>;
  UnitCode: ResolverTypeWrapper<Scalars['UnitCode']['output']>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  WorkOrder: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['WorkOrder']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  CancelOrderInput: CancelOrderInput;
  ID: Scalars['ID']['output'];
  Channel: Channel;
  ConfirmPickupInput: ConfirmPickupInput;
  CountryCode: Scalars['CountryCode']['output'];
  CreateShipmentInput: CreateShipmentInput;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Customer: CustomerModel;
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  DispositionInput: DispositionInput;
  ErpSync: ErpSyncModel;
  FinancialDocument: FinancialDocumentModel;
  FulfillmentOrder: FulfillmentOrderModel;
  FulfillmentOrderActionInput: FulfillmentOrderActionInput;
  FulfillmentOrderConnection: Omit<FulfillmentOrderConnection, 'edges'> & { edges: Array<ResolversParentTypes['FulfillmentOrderEdge']> };
  FulfillmentOrderEdge: Omit<FulfillmentOrderEdge, 'node'> & { node: ResolversParentTypes['FulfillmentOrder'] };
  FulfillmentOrderLine: FulfillmentOrderLineModel;
  FulfillmentOrderPayload: Omit<FulfillmentOrderPayload, 'fulfillmentOrder' | 'userErrors'> & { fulfillmentOrder?: Maybe<ResolversParentTypes['FulfillmentOrder']>, userErrors: Array<ResolversParentTypes['OrderUserError']> };
  InspectReturnInput: InspectReturnInput;
  Location: Location;
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  OfflineSaleInput: OfflineSaleInput;
  Operation: Operation;
  Order: OrderModel;
  OrderConnection: Omit<OrderConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['OrderEdge']>, nodes: Array<ResolversParentTypes['Order']> };
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  OrderEvent: OrderEventModel;
  OrderEventConnection: Omit<OrderEventConnection, 'edges'> & { edges: Array<ResolversParentTypes['OrderEventEdge']> };
  OrderEventEdge: Omit<OrderEventEdge, 'node'> & { node: ResolversParentTypes['OrderEvent'] };
  OrderFilterInput: OrderFilterInput;
  OrderLine: OrderLineModel;
  OrderLineInput: OrderLineInput;
  OrderPayload: Omit<OrderPayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversParentTypes['Order']>, userErrors: Array<ResolversParentTypes['OrderUserError']> };
  Boolean: Scalars['Boolean']['output'];
  OrderUserError: OrderUserErrorModel;
  Package: PackageModel;
  PackageInput: PackageInput;
  PageInfo: PageInfo;
  PickLineInput: PickLineInput;
  PickupDetails: PickupDetailsModel;
  PlaceOrderInput: PlaceOrderInput;
  PlaceOrderPayload: Omit<PlaceOrderPayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversParentTypes['Order']>, userErrors: Array<ResolversParentTypes['OrderUserError']> };
  ProductVariant: ProductVariant | FederationReferenceTypes['ProductVariant'];
  Quantity: Quantity;
  QuantityInput: QuantityInput;
  Query: Record<PropertyKey, never>;
  ReceiveLineInput: ReceiveLineInput;
  ReceiveReturnInput: ReceiveReturnInput;
  RecordPickInput: RecordPickInput;
  RequestReturnInput: RequestReturnInput;
  Reservation: Reservation;
  Return: ReturnModel;
  ReturnActionInput: ReturnActionInput;
  ReturnConnection: Omit<ReturnConnection, 'edges'> & { edges: Array<ResolversParentTypes['ReturnEdge']> };
  ReturnDisposition: ReturnDispositionModel;
  ReturnEdge: Omit<ReturnEdge, 'node'> & { node: ResolversParentTypes['Return'] };
  ReturnLine: ReturnLineModel;
  ReturnLineInput: ReturnLineInput;
  ReturnPayload: Omit<ReturnPayload, 'return' | 'userErrors'> & { return?: Maybe<ResolversParentTypes['Return']>, userErrors: Array<ResolversParentTypes['OrderUserError']> };
  ReverseFulfillmentOrder: ReverseFulfillmentOrderModel;
  ShipToInput: ShipToInput;
  Float: Scalars['Float']['output'];
  Shipment: ShipmentModel;
  ShipmentPayload: Omit<ShipmentPayload, 'shipment' | 'userErrors'> & { shipment?: Maybe<ResolversParentTypes['Shipment']>, userErrors: Array<ResolversParentTypes['OrderUserError']> };
  SubmitOfflineSalesInput: SubmitOfflineSalesInput;
  SubmitOfflineSalesPayload: Omit<SubmitOfflineSalesPayload, 'accepted' | 'userErrors'> & { accepted: Array<ResolversParentTypes['Order']>, userErrors: Array<ResolversParentTypes['OrderUserError']> };
  Subscription: Record<PropertyKey, never>;
  TillTicket: TillTicket;
  UnitCode: Scalars['UnitCode']['output'];
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  WorkOrder: ResolversInterfaceTypes<ResolversParentTypes>['WorkOrder'];
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

export type ChannelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Channel'] = ResolversParentTypes['Channel']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface CountryCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CountryCode'], any> {
  name: 'CountryCode';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, Partial<CustomerOrdersArgs>>;
  returns?: Resolver<Maybe<ResolversTypes['ReturnConnection']>, ParentType, ContextType, Partial<CustomerReturnsArgs>>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type ErpSyncResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ErpSync'] = ResolversParentTypes['ErpSync']> = {
  acknowledgedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastErrorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ErpSyncState'], ParentType, ContextType>;
};

export type FinancialDocumentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FinancialDocument'] = ResolversParentTypes['FinancialDocument'], FederationReferenceType extends FederationReferenceTypes['FinancialDocument'] = FederationReferenceTypes['FinancialDocument']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['FinancialDocument']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orderNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rmaNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sourceOrder?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  sourceReturn?: Resolver<Maybe<ResolversTypes['Return']>, ParentType, ContextType>;
};

export type FulfillmentOrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FulfillmentOrder'] = ResolversParentTypes['FulfillmentOrder'], FederationReferenceType extends FederationReferenceTypes['FulfillmentOrder'] = FederationReferenceTypes['FulfillmentOrder']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['FulfillmentOrder']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['FulfillmentOrderLine']>, ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['FulfillmentMethod'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  pickup?: Resolver<Maybe<ResolversTypes['PickupDetails']>, ParentType, ContextType>;
  promisedBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  shipments?: Resolver<Array<ResolversTypes['Shipment']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['FulfillmentOrderState'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FulfillmentOrderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FulfillmentOrderConnection'] = ResolversParentTypes['FulfillmentOrderConnection']> = {
  edges?: Resolver<Array<ResolversTypes['FulfillmentOrderEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type FulfillmentOrderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FulfillmentOrderEdge'] = ResolversParentTypes['FulfillmentOrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['FulfillmentOrder'], ParentType, ContextType>;
};

export type FulfillmentOrderLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FulfillmentOrderLine'] = ResolversParentTypes['FulfillmentOrderLine']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orderLine?: Resolver<ResolversTypes['OrderLine'], ParentType, ContextType>;
  pickedQuantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  shortQuantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type FulfillmentOrderPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FulfillmentOrderPayload'] = ResolversParentTypes['FulfillmentOrderPayload']> = {
  fulfillmentOrder?: Resolver<Maybe<ResolversTypes['FulfillmentOrder']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OrderUserError']>, ParentType, ContextType>;
};

export type LocationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Location'] = ResolversParentTypes['Location']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  acceptFulfillmentOrder?: Resolver<ResolversTypes['FulfillmentOrderPayload'], ParentType, ContextType, RequireFields<MutationAcceptFulfillmentOrderArgs, 'input'>>;
  approveReturn?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationApproveReturnArgs, 'input'>>;
  cancelOrder?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'input'>>;
  confirmPickup?: Resolver<ResolversTypes['FulfillmentOrderPayload'], ParentType, ContextType, RequireFields<MutationConfirmPickupArgs, 'input'>>;
  createShipment?: Resolver<ResolversTypes['ShipmentPayload'], ParentType, ContextType, RequireFields<MutationCreateShipmentArgs, 'input'>>;
  expirePickup?: Resolver<ResolversTypes['FulfillmentOrderPayload'], ParentType, ContextType, RequireFields<MutationExpirePickupArgs, 'input'>>;
  inspectReturn?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationInspectReturnArgs, 'input'>>;
  markReadyForPickup?: Resolver<ResolversTypes['FulfillmentOrderPayload'], ParentType, ContextType, RequireFields<MutationMarkReadyForPickupArgs, 'input'>>;
  placeOrder?: Resolver<ResolversTypes['PlaceOrderPayload'], ParentType, ContextType, RequireFields<MutationPlaceOrderArgs, 'input'>>;
  receiveReturn?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationReceiveReturnArgs, 'input'>>;
  recordPick?: Resolver<ResolversTypes['FulfillmentOrderPayload'], ParentType, ContextType, RequireFields<MutationRecordPickArgs, 'input'>>;
  rejectFulfillmentOrder?: Resolver<ResolversTypes['FulfillmentOrderPayload'], ParentType, ContextType, RequireFields<MutationRejectFulfillmentOrderArgs, 'input'>>;
  requestReturn?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationRequestReturnArgs, 'input'>>;
  submitOfflineSales?: Resolver<ResolversTypes['SubmitOfflineSalesPayload'], ParentType, ContextType, RequireFields<MutationSubmitOfflineSalesArgs, 'input'>>;
};

export type OperationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Operation'] = ResolversParentTypes['Operation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  acknowledgedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  erpSync?: Resolver<ResolversTypes['ErpSync'], ParentType, ContextType>;
  fulfillmentOrders?: Resolver<Array<ResolversTypes['FulfillmentOrder']>, ParentType, ContextType>;
  fulfillmentStatus?: Resolver<ResolversTypes['OrderFulfillmentStatus'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['OrderLine']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  returnStatus?: Resolver<ResolversTypes['OrderReturnStatus'], ParentType, ContextType>;
  returns?: Resolver<Array<ResolversTypes['Return']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  ticket?: Resolver<Maybe<ResolversTypes['TillTicket']>, ParentType, ContextType>;
  timeline?: Resolver<ResolversTypes['OrderEventConnection'], ParentType, ContextType, Partial<OrderTimelineArgs>>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Order']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type OrderEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEvent'] = ResolversParentTypes['OrderEvent']> = {
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sourceEventId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sourceSystem?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrderEventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEventConnection'] = ResolversParentTypes['OrderEventConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrderEventEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OrderEventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEventEdge'] = ResolversParentTypes['OrderEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OrderEvent'], ParentType, ContextType>;
};

export type OrderLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderLine'] = ResolversParentTypes['OrderLine'], FederationReferenceType extends FederationReferenceTypes['OrderLine'] = FederationReferenceTypes['OrderLine']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['OrderLine']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  canceledQuantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  fulfilledQuantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  refundableQuantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  reservation?: Resolver<Maybe<ResolversTypes['Reservation']>, ParentType, ContextType>;
  returnedQuantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  taxCategoryCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  titleSnapshot?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  variant?: Resolver<ResolversTypes['ProductVariant'], ParentType, ContextType>;
};

export type OrderPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderPayload'] = ResolversParentTypes['OrderPayload']> = {
  operation?: Resolver<Maybe<ResolversTypes['Operation']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OrderUserError']>, ParentType, ContextType>;
};

export type OrderUserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderUserError'] = ResolversParentTypes['OrderUserError']> = {
  availableQuantity?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currentVersion?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  rightTotal?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PackageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Package'] = ResolversParentTypes['Package']> = {
  lines?: Resolver<Array<ResolversTypes['FulfillmentOrderLine']>, ParentType, ContextType>;
  sscc?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PickupDetailsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PickupDetails'] = ResolversParentTypes['PickupDetails']> = {
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  pickedUpAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  pickupCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  readyAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  remindersSent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PlaceOrderPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlaceOrderPayload'] = ResolversParentTypes['PlaceOrderPayload']> = {
  operation?: Resolver<Maybe<ResolversTypes['Operation']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OrderUserError']>, ParentType, ContextType>;
};

export type ProductVariantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariant'] = ResolversParentTypes['ProductVariant'], FederationReferenceType extends FederationReferenceTypes['ProductVariant'] = FederationReferenceTypes['ProductVariant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ProductVariant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QuantityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quantity'] = ResolversParentTypes['Quantity']> = {
  unit?: Resolver<ResolversTypes['UnitCode'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  fulfillmentOrders?: Resolver<ResolversTypes['FulfillmentOrderConnection'], ParentType, ContextType, RequireFields<QueryFulfillmentOrdersArgs, 'locationId'>>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
  orderByNumber?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderByNumberArgs, 'number'>>;
  orderByTicket?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderByTicketArgs, 'locationId' | 'registerId' | 'registerTransactionId'>>;
  orders?: Resolver<ResolversTypes['OrderConnection'], ParentType, ContextType, Partial<QueryOrdersArgs>>;
  return?: Resolver<Maybe<ResolversTypes['Return']>, ParentType, ContextType, RequireFields<QueryReturnArgs, 'id'>>;
};

export type ReservationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reservation'] = ResolversParentTypes['Reservation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ReturnResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Return'] = ResolversParentTypes['Return'], FederationReferenceType extends FederationReferenceTypes['Return'] = FederationReferenceTypes['Return']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Return']> | FederationReferenceType, FederationReferenceType, ContextType>;
  erpSync?: Resolver<ResolversTypes['ErpSync'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['ReturnLine']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  refundableTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  reverseFulfillmentOrders?: Resolver<Array<ResolversTypes['ReverseFulfillmentOrder']>, ParentType, ContextType>;
  rmaNumber?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ReturnState'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ReturnType'], ParentType, ContextType>;
};

export type ReturnConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnConnection'] = ResolversParentTypes['ReturnConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ReturnEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ReturnDispositionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnDisposition'] = ResolversParentTypes['ReturnDisposition']> = {
  code?: Resolver<ResolversTypes['DispositionCode'], ParentType, ContextType>;
  decidedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  toState?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReturnEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnEdge'] = ResolversParentTypes['ReturnEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Return'], ParentType, ContextType>;
};

export type ReturnLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnLine'] = ResolversParentTypes['ReturnLine']> = {
  acceptedQuantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  dispositions?: Resolver<Array<ResolversTypes['ReturnDisposition']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orderLine?: Resolver<Maybe<ResolversTypes['OrderLine']>, ParentType, ContextType>;
  reasonCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  receivedQuantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  refundableAmount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  requestedQuantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  variant?: Resolver<ResolversTypes['ProductVariant'], ParentType, ContextType>;
};

export type ReturnPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnPayload'] = ResolversParentTypes['ReturnPayload']> = {
  operation?: Resolver<Maybe<ResolversTypes['Operation']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  return?: Resolver<Maybe<ResolversTypes['Return']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OrderUserError']>, ParentType, ContextType>;
};

export type ReverseFulfillmentOrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReverseFulfillmentOrder'] = ResolversParentTypes['ReverseFulfillmentOrder'], FederationReferenceType extends FederationReferenceTypes['ReverseFulfillmentOrder'] = FederationReferenceTypes['ReverseFulfillmentOrder']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ReverseFulfillmentOrder']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  return?: Resolver<ResolversTypes['Return'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ReverseFulfillmentState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ShipmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Shipment'] = ResolversParentTypes['Shipment'], FederationReferenceType extends FederationReferenceTypes['Shipment'] = FederationReferenceTypes['Shipment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Shipment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  carrier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fulfillmentOrder?: Resolver<ResolversTypes['FulfillmentOrder'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  packages?: Resolver<Array<ResolversTypes['Package']>, ParentType, ContextType>;
  shippedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ShipmentState'], ParentType, ContextType>;
  trackingNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ShipmentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShipmentPayload'] = ResolversParentTypes['ShipmentPayload']> = {
  shipment?: Resolver<Maybe<ResolversTypes['Shipment']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OrderUserError']>, ParentType, ContextType>;
};

export type SubmitOfflineSalesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SubmitOfflineSalesPayload'] = ResolversParentTypes['SubmitOfflineSalesPayload']> = {
  accepted?: Resolver<Array<ResolversTypes['Order']>, ParentType, ContextType>;
  duplicates?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OrderUserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  fulfillmentOrderUpdated?: SubscriptionResolver<ResolversTypes['FulfillmentOrder'], "fulfillmentOrderUpdated", ParentType, ContextType, RequireFields<SubscriptionFulfillmentOrderUpdatedArgs, 'locationId'>>;
  orderUpdated?: SubscriptionResolver<ResolversTypes['Order'], "orderUpdated", ParentType, ContextType, RequireFields<SubscriptionOrderUpdatedArgs, 'id'>>;
  ordersUpdated?: SubscriptionResolver<ResolversTypes['Order'], "ordersUpdated", ParentType, ContextType, Partial<SubscriptionOrdersUpdatedArgs>>;
  returnUpdated?: SubscriptionResolver<ResolversTypes['Return'], "returnUpdated", ParentType, ContextType, RequireFields<SubscriptionReturnUpdatedArgs, 'id'>>;
};

export type TillTicketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TillTicket'] = ResolversParentTypes['TillTicket']> = {
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  registerId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  registerTransactionId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface UnitCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['UnitCode'], any> {
  name: 'UnitCode';
}

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'OrderUserError', ParentType, ContextType>;
};

export type WorkOrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkOrder'] = ResolversParentTypes['WorkOrder'], FederationReferenceType extends FederationReferenceTypes['WorkOrder'] = FederationReferenceTypes['WorkOrder']> = {
  __resolveType: TypeResolveFn<'FulfillmentOrder' | 'ReverseFulfillmentOrder', ParentType, ContextType>;
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['WorkOrder']> | FederationReferenceType, FederationReferenceType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Channel?: ChannelResolvers<ContextType>;
  CountryCode?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  ErpSync?: ErpSyncResolvers<ContextType>;
  FinancialDocument?: FinancialDocumentResolvers<ContextType>;
  FulfillmentOrder?: FulfillmentOrderResolvers<ContextType>;
  FulfillmentOrderConnection?: FulfillmentOrderConnectionResolvers<ContextType>;
  FulfillmentOrderEdge?: FulfillmentOrderEdgeResolvers<ContextType>;
  FulfillmentOrderLine?: FulfillmentOrderLineResolvers<ContextType>;
  FulfillmentOrderPayload?: FulfillmentOrderPayloadResolvers<ContextType>;
  Location?: LocationResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Operation?: OperationResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderEvent?: OrderEventResolvers<ContextType>;
  OrderEventConnection?: OrderEventConnectionResolvers<ContextType>;
  OrderEventEdge?: OrderEventEdgeResolvers<ContextType>;
  OrderLine?: OrderLineResolvers<ContextType>;
  OrderPayload?: OrderPayloadResolvers<ContextType>;
  OrderUserError?: OrderUserErrorResolvers<ContextType>;
  Package?: PackageResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PickupDetails?: PickupDetailsResolvers<ContextType>;
  PlaceOrderPayload?: PlaceOrderPayloadResolvers<ContextType>;
  ProductVariant?: ProductVariantResolvers<ContextType>;
  Quantity?: QuantityResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Reservation?: ReservationResolvers<ContextType>;
  Return?: ReturnResolvers<ContextType>;
  ReturnConnection?: ReturnConnectionResolvers<ContextType>;
  ReturnDisposition?: ReturnDispositionResolvers<ContextType>;
  ReturnEdge?: ReturnEdgeResolvers<ContextType>;
  ReturnLine?: ReturnLineResolvers<ContextType>;
  ReturnPayload?: ReturnPayloadResolvers<ContextType>;
  ReverseFulfillmentOrder?: ReverseFulfillmentOrderResolvers<ContextType>;
  Shipment?: ShipmentResolvers<ContextType>;
  ShipmentPayload?: ShipmentPayloadResolvers<ContextType>;
  SubmitOfflineSalesPayload?: SubmitOfflineSalesPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TillTicket?: TillTicketResolvers<ContextType>;
  UnitCode?: GraphQLScalarType;
  UserError?: UserErrorResolvers<ContextType>;
  WorkOrder?: WorkOrderResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  pii?: PiiDirectiveResolver<any, any, ContextType>;
  sor?: SorDirectiveResolver<any, any, ContextType>;
};
