import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { PageRequest } from '../../../platform/graphql/page.ts';
import type { Store } from '../../../platform/store/store.ts';
import type { BusinessException, BusinessExceptionKind } from '../domain/business-exception.ts';

export interface ExceptionFilter {
  readonly kinds?: readonly BusinessExceptionKind[] | undefined;
  readonly openedBefore?: Date | undefined;
}

type Tell = (session: ClientSession, raised: BusinessException) => Promise<void>;

export interface Exceptions {
  readonly model: Model<BusinessException>;
  /**
   * Writes exceptions down unless they are known, open or resolved; of one kind and subject only one is open at a time. Answers
   * those it wrote. `tell` runs for each in the transaction that writes it: nobody is told of what was not written, or not told.
   */
  raise(exceptions: readonly BusinessException[], tell?: Tell): Promise<readonly BusinessException[]>;
  /** The same for one, in a transaction that is under way. */
  raiseOne(session: ClientSession, exception: BusinessException, tell?: Tell): Promise<void>;
  /** Resolves what an operation raised, now that it succeeded. */
  operationSucceeded(operationId: string, at: Date): Promise<void>;
  /** Resolves open exceptions of a kind about subjects for which its cause is no more. */
  causeIsGone(kind: BusinessExceptionKind, remaining: readonly string[], at: Date): Promise<void>;
  /** Resolves the open exceptions of a kind about one subject. */
  cleared(
    session: ClientSession,
    about: { kind: BusinessExceptionKind; subjectId: string; at: Date; by: string },
  ): Promise<void>;
  resolve(
    session: ClientSession,
    id: string,
    how: { at: Date; resolution: string; by: string },
  ): Promise<void>;
  find(session: ClientSession, id: string): Promise<BusinessException | null>;
  /** Open ones, the longest waiting first; one more than asked for, to tell whether there is more. */
  listOpen(filter: ExceptionFilter, page: PageRequest): Promise<BusinessException[]>;
  /** Ids of operations with an open exception. */
  openOperationIds(): Promise<string[]>;
}

export function createExceptions(connection: Connection, store: Store): Exceptions {
  const model: Model<BusinessException> =
    connection.models['BusinessException'] ??
    connection.model<BusinessException>('BusinessException', exceptionSchema());

  async function insert(
    session: ClientSession,
    { _id, ...fields }: BusinessException,
    tell: Tell | undefined,
  ) {
    const { upsertedCount } = await model.updateOne(
      { _id },
      { $setOnInsert: fields },
      { upsert: true, session },
    );
    if (upsertedCount > 0) await tell?.(session, { _id, ...fields });
    return upsertedCount > 0;
  }

  return {
    model,
    async raise(exceptions, tell) {
      if (exceptions.length === 0) return [];
      const open = await model
        .find(
          { resolvedAt: null, subjectId: { $in: exceptions.map(({ subjectId }) => subjectId) } },
          { kind: 1, subjectId: 1 },
        )
        .lean<Pick<BusinessException, 'kind' | 'subjectId'>[]>();
      const known = new Set(open.map(({ kind, subjectId }) => `${kind} ${subjectId}`));
      const fresh = exceptions.filter(({ kind, subjectId }) => {
        const name = `${kind} ${subjectId}`;
        if (known.has(name)) return false;
        known.add(name);
        return true;
      });
      const written: BusinessException[] = [];
      for (const exception of fresh) {
        if (await store.transaction((session) => insert(session, exception, tell))) written.push(exception);
      }
      return written;
    },
    async raiseOne(session, exception, tell) {
      const { kind, subjectId } = exception;
      if ((await model.exists({ kind, subjectId, resolvedAt: null }).session(session)) !== null) return;
      await insert(session, exception, tell);
    },
    async causeIsGone(kind, remaining, at) {
      await model.updateMany(
        { kind, resolvedAt: null, subjectId: { $nin: [...remaining] } },
        { $set: { resolvedAt: at, resolution: 'Its cause is gone.', resolvedBy: 'operations' } },
      );
    },
    async cleared(session, { kind, subjectId, at, by }) {
      await model.updateMany(
        { kind, subjectId, resolvedAt: null },
        { $set: { resolvedAt: at, resolution: 'Its cause is gone.', resolvedBy: by } },
        { session },
      );
    },
    async operationSucceeded(operationId, at) {
      await model.updateMany(
        { operationId, resolvedAt: null },
        { $set: { resolvedAt: at, resolution: 'The operation succeeded.', resolvedBy: 'operations' } },
      );
    },
    async resolve(session, id, { at, resolution, by }) {
      await model.updateOne(
        { _id: id, resolvedAt: null },
        { $set: { resolvedAt: at, resolution, resolvedBy: by } },
        { session },
      );
    },
    find: (session, id) => model.findById(id).session(session).lean<BusinessException>(),
    listOpen(filter, page) {
      const after = page.after === null ? null : readKey(page.after);
      return model
        .find({
          resolvedAt: null,
          ...(filter.kinds === undefined ? {} : { kind: { $in: [...filter.kinds] } }),
          ...(filter.openedBefore === undefined ? {} : { openedAt: { $lt: filter.openedBefore } }),
          ...(after === null
            ? {}
            : {
                $or: [
                  { openedAt: { $gt: after.openedAt } },
                  { openedAt: after.openedAt, _id: { $gt: after.id } },
                ],
              }),
        })
        .sort({ openedAt: 1, _id: 1 })
        .limit(page.first + 1)
        .lean<BusinessException[]>();
    },
    async openOperationIds() {
      const ids = await model.distinct('operationId', { resolvedAt: null, operationId: { $ne: null } });
      return ids.flatMap((id) => id ?? []);
    },
  };
}

/** Where an exception stands in its list. */
export function exceptionKey({ openedAt, _id }: BusinessException): string {
  return `${openedAt.toISOString()} ${_id}`;
}

/** A cursor that is not one of ours begins at the start of time: it skips nothing. */
function readKey(key: string): { openedAt: Date; id: string } {
  const [at = '', id = ''] = key.split(' ');
  const openedAt = new Date(at);
  return { openedAt: Number.isNaN(openedAt.getTime()) ? new Date(0) : openedAt, id };
}

function exceptionSchema(): Schema<BusinessException> {
  const schema = new Schema<BusinessException>(
    {
      _id: String,
      kind: String,
      subjectId: String,
      detail: { type: String, default: null },
      ownerTeam: String,
      audience: { type: String, default: 'BUSINESS' },
      severity: String,
      operationId: { type: String, default: null },
      openedAt: Date,
      resolvedAt: { type: Date, default: null },
      resolution: { type: String, default: null },
      resolvedBy: { type: String, default: null },
    },
    { versionKey: false, collection: 'businessExceptions' },
  );
  schema.index({ resolvedAt: 1, openedAt: 1, _id: 1 });
  schema.index({ subjectId: 1, resolvedAt: 1 });
  schema.index({ operationId: 1, resolvedAt: 1 });
  return schema;
}
