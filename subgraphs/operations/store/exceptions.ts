import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { PageRequest } from '../../../platform/graphql/page.ts';
import type { Store } from '../../../platform/store/store.ts';
import type { BusinessException, BusinessExceptionKind } from '../domain/business-exception.ts';

export interface ExceptionFilter {
  readonly kinds?: readonly BusinessExceptionKind[] | undefined;
  readonly openedBefore?: Date | undefined;
}

/** Runs in the transaction that writes an exception or its end: nobody is told of what was not written, or not told of what was. */
export type Tell = (session: ClientSession, exception: BusinessException) => Promise<void>;

export interface Exceptions {
  readonly model: Model<BusinessException>;
  /**
   * Writes exceptions down unless they are known, open or resolved; of one kind, subject and origin (an operation, or what a room
   * found) only one is open at a time. Answers those it wrote.
   */
  raise(exceptions: readonly BusinessException[]): Promise<readonly BusinessException[]>;
  /** The same for one, in a transaction that is under way. */
  raiseOne(session: ClientSession, exception: BusinessException): Promise<void>;
  /** Resolves what an operation raised, now that it succeeded. */
  operationSucceeded(operationId: string, at: Date): Promise<void>;
  /** Resolves what rejected records raised, by what it is about: good ones of the same name came after them. */
  recordsMended(subjectIds: readonly string[], at: Date): Promise<void>;
  /** Resolves open exceptions of a kind about subjects for which its cause is no more. */
  causeIsGone(kind: BusinessExceptionKind, remaining: readonly string[], at: Date): Promise<void>;
  /** Resolves what rooms reported, of a kind and about one subject; what operations raised about it ends with them. */
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

const CAUSE_IS_GONE = 'Its cause is gone.';

export function createExceptions(connection: Connection, store: Store, tell: Tell): Exceptions {
  const model: Model<BusinessException> =
    connection.models['BusinessException'] ??
    connection.model<BusinessException>('BusinessException', exceptionSchema());

  async function insert(session: ClientSession, { _id, ...fields }: BusinessException): Promise<boolean> {
    const { upsertedCount } = await model.updateOne(
      { _id },
      { $setOnInsert: fields },
      { upsert: true, session },
    );
    if (upsertedCount > 0) await tell(session, { _id, ...fields });
    return upsertedCount > 0;
  }

  async function close(
    session: ClientSession,
    which: Record<string, unknown>,
    how: { at: Date; resolution: string; by: string },
  ): Promise<void> {
    const end = { resolvedAt: how.at, resolution: how.resolution, resolvedBy: how.by };
    const open = await model
      .find({ ...which, resolvedAt: null })
      .session(session)
      .lean<BusinessException[]>();
    for (const exception of open) {
      await model.updateOne({ _id: exception._id }, { $set: end }, { session });
      await tell(session, { ...exception, ...end });
    }
  }

  /** In a transaction of its own, when there is anything to close. */
  async function closeAny(which: Record<string, unknown>, at: Date, resolution: string): Promise<void> {
    if ((await model.exists({ ...which, resolvedAt: null })) === null) return;
    await store.transaction((session) => close(session, which, { at, resolution, by: 'operations' }));
  }

  return {
    model,
    async raise(exceptions) {
      if (exceptions.length === 0) return [];
      const open = await model
        .find(
          { resolvedAt: null, subjectId: { $in: exceptions.map(({ subjectId }) => subjectId) } },
          { kind: 1, subjectId: 1, operationId: 1 },
        )
        .lean<Pick<BusinessException, 'kind' | 'subjectId' | 'operationId'>[]>();
      const known = new Set(open.map(causeOf));
      const fresh = exceptions.filter((exception) => {
        const cause = causeOf(exception);
        if (known.has(cause)) return false;
        known.add(cause);
        return true;
      });
      const written: BusinessException[] = [];
      for (const exception of fresh) {
        if (await store.transaction((session) => insert(session, exception))) written.push(exception);
      }
      return written;
    },
    async raiseOne(session, exception) {
      const { kind, subjectId } = exception;
      const same = { kind, subjectId, operationId: originOf(exception), resolvedAt: null };
      if ((await model.exists(same).session(session)) !== null) return;
      await insert(session, exception);
    },
    causeIsGone: (kind, remaining, at) =>
      closeAny({ kind, subjectId: { $nin: [...remaining] } }, at, CAUSE_IS_GONE),
    cleared: (session, { kind, subjectId, at, by }) =>
      close(session, { kind, subjectId, operationId: null }, { at, resolution: CAUSE_IS_GONE, by }),
    recordsMended: (subjectIds, at) =>
      closeAny(
        { kind: 'MASTER_DATA_REJECTED', subjectId: { $in: [...subjectIds] }, operationId: null },
        at,
        'A good record of the same name came after it.',
      ),
    operationSucceeded: (operationId, at) => closeAny({ operationId }, at, 'The operation succeeded.'),
    resolve: (session, id, how) => close(session, { _id: id }, how),
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

/** What an operation raised is not closed by what a room finds out, nor the other way round. */
function originOf({ operationId }: Pick<BusinessException, 'operationId'>): null | { readonly $ne: null } {
  return operationId === null ? null : { $ne: null };
}

function causeOf(exception: Pick<BusinessException, 'kind' | 'subjectId' | 'operationId'>): string {
  const { kind, subjectId, operationId } = exception;
  return `${kind} ${subjectId} ${operationId === null ? 'reported' : 'operation'}`;
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
