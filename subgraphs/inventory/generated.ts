import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Availability as AvailabilityModel, LocationAvailability as LocationAvailabilityModel, Location as LocationModel, Reservation as ReservationModel, InventoryDiscrepancy as InventoryDiscrepancyModel, Allocation as AllocationModel, InventoryUserError as InventoryUserErrorModel, InventoryLevel as InventoryLevelModel, InventoryCount as InventoryCountModel, InventoryTransaction as InventoryTransactionModel, ProductVariant as ProductVariantModel, Channel as ChannelModel, WorkOrder as WorkOrderModel } from './resolvers/models.ts';
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
  /** An instant, RFC 3339 with an offset. */
  DateTime: { input: string; output: Date | string; }
  /** An exact decimal number, as text. */
  Decimal: { input: string; output: string; }
  /** A unit of measure, UN/CEFACT Recommendation 20. */
  UnitCode: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** A correction of what is on hand at one place. */
export type AdjustInventoryInput = {
  /** What to correct: 1 to 500 lines. */
  changes: Array<AdjustLineInput>;
  /** Names this intent; repeating it with the same key books nothing twice. */
  idempotencyKey: Scalars['String']['input'];
  /** The place. */
  locationId: Scalars['ID']['input'];
  /** When it happened at the place; now when left out. */
  occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Why: DAMAGED, FOUND or THEFT, for example; 1 to 60 characters. */
  reasonCode: Scalars['String']['input'];
  /** The state goods were found in or are missing from: AVAILABLE (when left out), SAFETY_STOCK, QUALITY_HOLD or DAMAGED. */
  state?: InputMaybe<InventoryState>;
};

/** What became of a correction. */
export type AdjustInventoryPayload = {
  /** Whether this request had been carried out before. */
  replayed: Scalars['Boolean']['output'];
  /** The lines written to the ledger, in the order of the changes. */
  transactions: Array<InventoryTransaction>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<InventoryUserError>;
};

/** One thing to correct. */
export type AdjustLineInput = {
  /** How much more (or, below zero, less) is there, in whole base units; not zero. */
  delta: QuantityInput;
  /** Do it only if the level still has this version. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** What to correct. */
  variantId: Scalars['ID']['input'];
};

/** Stock promised to a confirmed order; it does not expire. */
export type Allocation = {
  /** How much of it is not there yet. Goods that arrive are for those who claimed first. */
  backordered: Quantity;
  /** When the last of what is not there is expected; nothing when all is there or nobody has told. */
  expectedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The allocation's identity. */
  id: Scalars['ID']['output'];
  /** Where it will be taken from. */
  location: Location;
  /** How much of what has not left yet was taken from the shelf for the order. */
  picked: Quantity;
  /** How much is promised. */
  quantity: Quantity;
  /** The reservation it came from. */
  reservation?: Maybe<Reservation>;
  /** Where it stands. */
  state: AllocationState;
  /** What is promised. */
  variant: ProductVariant;
};

/** Where an allocation stands. */
export type AllocationState =
  /** Promised, still on the shelf. */
  | 'ALLOCATED'
  /** The goods have left. */
  | 'CONSUMED'
  /** Given back: the order was canceled, nobody collected it, or the goods are gone. */
  | 'DEALLOCATED'
  /** All that is left of it was taken from the shelf. */
  | 'PICKED'
  /** Continues at another place. */
  | 'REALLOCATED';

