import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';

/** The number under which the ERP's credit memos answer a return, as the order subgraph told us. */
export interface ReturnRecord {
  readonly _id: string;
  readonly rmaNumber: string;
}

export interface Returns {
  readonly model: Model<ReturnRecord>;
  learn(session: ClientSession, returnId: string, rmaNumber: string): Promise<void>;
}

export function createReturns(connection: Connection): Returns {
  const model: Model<ReturnRecord> =
    connection.models['Return'] ??
    connection.model<ReturnRecord>(
      'Return',
      new Schema<ReturnRecord>(
        { _id: String, rmaNumber: String },
        { versionKey: false, collection: 'returns' },
      ),
    );
  return {
    model,
    async learn(session, returnId, rmaNumber) {
      await model.updateOne({ _id: returnId }, { $set: { rmaNumber } }, { upsert: true, session });
    },
  };
}
