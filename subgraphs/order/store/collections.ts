import { type Connection, type Model, Schema } from 'mongoose';
import type { Order } from '../domain/order.ts';
import type { Return } from '../domain/return.ts';

export interface Collections {
  readonly orders: Model<Order>;
  readonly returns: Model<Return>;
}

const text = { type: String, default: null };
const instant = { type: Date, default: null };
const part = (fields: Record<string, unknown>) => new Schema(fields as never, { _id: false, id: false });

const erpSync = () =>
  part({
    state: String,
    externalId: text,
    attempts: Number,
    lastAttemptAt: instant,
    acknowledgedAt: instant,
    lastErrorCode: text,
    nextAttemptAt: instant,
  });

/** The collections of the order subgraph and the indexes its questions need. */
export function createCollections(connection: Connection): Collections {
  return {
    orders: connection.models['Order'] ?? connection.model<Order>('Order', orderSchema()),
    returns: connection.models['Return'] ?? connection.model<Return>('Return', returnSchema()),
  };
}

function orderSchema(): Schema<Order> {
  const claim = part({
    reservationId: String,
    locationId: String,
    quantity: Number,
    backordered: Number,
    expectedAt: Date,
  });
  const line = part({
    id: String,
    variantId: String,
    sku: String,
    title: String,
    unit: String,
    quantity: Number,
    unitPrice: String,
    amount: String,
    taxCategoryCode: String,
    claims: [claim],
    fulfilled: Number,
    canceled: Number,
    returned: Number,
    returning: Number,
  });
  const pickup = part({
    code: String,
    readyAt: Date,
    expiresAt: Date,
    pickedUpAt: instant,
    remindersSent: Number,
    dueAt: instant,
    wrongCodes: Number,
    lockedUntil: instant,
  });
  const work = part({
    id: String,
    locationId: String,
    servedBy: { type: part({ system: String, locationCode: String }), default: undefined },
    agreedAs: { type: String, default: undefined },
    method: String,
    state: String,
    createdAt: Date,
    version: Number,
    lines: [part({ id: String, orderLineId: String, quantity: Number, picked: Number, short: Number })],
    pickup: { type: pickup, default: undefined },
  });
  const shipment = part({
    id: String,
    fulfillmentOrderId: String,
    state: String,
    carrier: text,
    trackingNumber: text,
    shippedAt: Date,
    packages: [part({ sscc: text, lineIds: [String] })],
  });
  const event = part({
    id: String,
    type: { type: String },
    occurredAt: Date,
    recordedAt: Date,
    actor: String,
    sourceSystem: String,
  });
  const ticket = part({
    locationId: String,
    registerId: String,
    transactionId: String,
    paymentIds: [String],
    intent: String,
  });
  const schema = new Schema<Order>(
    {
      _id: String,
      number: String,
      channelId: String,
      channelCode: String,
      customerId: text,
      customerCode: text,
      placedBy: String,
      status: String,
      erpSync: erpSync(),
      placedAt: Date,
      currencyCode: String,
      lines: [line],
      work: [work],
      shipments: [shipment],
      reservationIds: { type: [String], default: undefined },
      ticket: { type: ticket, default: undefined },
      subtotal: String,
      events: [event],
      correlationId: String,
      createdAt: Date,
      updatedAt: Date,
      version: Number,
    },
    { versionKey: false, collection: 'orders' },
  );
  schema.index({ number: 1 }, { unique: true });
  schema.index({ placedAt: -1, _id: -1 });
  schema.index({ customerId: 1, placedAt: -1, _id: -1 });
  schema.index({ placedBy: 1, placedAt: -1, _id: -1 });
  schema.index({ 'erpSync.state': 1, placedAt: -1, _id: -1 });
  schema.index({ 'work.id': 1 });
  schema.index({ 'work.locationId': 1, createdAt: 1, _id: 1 });
  schema.index({ 'work.pickup.dueAt': 1 }, { sparse: true });
  schema.index({ 'work.servedBy.system': 1, 'work.state': 1, 'work.agreedAs': 1 });
  schema.index({ 'shipments.id': 1 });
  schema.index({ 'shipments.trackingNumber': 1 }, { sparse: true });
  schema.index({ 'lines.id': 1 });
  schema.index({ reservationIds: 1 }, { unique: true, sparse: true });
  // A ticket is one order, whichever batch brings it.
  schema.index(
    { 'ticket.locationId': 1, 'ticket.registerId': 1, 'ticket.transactionId': 1 },
    { unique: true, sparse: true },
  );
  return schema;
}

function returnSchema(): Schema<Return> {
  const disposition = part({
    code: String,
    quantity: Number,
    locationId: String,
    toState: String,
    decidedAt: Date,
  });
  const line = part({
    id: String,
    orderLineId: text,
    variantId: String,
    sku: String,
    unit: String,
    tracked: Boolean,
    requested: Number,
    received: Number,
    accepted: Number,
    unitPrice: String,
    reasonCode: String,
    dispositions: [disposition],
  });
  const schema = new Schema<Return>(
    {
      _id: String,
      rmaNumber: String,
      state: String,
      type: { type: String },
      orderId: text,
      orderNumber: text,
      channelId: String,
      channelCode: String,
      customerId: text,
      customerCode: text,
      requestedBy: String,
      currencyCode: String,
      lines: [line],
      work: { type: part({ id: String, locationId: String, state: String, createdAt: Date }), default: null },
      overdueSince: { type: Date, default: null },
      erpSync: erpSync(),
      occurredAt: Date,
      correlationId: String,
      createdAt: Date,
      updatedAt: Date,
      version: Number,
    },
    { versionKey: false, collection: 'returns' },
  );
  schema.index({ overdueSince: 1, state: 1, createdAt: 1 });
  schema.index({ rmaNumber: 1 }, { unique: true });
  schema.index({ orderId: 1, createdAt: 1, _id: 1 });
  schema.index({ customerId: 1, createdAt: -1, _id: -1 });
  schema.index({ 'work.id': 1 });
  schema.index({ 'erpSync.state': 1, createdAt: 1 });
  return schema;
}