/** What to compare with the ledger. */
export type AuditInventoryInput = {
  /** Go on after this level; what the answer before called `next`. */
  after?: InputMaybe<Scalars['ID']['input']>;
  /** Names this intent; repeating it with the same key compares again and opens nothing twice. */
  idempotencyKey: Scalars['String']['input'];
  /** The place. */
  locationId: Scalars['ID']['input'];
  /** Only these variants, at most 100; when left out, up to 1,000 levels of the place from the one after `after` on. */
  variantIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** What became of a comparison with the ledger. */
export type AuditInventoryPayload = {
  /** What did not agree and is open. */
  discrepancies: Array<InventoryDiscrepancy>;
  /** How many levels were compared. */
  levels: Scalars['Int']['output'];
  /** Where to go on; nothing when the place was compared to its end. */
  next?: Maybe<Scalars['ID']['output']>;
  /** Why nothing was compared; empty when it was. */
  userErrors: Array<InventoryUserError>;
};

/** What may be promised of one variant in one channel. */
export type Availability = {
  /** How much can be claimed now, from all places that send parcels or, when a collection place was named, from that place. For variants whose stock is not counted: 1,000,000,000, the largest quantity the graph accepts. */
  availableToPromise: Quantity;
  /** The same, place by place, most first; places that do not send parcels are here too, for those who collect. */
  byLocation: Array<LocationAvailability>;
  /** The channel that asked. */
  channel: Channel;
  /** How old this answer is and how it was come by. */
  freshness: Freshness;
  /** What is expected and still to be had, earliest first; empty when the channel does not sell what is to come. */
  nextSupply: Array<SupplyPromise>;
  /** What lies there physically; for staff. */
  onHand?: Maybe<Quantity>;
  /** What carts, tills and orders that are not confirmed hold; for staff. */
  reserved?: Maybe<Quantity>;
  /** What is kept back on purpose; for staff. */
  safetyStock?: Maybe<Quantity>;
  /** The answer in one word. */
  status: AvailabilityStatus;
  /** The variant asked about. */
  variant: ProductVariant;
};

/** Whether a variant can be had. */
export type AvailabilityStatus =
  /** Nothing can be promised now; it may be ordered all the same. */
  | 'BACKORDER'
  /** Enough can be promised, or stock is not counted. */
  | 'IN_STOCK'
  /** Little is left: five or less, unless the channel's policy says otherwise. */
  | 'LOW_STOCK'
  /** Nothing can be promised. */
  | 'OUT_OF_STOCK'
  /** Not yet on sale; it may be ordered all the same. */
  | 'PREORDER'
  /** No system has told us of this variant. */
  | 'UNKNOWN';

/** A way of selling; product owns it. */
export type Channel = {
  /** The channel's identity. */
  id: Scalars['ID']['output'];
};

/** What was found of one variant. */
export type CountLineInput = {
  /** Everything that lies there, in whatever state, in whole base units; zero when nothing does. */
  counted: QuantityInput;
  /** What was counted. */
  variantId: Scalars['ID']['input'];
};

/** Where goods shall go. */
export type DestinationInput = {
  /** The country they go to. */
  countryCode: Scalars['CountryCode']['input'];
  /** Latitude of the customer in degrees, WGS 84, when it is known: of equal places the nearest is taken. */
  lat?: InputMaybe<Scalars['Float']['input']>;
  /** The place where they will be collected: only its stock is promised then. */
  locationId?: InputMaybe<Scalars['ID']['input']>;
  /** Longitude of the customer in degrees, WGS 84. */
  lon?: InputMaybe<Scalars['Float']['input']>;
  /** The postal code they go to. */
  postalCode?: InputMaybe<Scalars['String']['input']>;
};

/** How old an answer is, and how it was come by. */
export type Freshness = {
  /** The moment the answer is known to have been true. */
  asOf: Scalars['DateTime']['output'];
  /** How the answer was come by. */
  basis: FreshnessBasis;
  /** That system's position: it grows with each change of what was asked about. */
  sourceSequence?: Maybe<Scalars['String']['output']>;
  /** The system whose fact it is. */
  sourceSystem: Scalars['String']['output'];
  /** Milliseconds from that moment until now. */
  stalenessMs: Scalars['Int']['output'];
};

/** How an answer was come by. */
export type FreshnessBasis =
  /** From memory, no older than the bound promised. */
  | 'CACHED'
  /** Read from the ledger's levels for this question. */
  | 'CONFIRMED'
  /** Computed from older facts: a place has not been heard of for a while. */
  | 'ESTIMATED'
  /** Older than the bound, or about a place that cannot be reached: nothing better could be had. */
  | 'FALLBACK';

/** A circle on the map. */
export type GeoInput = {
  /** Latitude of its middle in degrees, WGS 84. */
  lat: Scalars['Float']['input'];
  /** Longitude of its middle in degrees, WGS 84. */
  lon: Scalars['Float']['input'];
  /** Its radius in kilometres. */
  radiusKm: Scalars['Float']['input'];
};

/** A whole look at what lay at one place. */
export type IngestInventorySnapshotInput = {
  /** The moment it was taken; sales and receipts after that are kept. */
  asOf: Scalars['DateTime']['input'];
  /** Names this intent; repeating it with the same key applies nothing twice. */
  idempotencyKey: Scalars['String']['input'];
  /** The place. */
  locationId: Scalars['ID']['input'];
  /** That system's own number of the snapshot: the same number for the same place is applied once. */
  sourceSequence: Scalars['String']['input'];
  /** The system that looked, such as WMS. */
  sourceSystem: Scalars['String']['input'];
  /** Where the file is; only addresses that the graph was told of are read. */
  url: Scalars['String']['input'];
};

/** What became of the rows of a snapshot; each row is counted once. */
export type IngestInventorySnapshotPayload = {
  /** Rows that changed the books. */
  acceptedRows: Scalars['Int']['output'];
  /** Rows that could not be taken; they are set aside with their reasons. */
  rejectedRows: Scalars['Int']['output'];
  /** Whether this request had been carried out before. */
  replayed: Scalars['Boolean']['output'];
  /** Rows that the books agreed with already; nothing was written for them. */
  unchangedRows: Scalars['Int']['output'];
  /** Why nothing was done; empty when it was. */
  userErrors: Array<InventoryUserError>;
};

/** What was found on a shelf at one moment. */
export type InventoryCount = {
  /** How right the books were at that moment, from 0 to 1. */
  accuracy: Scalars['Decimal']['output'];
  /** How much was found, in whatever state. */
  counted: Quantity;
  /** When. */
  countedAt: Scalars['DateTime']['output'];
  /** How much more (or, below zero, less) was found than expected. */
  difference: Quantity;
  /** What the books say of that moment, facts that were told of later included, the count itself not. */
  expected: Quantity;
  /** The count's identity. */
  id: Scalars['ID']['output'];
  /** Where. */
  location: Location;
  /** When it was written here. */
  recordedAt: Scalars['DateTime']['output'];
  /** What was counted. */
  variant: ProductVariant;
};

/** One page of counts. */
export type InventoryCountConnection = {
  /** The counts of this page with their cursors. */
  edges: Array<InventoryCountEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One count in a list. */
export type InventoryCountEdge = {
  /** Points at this count in this list. */
  cursor: Scalars['String']['output'];
  /** The count. */
  node: InventoryCount;
};

/** Stock that is not as it should be. It is opened by a machine and closed by a person, or when it is seen no more. */
export type InventoryDiscrepancy = {
  /** How it came about, as far as the ledger tells, such as COUNT COUNTED or LEVEL_NOT_ITS_LEDGER available +3. */
  cause?: Maybe<Scalars['String']['output']>;
  /** When it was first seen. */
  detectedAt: Scalars['DateTime']['output'];
  /** What should be: what the ledger adds up to, what claims hold, or what was promised. */
  expected: Quantity;
  /** The discrepancy's identity. */
  id: Scalars['ID']['output'];
  /** What is not as it should be. */
  kind: InventoryDiscrepancyKind;
  /** The stock level it is about, as it stands now. */
  level: InventoryLevel;
  /** What is: what the level says, or what there is to keep the promises with. */
  observed: Quantity;
  /** How it was closed. */
  resolution?: Maybe<Scalars['String']['output']>;
  /** When it was closed. */
  resolvedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether it waits for somebody. */
  state: InventoryDiscrepancyState;
};

/** One page of discrepancies. */
export type InventoryDiscrepancyConnection = {
  /** The discrepancies of this page with their cursors. */
  edges: Array<InventoryDiscrepancyEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One discrepancy in a list. */
export type InventoryDiscrepancyEdge = {
  /** Points at this discrepancy in this list. */
  cursor: Scalars['String']['output'];
  /** The discrepancy. */
  node: InventoryDiscrepancy;
};

/** What is not as it should be. */
export type InventoryDiscrepancyKind =
  /** The level holds more or less for claims than the reservations and allocations say. */
  | 'CLAIM_DRIFT'
  /** The level is not the sum of its ledger: somebody else than the ledger wrote it, or lines are gone. */
  | 'LEDGER_DRIFT'
  /** More was promised than there is: goods were counted, sold or shipped away below it. */
  | 'OVERSOLD';

/** Whether a discrepancy waits for somebody. */
export type InventoryDiscrepancyState =
  /** It does. */
  | 'OPEN'
  /** It does not. */
  | 'RESOLVED';

/** The stock of one variant at one place. */
export type InventoryLevel = {
  /** How old this answer is and how it was come by. */
  freshness: Freshness;
  /** The level's identity. */
  id: Scalars['ID']['output'];
  /** Where it lies. */
  location: Location;
  /** How much of it is in which state. On hand is the sum of the others but for what is backordered: that much AVAILABLE is below zero. */
  quantities: Array<InventoryStateQuantity>;
  /** What lies there. */
  variant: ProductVariant;
  /** Grows by one with each change; pass it as `expectedVersion` to change only what was seen. */
  version: Scalars['Int']['output'];
};

/** One page of stock levels. */
export type InventoryLevelConnection = {
  /** The levels of this page with their cursors. */
  edges: Array<InventoryLevelEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One stock level in a list. */
export type InventoryLevelEdge = {
  /** Points at this level in this list. */
  cursor: Scalars['String']['output'];
  /** The level. */
  node: InventoryLevel;
};

/** What may be done with a piece of stock. */
export type InventoryState =
  /** Promised to a confirmed order. */
  | 'ALLOCATED'
  /** Free to be claimed. */
  | 'AVAILABLE'
  /** Sold and not there yet. */
  | 'BACKORDERED'
  /** Cannot be sold. */
  | 'DAMAGED'
  /** Ordered from a supplier. */
  | 'INCOMING'
  /** On its way between two places of ours. */
  | 'IN_TRANSIT'
  /** Physically there, in whatever state. */
  | 'ON_HAND'
  /** Taken from the shelf for an order. */
  | 'PICKED'
  /** Held until somebody has looked at it. */
  | 'QUALITY_HOLD'
  /** Claimed for a while by a cart, a till or an order that is not confirmed. */
  | 'RESERVED'
  /** Kept back on purpose. */
  | 'SAFETY_STOCK';

/** How much is in one state. */
export type InventoryStateQuantity = {
  /** How much. */
  quantity: Quantity;
  /** The state. */
  state: InventoryState;
};

/** One line of the stock ledger: it is never changed, and the levels are the sum of all of them. */
export type InventoryTransaction = {
  /** The state the goods left; nothing when they came from outside. */
  fromState?: Maybe<InventoryState>;
  /** The line's identity. */
  id: Scalars['ID']['output'];
  /** The version its level reached with it: the lines of one level, by this, are its history without a gap. */
  ledgerPosition: Scalars['Int']['output'];
  /** Where it happened. */
  location: Location;
  /** When it happened at the place. */
  occurredAt: Scalars['DateTime']['output'];
  /** How much, always above zero. */
  quantity: Quantity;
  /** Why, in the words of whoever did it. */
  reasonCode?: Maybe<Scalars['String']['output']>;
  /** When it was written here. */
  recordedAt: Scalars['DateTime']['output'];
  /** That system's own id of it: the same id is never booked twice. */
  sourceEventId: Scalars['String']['output'];
  /** The system that told of it. */
  sourceSystem: Scalars['String']['output'];
  /** The state the goods reached; nothing when they left the place. */
  toState?: Maybe<InventoryState>;
  /** What happened. */
  type: InventoryTransactionType;
  /** What it happened to. */
  variant: ProductVariant;
};

/** One page of ledger lines. */
export type InventoryTransactionConnection = {
  /** The lines of this page with their cursors. */
  edges: Array<InventoryTransactionEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One ledger line in a list. */
export type InventoryTransactionEdge = {
  /** Points at this line in this list. */
  cursor: Scalars['String']['output'];
  /** The line. */
  node: InventoryTransaction;
};

/** What happened to stock. */
export type InventoryTransactionType =
  /** The books were corrected. */
  | 'ADJUSTMENT'
  /** A claim became an order's. */
  | 'ALLOCATE'
  /** The shelf was counted. */
  | 'COUNT'
  /** Goods were taken from the shelf for an order, or put back. */
  | 'PICK'
  /** Goods came in. */
  | 'RECEIPT'
  /** A claim was given back or ran out. */
  | 'RELEASE'
  /** Stock was claimed for a while. */
  | 'RESERVE'
  /** Goods came back from a customer. */
  | 'RETURN'
  /** Goods were sold and taken at once. */
  | 'SALE'
  /** Goods were written off. */
  | 'SCRAP'
  /** Goods left for a customer. */
  | 'SHIP'
  /** Goods came from another place of ours. */
  | 'TRANSFER_IN'
  /** Goods left for another place of ours. */
  | 'TRANSFER_OUT';

/** Why stock was not claimed or changed. */
export type InventoryUserError = UserError & {
  /** How much could be had instead, when there was not enough. */
  availableQuantity?: Maybe<Quantity>;
  /** Stable and upper case: INSUFFICIENT_STOCK, QUANTITY_INVALID, VARIANT_UNKNOWN, for example. */
  code: Scalars['String']['output'];
  /** The path of the input field that caused it, such as input, lines, 0, quantity. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** A sentence for a person. */
  message: Scalars['String']['output'];
  /** Whether the same request may succeed later, unchanged. */
  retryable: Scalars['Boolean']['output'];
};

/** A place that can hold stock or hand it over. */
export type Location = {
  /** What it can do for a customer. */
  capabilities: Array<LocationCapability>;
  /** The short name that systems and people know the place by. */
  code: Scalars['String']['output'];
  /** Whether it can be reached. A place that has never given a sign of life counts as online: none is expected of it. */
  connectivity: LocationConnectivity;
  /** Its GS1 Global Location Number. */
  gln?: Maybe<Scalars['String']['output']>;
  /** The place's identity. */
  id: Scalars['ID']['output'];
  /** What sort of place it is. */
  kind: LocationKind;
  /** Its last sign of life. */
  lastSeenAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its name, for people. */
  name: Scalars['String']['output'];
  /** When it works, in its own time; empty when it is always open or nobody has told. */
  openingHours: Array<OpeningHours>;
  /** The countries it sends parcels to; nothing: to all. */
  shipsTo?: Maybe<Array<Scalars['CountryCode']['output']>>;
  /** Its IANA time zone, such as Europe/London. */
  timeZone: Scalars['String']['output'];
};

/** What may be promised of one variant at one place. */
export type LocationAvailability = {
  /** How much can be claimed there now. */
  availableToPromise: Quantity;
  /** How old this answer is and how it was come by. */
  freshness: Freshness;
  /** The place. */
  location: Location;
  /** When an order of now can be collected there; nothing when nothing can. */
  pickupReadyBy?: Maybe<Scalars['DateTime']['output']>;
};

/** What a place can do for a customer. */
export type LocationCapability =
  /** Hands over what was ordered before. */
  | 'PICKUP'
  /** Takes goods back. */
  | 'RETURN'
  /** Sends parcels. */
  | 'SHIP'
  /** A store that sends parcels from its shelves. */
  | 'SHIP_FROM_STORE'
  /** Sends stock to other places of ours. */
  | 'TRANSFER';

/** One page of places. */
export type LocationConnection = {
  /** The places of this page with their cursors. */
  edges: Array<LocationEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** Whether a place can be reached. */
export type LocationConnectivity =
  /** It has not been heard of for two minutes; what is said of its stock is an estimate. */
  | 'DEGRADED'
  /** It has not been heard of for ten minutes; it may be selling from its shelf unseen, and less of its stock is promised. */
  | 'OFFLINE'
  /** It can. */
  | 'ONLINE';

/** One place in a list. */
export type LocationEdge = {
  /** Points at this place in this list. */
  cursor: Scalars['String']['output'];
  /** The place. */
  node: Location;
};

/** What sort of place holds the stock. */
export type LocationKind =
  /** A shop's shelves for pickers only. */
  | 'DARK_STORE'
  /** A warehouse of our own. */
  | 'DISTRIBUTION_CENTER'
  /** A shop that customers visit. */
  | 'STORE'
  /** A warehouse that somebody runs for us. */
  | 'THIRD_PARTY_LOGISTICS'
  /** A supplier who sends to the customer directly. */
  | 'VENDOR'
  /** A place that exists only in the books. */
  | 'VIRTUAL';

/** A wish to move goods between states at one place. */
export type MoveInventoryStateInput = {
  /** Between ALLOCATED and PICKED: only of this allocation; the oldest ones first when left out. */
  allocationId?: InputMaybe<Scalars['ID']['input']>;
  /** The state the goods are in: AVAILABLE, SAFETY_STOCK, QUALITY_HOLD or DAMAGED; or, for goods of orders, ALLOCATED or PICKED. */
  from: InventoryState;
  /** Names this intent; repeating it with the same key moves nothing twice. */
  idempotencyKey: Scalars['String']['input'];
  /** The place. */
  locationId: Scalars['ID']['input'];
  /** How much, in whole base units. */
  quantity: QuantityInput;
  /** Why; 1 to 60 characters. */
  reasonCode: Scalars['String']['input'];
  /** The state they shall be in: another of the same four; or the other one of the two. */
  to: InventoryState;
  /** What to move. */
  variantId: Scalars['ID']['input'];
};

export type Mutation = {
  /** Corrects how much is on hand at one place, for a stated reason, for all lines or for none. */
  adjustInventory: AdjustInventoryPayload;
  /** Compares levels of a place with their ledger now instead of when their turn comes; what does not agree is opened as discrepancies. */
  auditInventory: AuditInventoryPayload;
  /** Gives an active reservation more time, once. */
  extendReservation: ReserveInventoryPayload;
  /** Sets the books of a place right by a file of what lay there at one moment: CSV (or .csv.gz) with the columns sku, quantity and, if need be, unit. What happened since that moment stays; articles that are not listed stay as they are. A large file may take longer than you wait: it goes on, and the same request sent again tells of its end. */
  ingestInventorySnapshot: IngestInventorySnapshotPayload;
  /** Moves goods at one place between being free to be claimed, kept back, held for quality and damaged, or goods of orders from the shelf to the picked ones and back; claims move goods between the other states. */
  moveInventoryState: AdjustInventoryPayload;
  /** Sets the books right by what was found on the shelves, as of the moment it was counted: what happened after that stays, and what happened before and is told of later changes nothing any more. */
  recordInventoryCount: AdjustInventoryPayload;
  /** Gives claimed stock back. Releasing what is already released or expired changes nothing. */
  releaseReservation: ReserveInventoryPayload;
  /** Claims stock for a while, for all lines or for none, unless `allowPartial` says otherwise. What is claimed cannot be sold to anybody else. */
  reserveInventory: ReserveInventoryPayload;
  /** Closes a discrepancy, the way a person decided. Nothing is ever corrected without this. */
  resolveInventoryDiscrepancy: AdjustInventoryPayload;
  /** Moves a claim to another place, if that has enough: an active reservation with what is left of its time, or, when its order is confirmed, the order's stock. It continues there under another id. */
  transferReservation: ReserveInventoryPayload;
};


export type MutationAdjustInventoryArgs = {
  input: AdjustInventoryInput;
};


export type MutationAuditInventoryArgs = {
  input: AuditInventoryInput;
};


export type MutationExtendReservationArgs = {
  input: ReservationActionInput;
};


export type MutationIngestInventorySnapshotArgs = {
  input: IngestInventorySnapshotInput;
};


export type MutationMoveInventoryStateArgs = {
  input: MoveInventoryStateInput;
};


export type MutationRecordInventoryCountArgs = {
  input: RecordInventoryCountInput;
};


export type MutationReleaseReservationArgs = {
  input: ReservationActionInput;
};


export type MutationReserveInventoryArgs = {
  input: ReserveInventoryInput;
};


export type MutationResolveInventoryDiscrepancyArgs = {
  input: ResolveInventoryDiscrepancyInput;
};


export type MutationTransferReservationArgs = {
  input: TransferReservationInput;
};

/** A span of a weekday during which a place is open. */
export type OpeningHours = {
  /** When it opens, such as 08:30. */
  from: Scalars['String']['output'];
  /** When it closes, such as 18:00; 24:00 is the end of the day. */
  to: Scalars['String']['output'];
  /** The day. */
  weekday: Weekday;
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

/** One sellable article; product owns it, here are its stock facts. */
export type ProductVariant = {
  /** What may be promised now, and how sure that is. */
  availability?: Maybe<Availability>;
  /** The unit stock is counted in. */
  baseUnit: Scalars['UnitCode']['output'];
  /** The variant's identity. */
  id: Scalars['ID']['output'];
  /** The stock of each place, state by state; for staff, nothing for shoppers. */
  inventoryLevels?: Maybe<InventoryLevelConnection>;
  /** Whether stock is counted at all; false for services, fees and vouchers. */
  trackInventory: Scalars['Boolean']['output'];
};


/** One sellable article; product owns it, here are its stock facts. */
export type ProductVariantAvailabilityArgs = {
  channelId: Scalars['ID']['input'];
  destination?: InputMaybe<DestinationInput>;
};


/** One sellable article; product owns it, here are its stock facts. */
export type ProductVariantInventoryLevelsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  locationIds?: InputMaybe<Array<Scalars['ID']['input']>>;
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
  /** The unit counted in: the variant's base unit, or where it is said another unit that it is sold in. */
  unit: Scalars['UnitCode']['input'];
  /** How many units; stock is claimed and adjusted in whole base units. */
  value: Scalars['Decimal']['input'];
};

export type Query = {
  /** What may be promised of these variants now, one answer for each id asked, in the order asked. */
  availability: Array<Availability>;
  /** What was found when a place was counted, and how right the books were, newest count first; for staff. */
  inventoryCounts: InventoryCountConnection;
  /** Stock that is not what its ledger says, or less than was promised: the open ones, newest first; for staff. */
  inventoryDiscrepancies: InventoryDiscrepancyConnection;
  /** The place with this id, or nothing when there is none. */
  location?: Maybe<Location>;
  /** Places that hold or hand over stock, by code; with `near`, the nearest first. */
  locations: LocationConnection;
  /** The reservation with this id; a shopper finds only what was reserved in their own name. */
  reservation?: Maybe<Reservation>;
};


export type QueryAvailabilityArgs = {
  channelId: Scalars['ID']['input'];
  destination?: InputMaybe<DestinationInput>;
  variantIds: Array<Scalars['ID']['input']>;
};


export type QueryInventoryCountsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  locationId: Scalars['ID']['input'];
  variantId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryInventoryDiscrepanciesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  locationId?: InputMaybe<Scalars['ID']['input']>;
  state?: InputMaybe<InventoryDiscrepancyState>;
};


export type QueryLocationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryLocationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  capability?: InputMaybe<LocationCapability>;
  first?: InputMaybe<Scalars['Int']['input']>;
  near?: InputMaybe<GeoInput>;
};


export type QueryReservationArgs = {
  id: Scalars['ID']['input'];
};

/** What was found on the shelves of one place. */
export type RecordInventoryCountInput = {
  /** When it was counted there; not in the future. */
  countedAt: Scalars['DateTime']['input'];
  /** What was found: 1 to 500 lines, each variant once; a variant that is not here was not counted. */
  counts: Array<CountLineInput>;
  /** Names this intent; repeating it with the same key counts nothing twice. */
  idempotencyKey: Scalars['String']['input'];
  /** The place. */
  locationId: Scalars['ID']['input'];
};

/** A claim on stock that ends by itself. */
export type Reservation = {
  /** How much of that was not there yet when it was claimed. */
  backordered: Quantity;
  /** When the claim ends by itself. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** How often it was given more time: at most once. */
  extendCount: Scalars['Int']['output'];
  /** The reservation's identity. */
  id: Scalars['ID']['output'];
  /** Where it is claimed. */
  location?: Maybe<Location>;
  /** The cart, ticket or order that claimed it. */
  ownerId: Scalars['ID']['output'];
  /** What kind of thing claimed the stock. */
  ownerType: ReservationOwnerType;
  /** How much is claimed. */
  quantity: Quantity;
  /** The owner's own name of the line it is for; a line served from several places has several reservations with this name. */
  reference?: Maybe<Scalars['String']['output']>;
  /** Where it stands. After `expiresAt` an active reservation counts as expired, whoever looks. */
  state: ReservationState;
  /** The reservation it continues as, when it was moved to another place. */
  transferredTo?: Maybe<Reservation>;
  /** What is claimed. */
  variant: ProductVariant;
  /** Grows by one with each change. */
  version: Scalars['Int']['output'];
};

/** Something to be done with one reservation. */
export type ReservationActionInput = {
  /** Do it only if the reservation still has this version. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The reservation. */
  id: Scalars['ID']['input'];
  /** Names this intent; repeating it with the same key does nothing twice. */
  idempotencyKey: Scalars['String']['input'];
  /** Why, in your own words. */
  reasonCode?: InputMaybe<Scalars['String']['input']>;
  /** How long an extended claim shall last from now: 1 to 86,400 seconds; what the owner type gives when left out. */
  ttlSeconds?: InputMaybe<Scalars['Int']['input']>;
};

/** What kind of thing claims stock; it decides how long a claim lasts when nothing else is said. */
export type ReservationOwnerType =
  /** A shopping cart: 15 minutes. */
  | 'CART'
  /** An exchange at a service desk: 30 minutes. */
  | 'EXCHANGE'
  /** A line of an order that is being placed: 30 minutes. */
  | 'ORDER_LINE'
  /** A ticket at a till: 10 minutes. */
  | 'POS_TRANSACTION'
  /** A move between two places of ours: 30 minutes. */
  | 'STOCK_TRANSFER';

/** Where a reservation stands. */
export type ReservationState =
  /** Holds stock until it expires. */
  | 'ACTIVE'
  /** Became an order's allocation, which does not expire. */
  | 'ALLOCATED'
  /** The goods have left. */
  | 'CONSUMED'
  /** Ran out of time; its stock is free again and it cannot be used any more. */
  | 'EXPIRED'
  /** Asked for, not decided. */
  | 'PENDING'
  /** Could not be granted. */
  | 'REJECTED'
  /** Given back. */
  | 'RELEASED'
  /** Continues at another place under another id. */
  | 'TRANSFERRED';

/** A wish to claim stock. */
export type ReserveInventoryInput = {
  /** Claim what there is when there is not enough; the payload then has both reservations and errors. */
  allowPartial?: InputMaybe<Scalars['Boolean']['input']>;
  /** The channel that sells; its policy says what may be claimed. */
  channelId: Scalars['ID']['input'];
  /** Where the goods shall go or be collected, as asked of `availability`: then what was promised there can be claimed here. */
  destination?: InputMaybe<DestinationInput>;
  /** Names this intent; repeating it with the same key claims nothing twice. */
  idempotencyKey: Scalars['String']['input'];
  /** What to claim: 1 to 2,000 lines. */
  lines: Array<ReserveLineInput>;
  /** The cart, ticket or order that claims it. */
  ownerId: Scalars['ID']['input'];
  /** What kind of thing claims the stock. */
  ownerType: ReservationOwnerType;
  /** How long the claim shall last: 1 to 86,400 seconds, for shoppers at most what the owner type gives. */
  ttlSeconds?: InputMaybe<Scalars['Int']['input']>;
};

/** What became of a wish to claim stock. */
export type ReserveInventoryPayload = {
  /** Whether this request had been carried out before. */
  replayed: Scalars['Boolean']['output'];
  /** The reservations as they stand now, in the order of the lines. */
  reservations: Array<Reservation>;
  /** Why something was not done; empty when all of it was. */
  userErrors: Array<InventoryUserError>;
};

/** One thing to claim. */
export type ReserveLineInput = {
  /** Where; when left out, the places that send parcels are searched for the fewest parcels. */
  locationId?: InputMaybe<Scalars['ID']['input']>;
  /** How much, in the variant's base unit or another unit it is sold in; whole base units in all. */
  quantity: QuantityInput;
  /** The owner's own name of this line; the reservations carry it. */
  reference?: InputMaybe<Scalars['String']['input']>;
  /** What to claim. */
  variantId: Scalars['ID']['input'];
};

/** What to do about a discrepancy. */
export type ResolveInventoryDiscrepancyInput = {
  /** The discrepancy. */
  id: Scalars['ID']['input'];
  /** Names this intent; repeating it with the same key does nothing twice. */
  idempotencyKey: Scalars['String']['input'];
  /** TRUST_LEDGER makes the level what its ledger adds up to. TRUST_LEVEL books the difference, so that the ledger adds up to the level. ACCEPT closes it and changes nothing. */
  resolution: Scalars['String']['input'];
};

export type Subscription = {
  /**
   * What may be promised of these variants, told anew with each change of their stock, and when something else makes the answer another one:
   * goods are expected, more or fewer of them or on another day, or a place goes offline or comes back. Whoever comes back with a cursor is
   * told as well what became different for another reason, such as a channel's new policy.
   */
  availabilityChanged: Availability;
  /** Each change of a stock level at one place; for staff. */
  inventoryLevelChanged: InventoryLevel;
  /** Each active reservation at a place when it comes near its end, once, and once more when it was extended; those that are near already first. For staff. */
  reservationExpiring: Reservation;
};


export type SubscriptionAvailabilityChangedArgs = {
  channelId: Scalars['ID']['input'];
  locationIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  thresholdsOnly?: InputMaybe<Scalars['Boolean']['input']>;
  variantIds: Array<Scalars['ID']['input']>;
};


export type SubscriptionInventoryLevelChangedArgs = {
  locationId: Scalars['ID']['input'];
};


export type SubscriptionReservationExpiringArgs = {
  locationId: Scalars['ID']['input'];
  withinMinutes: Scalars['Int']['input'];
};

/** Goods that are expected and can be had. */
export type SupplyPromise = {
  /** When it is expected. */
  expectedAt: Scalars['DateTime']['output'];
  /** How much of it nobody has claimed yet. */
  quantity: Quantity;
  /** What it is, in the words of whoever told of it, such as a purchase order's number. */
  source: Scalars['String']['output'];
};

/** A wish to move a claim to another place. */
export type TransferReservationInput = {
  /** Do it only if the reservation still has this version. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The reservation. */
  id: Scalars['ID']['input'];
  /** Names this intent; repeating it with the same key moves nothing twice. */
  idempotencyKey: Scalars['String']['input'];
  /** The place that shall serve it. */
  toLocationId: Scalars['ID']['input'];
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

/** A day of the week. */
export type Weekday =
  /** The fifth day. */
  | 'FRIDAY'
  /** The first day, as ISO 8601 counts. */
  | 'MONDAY'
  /** The sixth day. */
  | 'SATURDAY'
  /** The seventh day. */
  | 'SUNDAY'
  /** The fourth day. */
  | 'THURSDAY'
  /** The second day. */
  | 'TUESDAY'
  /** The third day. */
  | 'WEDNESDAY';

/** Adds stock facts to every piece of warehouse and store work without knowing its concrete types. */
export type WorkOrder = {
  /** The stock promised to this work; for staff, nothing for shoppers. */
  allocations?: Maybe<Array<Allocation>>;
  /** The work's identity. */
  id: Scalars['ID']['output'];
  /** What the stock of this work's lines went through, oldest first; for staff, nothing for shoppers. */
  inventoryTransactions?: Maybe<InventoryTransactionConnection>;
};


/** Adds stock facts to every piece of warehouse and store work without knowing its concrete types. */
export type WorkOrderInventoryTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
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
  Allocation: Allocation;
  InventoryDiscrepancy: InventoryDiscrepancy;
  InventoryLevel: InventoryLevel;
  InventoryTransaction: InventoryTransaction;
  Location: Location;
  ProductVariant: ProductVariant;
  Reservation: Reservation;
  WorkOrder: WorkOrder;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Allocation:
    ( { __typename: 'Allocation' }
    & GraphQLRecursivePick<FederationTypes['Allocation'], {"id":true}> );
  InventoryDiscrepancy:
    ( { __typename: 'InventoryDiscrepancy' }
    & GraphQLRecursivePick<FederationTypes['InventoryDiscrepancy'], {"id":true}> );
  InventoryLevel:
    ( { __typename: 'InventoryLevel' }
    & GraphQLRecursivePick<FederationTypes['InventoryLevel'], {"id":true}> );
  InventoryTransaction:
    ( { __typename: 'InventoryTransaction' }
    & GraphQLRecursivePick<FederationTypes['InventoryTransaction'], {"id":true}> );
  Location:
    ( { __typename: 'Location' }
    & ( GraphQLRecursivePick<FederationTypes['Location'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Location'], {"code":true}> ) );
  ProductVariant:
    ( { __typename: 'ProductVariant' }
    & GraphQLRecursivePick<FederationTypes['ProductVariant'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['ProductVariant'], {"trackInventory":true,"baseUnit":true}>
        | GraphQLRecursivePick<FederationTypes['ProductVariant'], {"trackInventory":true,"baseUnit":true}>
        | GraphQLRecursivePick<FederationTypes['ProductVariant'], {"baseUnit":true}> ) );
  Reservation:
    ( { __typename: 'Reservation' }
    & GraphQLRecursivePick<FederationTypes['Reservation'], {"id":true}> );
  WorkOrder:
    ( { __typename: 'WorkOrder' }
    & GraphQLRecursivePick<FederationTypes['WorkOrder'], {"id":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError: ( InventoryUserErrorModel );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AdjustInventoryInput: AdjustInventoryInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AdjustInventoryPayload: ResolverTypeWrapper<Omit<AdjustInventoryPayload, 'transactions' | 'userErrors'> & { transactions: Array<ResolversTypes['InventoryTransaction']>, userErrors: Array<ResolversTypes['InventoryUserError']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AdjustLineInput: AdjustLineInput;
  Allocation: ResolverTypeWrapper<AllocationModel>;
  AllocationState: AllocationState;
  AuditInventoryInput: AuditInventoryInput;
  AuditInventoryPayload: ResolverTypeWrapper<Omit<AuditInventoryPayload, 'discrepancies' | 'userErrors'> & { discrepancies: Array<ResolversTypes['InventoryDiscrepancy']>, userErrors: Array<ResolversTypes['InventoryUserError']> }>;
  Availability: ResolverTypeWrapper<AvailabilityModel>;
  AvailabilityStatus: AvailabilityStatus;
  Channel: ResolverTypeWrapper<ChannelModel>;
  CountLineInput: CountLineInput;
  CountryCode: ResolverTypeWrapper<Scalars['CountryCode']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DestinationInput: DestinationInput;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Freshness: ResolverTypeWrapper<Freshness>;
  FreshnessBasis: FreshnessBasis;
  GeoInput: GeoInput;
  IngestInventorySnapshotInput: IngestInventorySnapshotInput;
  IngestInventorySnapshotPayload: ResolverTypeWrapper<Omit<IngestInventorySnapshotPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['InventoryUserError']> }>;
  InventoryCount: ResolverTypeWrapper<InventoryCountModel>;
  InventoryCountConnection: ResolverTypeWrapper<Omit<InventoryCountConnection, 'edges'> & { edges: Array<ResolversTypes['InventoryCountEdge']> }>;
  InventoryCountEdge: ResolverTypeWrapper<Omit<InventoryCountEdge, 'node'> & { node: ResolversTypes['InventoryCount'] }>;
  InventoryDiscrepancy: ResolverTypeWrapper<InventoryDiscrepancyModel>;
  InventoryDiscrepancyConnection: ResolverTypeWrapper<Omit<InventoryDiscrepancyConnection, 'edges'> & { edges: Array<ResolversTypes['InventoryDiscrepancyEdge']> }>;
  InventoryDiscrepancyEdge: ResolverTypeWrapper<Omit<InventoryDiscrepancyEdge, 'node'> & { node: ResolversTypes['InventoryDiscrepancy'] }>;
  InventoryDiscrepancyKind: InventoryDiscrepancyKind;
  InventoryDiscrepancyState: InventoryDiscrepancyState;
  InventoryLevel: ResolverTypeWrapper<InventoryLevelModel>;
  InventoryLevelConnection: ResolverTypeWrapper<Omit<InventoryLevelConnection, 'edges'> & { edges: Array<ResolversTypes['InventoryLevelEdge']> }>;
  InventoryLevelEdge: ResolverTypeWrapper<Omit<InventoryLevelEdge, 'node'> & { node: ResolversTypes['InventoryLevel'] }>;
  InventoryState: InventoryState;
  InventoryStateQuantity: ResolverTypeWrapper<InventoryStateQuantity>;
  InventoryTransaction: ResolverTypeWrapper<InventoryTransactionModel>;
  InventoryTransactionConnection: ResolverTypeWrapper<Omit<InventoryTransactionConnection, 'edges'> & { edges: Array<ResolversTypes['InventoryTransactionEdge']> }>;
  InventoryTransactionEdge: ResolverTypeWrapper<Omit<InventoryTransactionEdge, 'node'> & { node: ResolversTypes['InventoryTransaction'] }>;
  InventoryTransactionType: InventoryTransactionType;
  InventoryUserError: ResolverTypeWrapper<InventoryUserErrorModel>;
  Location: ResolverTypeWrapper<LocationModel>;
  LocationAvailability: ResolverTypeWrapper<LocationAvailabilityModel>;
  LocationCapability: LocationCapability;
  LocationConnection: ResolverTypeWrapper<Omit<LocationConnection, 'edges'> & { edges: Array<ResolversTypes['LocationEdge']> }>;
  LocationConnectivity: LocationConnectivity;
  LocationEdge: ResolverTypeWrapper<Omit<LocationEdge, 'node'> & { node: ResolversTypes['Location'] }>;
  LocationKind: LocationKind;
  MoveInventoryStateInput: MoveInventoryStateInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OpeningHours: ResolverTypeWrapper<OpeningHours>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ProductVariant: ResolverTypeWrapper<ProductVariantModel>;
  Quantity: ResolverTypeWrapper<Quantity>;
  QuantityInput: QuantityInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecordInventoryCountInput: RecordInventoryCountInput;
  Reservation: ResolverTypeWrapper<ReservationModel>;
  ReservationActionInput: ReservationActionInput;
  ReservationOwnerType: ReservationOwnerType;
  ReservationState: ReservationState;
  ReserveInventoryInput: ReserveInventoryInput;
  ReserveInventoryPayload: ResolverTypeWrapper<Omit<ReserveInventoryPayload, 'reservations' | 'userErrors'> & { reservations: Array<ResolversTypes['Reservation']>, userErrors: Array<ResolversTypes['InventoryUserError']> }>;
  ReserveLineInput: ReserveLineInput;
  ResolveInventoryDiscrepancyInput: ResolveInventoryDiscrepancyInput;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SupplyPromise: ResolverTypeWrapper<SupplyPromise>;
  TransferReservationInput: TransferReservationInput;
  UnitCode: ResolverTypeWrapper<Scalars['UnitCode']['output']>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  Weekday: Weekday;
  WorkOrder: ResolverTypeWrapper<WorkOrderModel>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AdjustInventoryInput: AdjustInventoryInput;
  ID: Scalars['ID']['output'];
  AdjustInventoryPayload: Omit<AdjustInventoryPayload, 'transactions' | 'userErrors'> & { transactions: Array<ResolversParentTypes['InventoryTransaction']>, userErrors: Array<ResolversParentTypes['InventoryUserError']> };
  Boolean: Scalars['Boolean']['output'];
  AdjustLineInput: AdjustLineInput;
  Allocation: AllocationModel;
  AuditInventoryInput: AuditInventoryInput;
  AuditInventoryPayload: Omit<AuditInventoryPayload, 'discrepancies' | 'userErrors'> & { discrepancies: Array<ResolversParentTypes['InventoryDiscrepancy']>, userErrors: Array<ResolversParentTypes['InventoryUserError']> };
  Availability: AvailabilityModel;
  Channel: ChannelModel;
  CountLineInput: CountLineInput;
  CountryCode: Scalars['CountryCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  DestinationInput: DestinationInput;
  Float: Scalars['Float']['output'];
  Freshness: Freshness;
  GeoInput: GeoInput;
  IngestInventorySnapshotInput: IngestInventorySnapshotInput;
  IngestInventorySnapshotPayload: Omit<IngestInventorySnapshotPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['InventoryUserError']> };
  InventoryCount: InventoryCountModel;
  InventoryCountConnection: Omit<InventoryCountConnection, 'edges'> & { edges: Array<ResolversParentTypes['InventoryCountEdge']> };
  InventoryCountEdge: Omit<InventoryCountEdge, 'node'> & { node: ResolversParentTypes['InventoryCount'] };
  InventoryDiscrepancy: InventoryDiscrepancyModel;
  InventoryDiscrepancyConnection: Omit<InventoryDiscrepancyConnection, 'edges'> & { edges: Array<ResolversParentTypes['InventoryDiscrepancyEdge']> };
  InventoryDiscrepancyEdge: Omit<InventoryDiscrepancyEdge, 'node'> & { node: ResolversParentTypes['InventoryDiscrepancy'] };
  InventoryLevel: InventoryLevelModel;
  InventoryLevelConnection: Omit<InventoryLevelConnection, 'edges'> & { edges: Array<ResolversParentTypes['InventoryLevelEdge']> };
  InventoryLevelEdge: Omit<InventoryLevelEdge, 'node'> & { node: ResolversParentTypes['InventoryLevel'] };
  InventoryStateQuantity: InventoryStateQuantity;
  InventoryTransaction: InventoryTransactionModel;
  InventoryTransactionConnection: Omit<InventoryTransactionConnection, 'edges'> & { edges: Array<ResolversParentTypes['InventoryTransactionEdge']> };
  InventoryTransactionEdge: Omit<InventoryTransactionEdge, 'node'> & { node: ResolversParentTypes['InventoryTransaction'] };
  InventoryUserError: InventoryUserErrorModel;
  Location: LocationModel;
  LocationAvailability: LocationAvailabilityModel;
  LocationConnection: Omit<LocationConnection, 'edges'> & { edges: Array<ResolversParentTypes['LocationEdge']> };
  LocationEdge: Omit<LocationEdge, 'node'> & { node: ResolversParentTypes['Location'] };
  MoveInventoryStateInput: MoveInventoryStateInput;
  Mutation: Record<PropertyKey, never>;
  OpeningHours: OpeningHours;
  PageInfo: PageInfo;
  ProductVariant: ProductVariantModel;
  Quantity: Quantity;
  QuantityInput: QuantityInput;
  Query: Record<PropertyKey, never>;
  RecordInventoryCountInput: RecordInventoryCountInput;
  Reservation: ReservationModel;
  ReservationActionInput: ReservationActionInput;
  ReserveInventoryInput: ReserveInventoryInput;
  ReserveInventoryPayload: Omit<ReserveInventoryPayload, 'reservations' | 'userErrors'> & { reservations: Array<ResolversParentTypes['Reservation']>, userErrors: Array<ResolversParentTypes['InventoryUserError']> };
  ReserveLineInput: ReserveLineInput;
  ResolveInventoryDiscrepancyInput: ResolveInventoryDiscrepancyInput;
  Subscription: Record<PropertyKey, never>;
  SupplyPromise: SupplyPromise;
  TransferReservationInput: TransferReservationInput;
  UnitCode: Scalars['UnitCode']['output'];
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  WorkOrder: WorkOrderModel;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
};

export type SorDirectiveArgs = {
  maxStalenessMs?: Maybe<Scalars['Int']['input']>;
  system: Scalars['String']['input'];
};

export type SorDirectiveResolver<Result, Parent, ContextType = Context, Args = SorDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AdjustInventoryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AdjustInventoryPayload'] = ResolversParentTypes['AdjustInventoryPayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  transactions?: Resolver<Array<ResolversTypes['InventoryTransaction']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['InventoryUserError']>, ParentType, ContextType>;
};

export type AllocationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Allocation'] = ResolversParentTypes['Allocation'], FederationReferenceType extends FederationReferenceTypes['Allocation'] = FederationReferenceTypes['Allocation']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Allocation']> | FederationReferenceType, FederationReferenceType, ContextType>;
  backordered?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  expectedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  picked?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  reservation?: Resolver<Maybe<ResolversTypes['Reservation']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['AllocationState'], ParentType, ContextType>;
  variant?: Resolver<ResolversTypes['ProductVariant'], ParentType, ContextType>;
};

export type AuditInventoryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditInventoryPayload'] = ResolversParentTypes['AuditInventoryPayload']> = {
  discrepancies?: Resolver<Array<ResolversTypes['InventoryDiscrepancy']>, ParentType, ContextType>;
  levels?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  next?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['InventoryUserError']>, ParentType, ContextType>;
};

export type AvailabilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Availability'] = ResolversParentTypes['Availability']> = {
  availableToPromise?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  byLocation?: Resolver<Array<ResolversTypes['LocationAvailability']>, ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  nextSupply?: Resolver<Array<ResolversTypes['SupplyPromise']>, ParentType, ContextType>;
  onHand?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  reserved?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  safetyStock?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AvailabilityStatus'], ParentType, ContextType>;
  variant?: Resolver<ResolversTypes['ProductVariant'], ParentType, ContextType>;
};

export type ChannelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Channel'] = ResolversParentTypes['Channel']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface CountryCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CountryCode'], any> {
  name: 'CountryCode';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type FreshnessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Freshness'] = ResolversParentTypes['Freshness']> = {
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  basis?: Resolver<ResolversTypes['FreshnessBasis'], ParentType, ContextType>;
  sourceSequence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sourceSystem?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stalenessMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type IngestInventorySnapshotPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IngestInventorySnapshotPayload'] = ResolversParentTypes['IngestInventorySnapshotPayload']> = {
  acceptedRows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rejectedRows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  unchangedRows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['InventoryUserError']>, ParentType, ContextType>;
};

export type InventoryCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryCount'] = ResolversParentTypes['InventoryCount']> = {
  accuracy?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  counted?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  countedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  difference?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  expected?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  variant?: Resolver<ResolversTypes['ProductVariant'], ParentType, ContextType>;
};

export type InventoryCountConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryCountConnection'] = ResolversParentTypes['InventoryCountConnection']> = {
  edges?: Resolver<Array<ResolversTypes['InventoryCountEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InventoryCountEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryCountEdge'] = ResolversParentTypes['InventoryCountEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['InventoryCount'], ParentType, ContextType>;
};

export type InventoryDiscrepancyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryDiscrepancy'] = ResolversParentTypes['InventoryDiscrepancy'], FederationReferenceType extends FederationReferenceTypes['InventoryDiscrepancy'] = FederationReferenceTypes['InventoryDiscrepancy']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['InventoryDiscrepancy']> | FederationReferenceType, FederationReferenceType, ContextType>;
  cause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  detectedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expected?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['InventoryDiscrepancyKind'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['InventoryLevel'], ParentType, ContextType>;
  observed?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  resolution?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['InventoryDiscrepancyState'], ParentType, ContextType>;
};

export type InventoryDiscrepancyConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryDiscrepancyConnection'] = ResolversParentTypes['InventoryDiscrepancyConnection']> = {
  edges?: Resolver<Array<ResolversTypes['InventoryDiscrepancyEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InventoryDiscrepancyEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryDiscrepancyEdge'] = ResolversParentTypes['InventoryDiscrepancyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['InventoryDiscrepancy'], ParentType, ContextType>;
};

export type InventoryLevelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryLevel'] = ResolversParentTypes['InventoryLevel'], FederationReferenceType extends FederationReferenceTypes['InventoryLevel'] = FederationReferenceTypes['InventoryLevel']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['InventoryLevel']> | FederationReferenceType, FederationReferenceType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  quantities?: Resolver<Array<ResolversTypes['InventoryStateQuantity']>, ParentType, ContextType>;
  variant?: Resolver<ResolversTypes['ProductVariant'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InventoryLevelConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryLevelConnection'] = ResolversParentTypes['InventoryLevelConnection']> = {
  edges?: Resolver<Array<ResolversTypes['InventoryLevelEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InventoryLevelEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryLevelEdge'] = ResolversParentTypes['InventoryLevelEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['InventoryLevel'], ParentType, ContextType>;
};

export type InventoryStateQuantityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryStateQuantity'] = ResolversParentTypes['InventoryStateQuantity']> = {
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['InventoryState'], ParentType, ContextType>;
};

export type InventoryTransactionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryTransaction'] = ResolversParentTypes['InventoryTransaction'], FederationReferenceType extends FederationReferenceTypes['InventoryTransaction'] = FederationReferenceTypes['InventoryTransaction']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['InventoryTransaction']> | FederationReferenceType, FederationReferenceType, ContextType>;
  fromState?: Resolver<Maybe<ResolversTypes['InventoryState']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ledgerPosition?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  reasonCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sourceEventId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceSystem?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  toState?: Resolver<Maybe<ResolversTypes['InventoryState']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['InventoryTransactionType'], ParentType, ContextType>;
  variant?: Resolver<ResolversTypes['ProductVariant'], ParentType, ContextType>;
};

export type InventoryTransactionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryTransactionConnection'] = ResolversParentTypes['InventoryTransactionConnection']> = {
  edges?: Resolver<Array<ResolversTypes['InventoryTransactionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InventoryTransactionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryTransactionEdge'] = ResolversParentTypes['InventoryTransactionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['InventoryTransaction'], ParentType, ContextType>;
};

export type InventoryUserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryUserError'] = ResolversParentTypes['InventoryUserError']> = {
  availableQuantity?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LocationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Location'] = ResolversParentTypes['Location'], FederationReferenceType extends FederationReferenceTypes['Location'] = FederationReferenceTypes['Location']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Location']> | FederationReferenceType, FederationReferenceType, ContextType>;
  capabilities?: Resolver<Array<ResolversTypes['LocationCapability']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  connectivity?: Resolver<ResolversTypes['LocationConnectivity'], ParentType, ContextType>;
  gln?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['LocationKind'], ParentType, ContextType>;
  lastSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  openingHours?: Resolver<Array<ResolversTypes['OpeningHours']>, ParentType, ContextType>;
  shipsTo?: Resolver<Maybe<Array<ResolversTypes['CountryCode']>>, ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LocationAvailabilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LocationAvailability'] = ResolversParentTypes['LocationAvailability']> = {
  availableToPromise?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  pickupReadyBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type LocationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LocationConnection'] = ResolversParentTypes['LocationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['LocationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LocationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LocationEdge'] = ResolversParentTypes['LocationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  adjustInventory?: Resolver<ResolversTypes['AdjustInventoryPayload'], ParentType, ContextType, RequireFields<MutationAdjustInventoryArgs, 'input'>>;
  auditInventory?: Resolver<ResolversTypes['AuditInventoryPayload'], ParentType, ContextType, RequireFields<MutationAuditInventoryArgs, 'input'>>;
  extendReservation?: Resolver<ResolversTypes['ReserveInventoryPayload'], ParentType, ContextType, RequireFields<MutationExtendReservationArgs, 'input'>>;
  ingestInventorySnapshot?: Resolver<ResolversTypes['IngestInventorySnapshotPayload'], ParentType, ContextType, RequireFields<MutationIngestInventorySnapshotArgs, 'input'>>;
  moveInventoryState?: Resolver<ResolversTypes['AdjustInventoryPayload'], ParentType, ContextType, RequireFields<MutationMoveInventoryStateArgs, 'input'>>;
  recordInventoryCount?: Resolver<ResolversTypes['AdjustInventoryPayload'], ParentType, ContextType, RequireFields<MutationRecordInventoryCountArgs, 'input'>>;
  releaseReservation?: Resolver<ResolversTypes['ReserveInventoryPayload'], ParentType, ContextType, RequireFields<MutationReleaseReservationArgs, 'input'>>;
  reserveInventory?: Resolver<ResolversTypes['ReserveInventoryPayload'], ParentType, ContextType, RequireFields<MutationReserveInventoryArgs, 'input'>>;
  resolveInventoryDiscrepancy?: Resolver<ResolversTypes['AdjustInventoryPayload'], ParentType, ContextType, RequireFields<MutationResolveInventoryDiscrepancyArgs, 'input'>>;
  transferReservation?: Resolver<ResolversTypes['ReserveInventoryPayload'], ParentType, ContextType, RequireFields<MutationTransferReservationArgs, 'input'>>;
};

