import { type ClientSession, type Model, mongo } from 'mongoose';

/**
 * Replaces a record that was read in this transaction, unless somebody changed it meanwhile. Then it throws an error that makes the
 * store run the transaction again from its start, where the decision is taken anew on what is true now.
 */
export async function saveVersioned<T extends { readonly _id: string; readonly version: number }>(
  model: Model<T>,
  record: T,
  session: ClientSession,
): Promise<void> {
  const { _id, version, ...fields } = record;
  const { matchedCount } = await model.collection.updateOne(
    // The collection is typed with object ids; ours are text.
    { _id: _id as unknown as mongo.ObjectId, version },
    { $set: { ...fields, version: version + 1 } },
    { session },
  );
  if (matchedCount === 1) return;
  const changed = new mongo.MongoError(`${model.collection.name} ${_id} changed meanwhile`);
  changed.addErrorLabel('TransientTransactionError');
  throw changed;
}
