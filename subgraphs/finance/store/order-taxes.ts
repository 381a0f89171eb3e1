import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { KnownRate, OrderTax, TaxFigures } from '../domain/order-tax.ts';

export interface OrderTaxes {
  readonly model: Model<OrderTax>;
  find(orderId: string, session?: ClientSession): Promise<OrderTax | null>;
  /** Writes the tax of an order that is not confirmed yet, over what stood there before. */
  put(session: ClientSession, tax: OrderTax): Promise<void>;
  /** What the tax system has said, in place of an estimate or of nothing. */
  setFigures(orderId: string, figures: TaxFigures): Promise<void>;
  /** The number of the document by which the tax is owed; null: it was taken back. */
  setDocument(session: ClientSession, orderId: string, documentNumber: string | null): Promise<void>;
  /** The rates the tax system applied last in a country, by tax category; categories it never saw are missing. */
  lastRates(country: string, categories: readonly string[]): Promise<Map<string, KnownRate>>;
}

export function createOrderTaxes(connection: Connection): OrderTaxes {
  const model: Model<OrderTax> =
    connection.models['OrderTax'] ?? connection.model<OrderTax>('OrderTax', orderTaxSchema());

  async function lastRate(country: string, category: string): Promise<KnownRate | undefined> {
    const latest = await model
      .findOne({ country, 'figures.quoteId': { $ne: null }, 'lines.taxCategoryCode': category })
      .sort({ 'figures.calculatedAt': -1 })
      .lean<OrderTax>();
    const line = latest?.lines.find(({ taxCategoryCode }) => taxCategoryCode === category);
    const taxed = latest?.figures?.lines.find(({ orderLineId }) => orderLineId === line?.orderLineId);
    if (taxed === undefined) return undefined;
    const { jurisdiction, taxCode, rate } = taxed;
    return { jurisdiction, taxCode, rate };
  }

  return {
    model,
    find: (orderId, session) =>
      model
        .findById(orderId)
        .session(session ?? null)
        .lean<OrderTax>(),
    async put(session, { _id, ...tax }) {
      await model.updateOne({ _id }, { $set: tax }, { upsert: true, session });
    },
    async setFigures(orderId, figures) {
      await model.updateOne({ _id: orderId, documentNumber: null }, { $set: { figures } });
    },
    async setDocument(session, orderId, documentNumber) {
      await model.updateOne({ _id: orderId }, { $set: { documentNumber } }, { session });
    },
    async lastRates(country, categories) {
      const found = await Promise.all(
        categories.map(async (category) => [category, await lastRate(country, category)] as const),
      );
      return new Map(found.flatMap(([category, rate]) => (rate === undefined ? [] : [[category, rate]])));
    },
  };
}

function orderTaxSchema(): Schema<OrderTax> {
  const nested = (fields: Record<string, unknown>) => new Schema(fields, { _id: false, id: false });
  const line = nested({ orderLineId: String, taxCategoryCode: String, amount: String });
  const taxedLine = nested({
    orderLineId: String,
    jurisdiction: String,
    taxCode: String,
    rate: String,
    taxable: String,
    amount: String,
  });
  const figures = nested({
    quoteId: { type: String, default: null },
    calculatedAt: Date,
    total: String,
    roundingAdjustment: String,
    lines: [taxedLine],
  });
  const schema = new Schema<OrderTax>(
    {
      _id: String,
      orderNumber: String,
      currencyCode: String,
      country: String,
      pricesIncludeTax: Boolean,
      lines: [line],
      provider: String,
      figures: { type: figures, default: null },
      documentNumber: { type: String, default: null },
    },
    { versionKey: false, collection: 'orderTaxes', minimize: false },
  );
  schema.index({ country: 1, 'figures.calculatedAt': -1 });
  return schema;
}