export type OpeningHoursResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OpeningHours'] = ResolversParentTypes['OpeningHours']> = {
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  weekday?: Resolver<ResolversTypes['Weekday'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProductVariantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariant'] = ResolversParentTypes['ProductVariant'], FederationReferenceType extends FederationReferenceTypes['ProductVariant'] = FederationReferenceTypes['ProductVariant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ProductVariant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availability?: Resolver<Maybe<ResolversTypes['Availability']>, ParentType, ContextType, RequireFields<ProductVariantAvailabilityArgs, 'channelId'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inventoryLevels?: Resolver<Maybe<ResolversTypes['InventoryLevelConnection']>, ParentType, ContextType, Partial<ProductVariantInventoryLevelsArgs>>;
};

export type QuantityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quantity'] = ResolversParentTypes['Quantity']> = {
  unit?: Resolver<ResolversTypes['UnitCode'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  availability?: Resolver<Array<ResolversTypes['Availability']>, ParentType, ContextType, RequireFields<QueryAvailabilityArgs, 'channelId' | 'variantIds'>>;
  inventoryCounts?: Resolver<ResolversTypes['InventoryCountConnection'], ParentType, ContextType, RequireFields<QueryInventoryCountsArgs, 'locationId'>>;
  inventoryDiscrepancies?: Resolver<ResolversTypes['InventoryDiscrepancyConnection'], ParentType, ContextType, Partial<QueryInventoryDiscrepanciesArgs>>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType, RequireFields<QueryLocationArgs, 'id'>>;
  locations?: Resolver<ResolversTypes['LocationConnection'], ParentType, ContextType, Partial<QueryLocationsArgs>>;
  reservation?: Resolver<Maybe<ResolversTypes['Reservation']>, ParentType, ContextType, RequireFields<QueryReservationArgs, 'id'>>;
};

