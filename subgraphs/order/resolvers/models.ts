import type * as order from '../domain/order.ts';
import type * as returned from '../domain/return.ts';

/* What the resolvers of a type are given: what is kept, together with the document it is kept in. */

export type Order = order.Order;
export interface OrderLine {
  readonly order: order.Order;
  readonly line: order.OrderLine;
}
export interface FulfillmentOrder {
  readonly order: order.Order;
  readonly work: order.FulfillmentOrder;
}
export interface FulfillmentOrderLine {
  readonly order: order.Order;
  readonly entry: order.FulfillmentOrderLine;
}
export interface PickupDetails {
  readonly order: order.Order;
  readonly pickup: order.Pickup;
}
export interface Shipment {
  readonly order: order.Order;
  readonly shipment: order.Shipment;
}
export interface Package {
  readonly order: order.Order;
  readonly parcel: order.Package;
  readonly work: order.FulfillmentOrder;
}
export type OrderEvent = order.OrderEvent;
export interface Customer {
  readonly id: string;
}
export type Return = returned.Return;
export interface ReturnLine {
  readonly return: returned.Return;
  readonly line: returned.ReturnLine;
}
export interface ReturnDisposition {
  readonly return: returned.Return;
  readonly line: returned.ReturnLine;
  readonly disposition: returned.Disposition;
}
export interface ReverseFulfillmentOrder {
  readonly return: returned.Return;
  readonly work: returned.ReverseFulfillmentOrder;
}
/** A document of finance, as it is referred to. */
export interface FinancialDocument {
  readonly id: string;
  readonly orderNumber?: string | null;
  readonly rmaNumber?: string | null;
}
export type OrderUserError = import('../domain/price-lines.ts').OrderUserErrorValue;
export type ErpSync = import('../domain/erp-sync.ts').ErpSync;
