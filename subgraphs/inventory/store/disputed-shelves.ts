import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';

interface DisputeRecord {
  /** The level. */
  _id: string;
  since: Date;
}

/** Levels of which a till sold more than the books had there, until the books have them again. */
export interface DisputedShelves {
  readonly model: Model<DisputeRecord>;
  /** Answers those of the levels that were not in dispute before. */
  open(session: ClientSession, levelIds: readonly string[], since: Date): Promise<string[]>;
  /** The oldest ones. */
  list(limit: number): Promise<string[]>;
  close(session: ClientSession, levelId: string): Promise<void>;
}

export function createDisputedShelves(connection: Connection): DisputedShelves {
  const schema = new Schema<DisputeRecord>(
    { _id: String, since: Date },
    { versionKey: false, collection: 'disputed_shelves' },
  );
  schema.index({ since: 1 });
  const model: Model<DisputeRecord> =
    connection.models['DisputedShelf'] ?? connection.model<DisputeRecord>('DisputedShelf', schema);
  return {
    model,
    async open(session, levelIds, since) {
      const known = await model
        .find({ _id: { $in: [...levelIds] } })
        .session(session)
        .lean<DisputeRecord[]>();
      const before = new Set(known.map(({ _id }) => _id));
      const opened = levelIds.filter((id) => !before.has(id));
      if (opened.length > 0)
        await model.insertMany(
          opened.map((_id) => ({ _id, since })),
          { session },
        );
      return opened;
    },
    async list(limit) {
      const found = await model.find().sort({ since: 1 }).limit(limit).lean<DisputeRecord[]>();
      return found.map(({ _id }) => _id);
    },
    async close(session, levelId) {
      await model.deleteOne({ _id: levelId }, { session });
    },
  };
}