export type ReservationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reservation'] = ResolversParentTypes['Reservation'], FederationReferenceType extends FederationReferenceTypes['Reservation'] = FederationReferenceTypes['Reservation']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Reservation']> | FederationReferenceType, FederationReferenceType, ContextType>;
  backordered?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  extendCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  ownerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ownerType?: Resolver<ResolversTypes['ReservationOwnerType'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ReservationState'], ParentType, ContextType>;
  transferredTo?: Resolver<Maybe<ResolversTypes['Reservation']>, ParentType, ContextType>;
  variant?: Resolver<ResolversTypes['ProductVariant'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReserveInventoryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReserveInventoryPayload'] = ResolversParentTypes['ReserveInventoryPayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reservations?: Resolver<Array<ResolversTypes['Reservation']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['InventoryUserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  availabilityChanged?: SubscriptionResolver<ResolversTypes['Availability'], "availabilityChanged", ParentType, ContextType, RequireFields<SubscriptionAvailabilityChangedArgs, 'channelId' | 'variantIds'>>;
  inventoryLevelChanged?: SubscriptionResolver<ResolversTypes['InventoryLevel'], "inventoryLevelChanged", ParentType, ContextType, RequireFields<SubscriptionInventoryLevelChangedArgs, 'locationId'>>;
  reservationExpiring?: SubscriptionResolver<ResolversTypes['Reservation'], "reservationExpiring", ParentType, ContextType, RequireFields<SubscriptionReservationExpiringArgs, 'locationId' | 'withinMinutes'>>;
};

export type SupplyPromiseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SupplyPromise'] = ResolversParentTypes['SupplyPromise']> = {
  expectedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface UnitCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['UnitCode'], any> {
  name: 'UnitCode';
}

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'InventoryUserError', ParentType, ContextType>;
};

export type WorkOrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkOrder'] = ResolversParentTypes['WorkOrder'], FederationReferenceType extends FederationReferenceTypes['WorkOrder'] = FederationReferenceTypes['WorkOrder']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['WorkOrder']> | FederationReferenceType, FederationReferenceType, ContextType>;
  allocations?: Resolver<Maybe<Array<ResolversTypes['Allocation']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inventoryTransactions?: Resolver<Maybe<ResolversTypes['InventoryTransactionConnection']>, ParentType, ContextType, Partial<WorkOrderInventoryTransactionsArgs>>;
};

