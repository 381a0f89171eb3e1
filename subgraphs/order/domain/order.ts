import type { ErpSync } from './erp-sync.ts';

/** An order as it is kept: one document with its lines, its work and its history, so that a change to any of them is one write. */
export interface Order {
  readonly _id: string;
  readonly number: string;
  readonly channelId: string;
  readonly channelCode: string;
  readonly customerId: string | null;
  /** What the ERP knows the customer by. */
  readonly customerCode: string | null;
  /** The subject that placed it: whose order it is when there is no customer. */
  readonly placedBy: string;
  readonly status: OrderStatus;
  readonly erpSync: ErpSync;
  /** Business time, by the channel's clock. */
  readonly placedAt: Date;
  readonly currencyCode: string;
  readonly lines: readonly OrderLine[];
  readonly work: readonly FulfillmentOrder[];
  readonly shipments: readonly Shipment[];
  /** Claims the buyer brought along; no two orders share one. Absent when there are none: an empty list would be a value to the unique index. */
  readonly reservationIds?: readonly string[];
  /** The till's ticket of a sale that was made without the line to us. Absent: the order was placed. */
  readonly ticket?: SubmittedTicket;
  /** Decimal, the sum of the lines' amounts. */
  readonly subtotal: string;
  readonly events: readonly OrderEvent[];
  readonly correlationId: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

/** The ticket an order was made of: what the till calls the sale, its number at that register of that place. */
export interface SubmittedTicket {
  readonly locationId: string;
  readonly registerId: string;
  readonly transactionId: string;
  /** The payments as the till named them. */
  readonly paymentIds: readonly string[];
  /** The request that brought it, so that its repetition is told from another request with the same ticket. */
  readonly intent: string;
}

/** Quantities are whole base units. */
export interface OrderLine {
  readonly id: string;
  readonly variantId: string;
  readonly sku: string;
  readonly title: string;
  readonly unit: string;
  readonly quantity: number;
  readonly unitPrice: string;
  /** quantity times unitPrice, rounded to what can be paid. */
  readonly amount: string;
  readonly taxCategoryCode: string;
  /** Where its stock was claimed; none for articles whose stock is not counted. */
  readonly claims: readonly Claim[];
  readonly fulfilled: number;
  readonly canceled: number;
  /** Accepted back. */
  readonly returned: number;
  /** Asked to come back and not decided yet. */
  readonly returning: number;
}

export interface Claim {
  readonly reservationId: string;
  readonly locationId: string;
  readonly quantity: number;
  /** What of it is not there yet. Absent: all of it is. */
  readonly backordered?: number;
  /** When the last of that is expected. Absent: nobody has told. */
  readonly expectedAt?: Date;
}

export interface FulfillmentOrder {
  readonly id: string;
  readonly locationId: string;
  /** The warehouse system that does it, and what it calls the place. Absent: people do, and say so with `createShipment`. */
  readonly servedBy?: { readonly system: string; readonly locationCode: string };
  /** What the warehouse system said of it too when both were last compared; absent when they never agreed, or do no more. */
  readonly agreedAs?: string;
  readonly method: FulfillmentMethod;
  readonly state: FulfillmentOrderState;
  readonly lines: readonly FulfillmentOrderLine[];
  /** Goods that a customer collects, from the moment they are ready. */
  readonly pickup?: Pickup;
  readonly createdAt: Date;
  readonly version: number;
}

export interface FulfillmentOrderLine {
  readonly id: string;
  readonly orderLineId: string;
  readonly quantity: number;
  /** Taken from the shelf for it. Absent: none yet. */
  readonly picked?: number;
  /** Not found on the shelf, of work that is INCOMPLETE. Absent: none. */
  readonly short?: number;
}

/** Goods that wait for their customer. */
export interface Pickup {
  /** What the customer says to be given them; told to nobody else. */
  readonly code: string;
  readonly readyAt: Date;
  /** From this instant on they are not kept any more. */
  readonly expiresAt: Date;
  readonly pickedUpAt: Date | null;
  readonly remindersSent: number;
  /** When the next reminder, or the end, is due. Null: nothing is due any more. */
  readonly dueAt: Date | null;
  /** Codes that were not the right one since the last lock. */
  readonly wrongCodes: number;
  /** Until then no code is tried. Null: it may be tried. */
  readonly lockedUntil: Date | null;
}

export interface Shipment {
  readonly id: string;
  readonly fulfillmentOrderId: string;
  readonly state: ShipmentState;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly packages: readonly Package[];
  readonly shippedAt: Date;
}

export interface Package {
  readonly sscc: string | null;
  /** Ids of fulfillment order lines. */
  readonly lineIds: readonly string[];
}

export interface OrderEvent {
  readonly id: string;
  /** ORDER_CONFIRMED, ERP_ACKNOWLEDGED, ... */
  readonly type: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly actor: string;
  readonly sourceSystem: string;
}

export type OrderStatus = 'PENDING' | 'CONFIRMED' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELED';
export type FulfillmentMethod =
  | 'SHIP'
  | 'SHIP_FROM_STORE'
  | 'PICKUP_IN_STORE'
  | 'CURBSIDE'
  | 'IN_STORE_CASH_AND_CARRY';
export type FulfillmentOrderState =
  | 'SCHEDULED'
  | 'OPEN'
  | 'ACCEPTED'
  | 'IN_PROGRESS'
  | 'READY_FOR_PICKUP'
  | 'SHIPPED'
  | 'PICKED_UP'
  | 'PICKUP_EXPIRED'
  | 'REJECTED'
  | 'INCOMPLETE'
  | 'CANCELED';
export type ShipmentState = 'IN_TRANSIT' | 'DELIVERED';

/** Whether a line has goods to carry: they were claimed, or a till handed them over that could not claim them. */
export function isCarried({ work }: Pick<Order, 'work'>, line: OrderLine): boolean {
  return (
    line.claims.length > 0 || work.some(({ lines }) => lines.some((entry) => entry.orderLineId === line.id))
  );
}

/** What of a line can still be asked back: what has left, less what came back or is on its way. */
export function refundable(line: OrderLine): number {
  return line.fulfilled - line.returned - line.returning;
}

/** Whether the customer comes for the goods: they are made ready and handed over, never sent. */
export function isCollected(method: FulfillmentMethod): boolean {
  return method === 'PICKUP_IN_STORE' || method === 'CURBSIDE';
}
