import { quantity } from '../../../platform/quantity.ts';
import { promisedBy } from '../domain/backorder.ts';
import type { Order } from '../domain/order.ts';
import type {
  FulfillmentOrderLineResolvers,
  FulfillmentOrderResolvers,
  PackageResolvers,
  ShipmentResolvers,
  WorkOrderResolvers,
} from '../generated.ts';
import type { OrderLine } from './models.ts';
import { visible } from './orders.ts';
import { visibleReturn } from './return.ts';

/** Every piece of work is found by its id, whichever kind it is. */
export const workOrderResolvers: WorkOrderResolvers = {
  async __resolveReference({ id }, context) {
    const order = visible(await context.loaders.orderByWorkId.load(id), context);
    const work = order?.work.find((piece) => piece.id === id);
    if (order !== null && work !== undefined) return { order, work };
    const goods = visibleReturn(await context.loaders.returnByWorkId.load(id), context);
    return goods === null || goods.work === null ? null : { return: goods, work: goods.work };
  },
  __resolveType: (piece) => ('order' in piece ? 'FulfillmentOrder' : 'ReverseFulfillmentOrder'),
};

export const fulfillmentOrderResolvers: FulfillmentOrderResolvers = {
  async __resolveReference({ id }, context) {
    const order = visible(await context.loaders.orderByWorkId.load(id), context);
    const work = order?.work.find((piece) => piece.id === id);
    return order === null || work === undefined ? null : { order, work };
  },
  id: ({ work }) => work.id,
  location: ({ work }) => ({ __typename: 'Location' as const, id: work.locationId }),
  order: ({ order }) => order,
  createdAt: ({ work }) => work.createdAt,
  state: ({ work }) => work.state,
  method: ({ work }) => work.method,
  lines: ({ order, work }) => work.lines.map((entry) => ({ order, entry })),
  shipments: ({ order, work }) =>
    order.shipments
      .filter((shipment) => shipment.fulfillmentOrderId === work.id)
      .map((shipment) => ({ order, shipment })),
  promisedBy: ({ order, work }) => promisedBy(order, work),
  pickup: ({ order, work: { pickup } }) => (pickup === undefined ? null : { order, pickup }),
  version: ({ work }) => work.version,
};

export const fulfillmentOrderLineResolvers: FulfillmentOrderLineResolvers = {
  id: ({ entry }) => entry.id,
  orderLine: ({ order, entry }) => lineOf(order, entry.orderLineId),
  quantity: ({ order, entry }) => quantity(entry.quantity, unitOf(order, entry)),
  pickedQuantity: ({ order, entry }) => quantity(entry.picked ?? 0, unitOf(order, entry)),
  shortQuantity: ({ order, entry }) => quantity(entry.short ?? 0, unitOf(order, entry)),
};

export const shipmentResolvers: ShipmentResolvers = {
  async __resolveReference({ id }, context) {
    const order = visible(await context.loaders.orderByShipmentId.load(id), context);
    const shipment = order?.shipments.find((candidate) => candidate.id === id);
    return order === null || shipment === undefined ? null : { order, shipment };
  },
  id: ({ shipment }) => shipment.id,
  state: ({ shipment }) => shipment.state,
  carrier: ({ shipment }) => shipment.carrier,
  trackingNumber: ({ shipment }) => shipment.trackingNumber,
  shippedAt: ({ shipment }) => shipment.shippedAt,
  fulfillmentOrder: ({ order, shipment }) => ({ order, work: workOf(order, shipment.fulfillmentOrderId) }),
  packages: ({ order, shipment }) =>
    shipment.packages.map((parcel) => ({ order, parcel, work: workOf(order, shipment.fulfillmentOrderId) })),
};

export const packageResolvers: PackageResolvers = {
  sscc: ({ parcel }) => parcel.sscc,
  lines: ({ order, parcel, work }) =>
    work.lines.filter((entry) => parcel.lineIds.includes(entry.id)).map((entry) => ({ order, entry })),
};

function lineOf(order: Order, id: string): OrderLine {
  const line = order.lines.find((candidate) => candidate.id === id);
  if (line === undefined) throw new Error(`order ${order._id} has no line ${id}`);
  return { order, line };
}

function unitOf(order: Order, { orderLineId }: { readonly orderLineId: string }): string {
  return lineOf(order, orderLineId).line.unit;
}

function workOf(order: Order, id: string) {
  const work = order.work.find((piece) => piece.id === id);
  if (work === undefined) throw new Error(`order ${order._id} has no work ${id}`);
  return work;
}