export type Resolvers<ContextType = Context> = {
  AdjustInventoryPayload?: AdjustInventoryPayloadResolvers<ContextType>;
  Allocation?: AllocationResolvers<ContextType>;
  AuditInventoryPayload?: AuditInventoryPayloadResolvers<ContextType>;
  Availability?: AvailabilityResolvers<ContextType>;
  Channel?: ChannelResolvers<ContextType>;
  CountryCode?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Freshness?: FreshnessResolvers<ContextType>;
  IngestInventorySnapshotPayload?: IngestInventorySnapshotPayloadResolvers<ContextType>;
  InventoryCount?: InventoryCountResolvers<ContextType>;
  InventoryCountConnection?: InventoryCountConnectionResolvers<ContextType>;
  InventoryCountEdge?: InventoryCountEdgeResolvers<ContextType>;
  InventoryDiscrepancy?: InventoryDiscrepancyResolvers<ContextType>;
  InventoryDiscrepancyConnection?: InventoryDiscrepancyConnectionResolvers<ContextType>;
  InventoryDiscrepancyEdge?: InventoryDiscrepancyEdgeResolvers<ContextType>;
  InventoryLevel?: InventoryLevelResolvers<ContextType>;
  InventoryLevelConnection?: InventoryLevelConnectionResolvers<ContextType>;
  InventoryLevelEdge?: InventoryLevelEdgeResolvers<ContextType>;
  InventoryStateQuantity?: InventoryStateQuantityResolvers<ContextType>;
  InventoryTransaction?: InventoryTransactionResolvers<ContextType>;
  InventoryTransactionConnection?: InventoryTransactionConnectionResolvers<ContextType>;
  InventoryTransactionEdge?: InventoryTransactionEdgeResolvers<ContextType>;
  InventoryUserError?: InventoryUserErrorResolvers<ContextType>;
  Location?: LocationResolvers<ContextType>;
  LocationAvailability?: LocationAvailabilityResolvers<ContextType>;
  LocationConnection?: LocationConnectionResolvers<ContextType>;
  LocationEdge?: LocationEdgeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  OpeningHours?: OpeningHoursResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ProductVariant?: ProductVariantResolvers<ContextType>;
  Quantity?: QuantityResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Reservation?: ReservationResolvers<ContextType>;
  ReserveInventoryPayload?: ReserveInventoryPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  SupplyPromise?: SupplyPromiseResolvers<ContextType>;
  UnitCode?: GraphQLScalarType;
  UserError?: UserErrorResolvers<ContextType>;
  WorkOrder?: WorkOrderResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  sor?: SorDirectiveResolver<any, any, ContextType>;
};
