import type { ClientSession } from 'mongoose';
import type { NewId } from '../../../platform/ids.ts';
import type { Discrepancy } from '../domain/discrepancy.ts';
import type { DiscrepancyKind, Finding, LevelBooks } from '../domain/drift.ts';
import { BUCKETS, levelId } from '../domain/level.ts';
import type { Collections } from './collections.ts';
import type { DiscrepancyRecord, LevelRecord } from './records.ts';

/** Stock that is not as it should be, until somebody has decided. */
export interface Discrepancies {
  /**
   * Notes what was found of a level: opens what is new, brings up to date what is open, closes what is open and was not found. What a
   * person has closed and is found again unchanged stays closed. Only of these kinds. Answers the open ones.
   */
  note(
    session: ClientSession,
    level: LevelRecord,
    found: { kinds: readonly DiscrepancyKind[]; findings: readonly Finding[]; at: Date },
  ): Promise<Discrepancy[]>;
  /** Opens a discrepancy under an id that names its fact; false when that was opened before. */
  openOnce(
    session: ClientSession,
    id: string,
    level: LevelRecord,
    found: Finding & { at: Date },
  ): Promise<boolean>;
  resolve(session: ClientSession, id: string, resolution: string, at: Date): Promise<void>;
  /** Makes a level what its ledger adds up to; `asStep`: as a change of its own, without a line. */
  rebuild(session: ClientSession, books: LevelBooks, asStep: boolean, at: Date): Promise<void>;
  /** Newest first, from before `after` on. */
  list(wish: {
    state: Discrepancy['state'];
    locationId: string | null;
    after: string | null;
    limit: number;
  }): Promise<Discrepancy[]>;
  byIds(ids: readonly string[], session?: ClientSession): Promise<Map<string, Discrepancy>>;
}

export function createDiscrepancies(
  collections: Pick<Collections, 'discrepancies' | 'levels'>,
  newId: NewId,
): Discrepancies {
  const { discrepancies: model, levels } = collections;

  async function close(session: ClientSession, ids: readonly string[], resolution: string, at: Date) {
    if (ids.length === 0) return;
    await model.updateMany(
      { _id: { $in: [...ids] }, state: 'OPEN' },
      { $set: { state: 'RESOLVED', resolution, resolvedAt: at } },
      { session },
    );
  }

  return {
    async note(session, level, { kinds, findings, at }) {
      const known = (
        await model
          .find({ levelId: level._id, kind: { $in: [...kinds] } })
          .session(session)
          .lean<DiscrepancyRecord[]>()
      ).map(discrepancyOf);
      const open = known.filter(({ state }) => state === 'OPEN');
      const isFound = ({ kind }: Discrepancy) => findings.some((finding) => finding.kind === kind);
      const gone = open.filter((one) => !isFound(one)).map(({ id }) => id);
      await close(session, gone, 'SEEN_NO_MORE', at);
      const noted: Discrepancy[] = [];
      for (const finding of findings) {
        const before = open.find(({ kind }) => kind === finding.kind);
        if (before !== undefined) {
          noted.push({ ...before, ...finding });
          await model.updateOne({ _id: before.id }, { $set: { ...finding } }, { session });
          continue;
        }
        if (known.some((one) => one.cause === finding.cause && one.resolution === 'ACCEPT')) continue;
        const opened = opening(newId(), level, finding, at);
        await model.create([opened], { session });
        noted.push(discrepancyOf(opened));
      }
      return noted;
    },

    async openOnce(session, id, level, { at, ...finding }) {
      if ((await model.exists({ _id: id }).session(session)) !== null) return false;
      await model.create([opening(id, level, finding, at)], { session });
      return true;
    },

    resolve: (session, id, resolution, at) => close(session, [id], resolution, at),

    async rebuild(session, { level, ledger }, asStep, at) {
      const figures = ['onHand', ...BUCKETS] as const;
      await levels.updateOne(
        { _id: levelId(level.variantId, level.locationId) },
        {
          $set: {
            ...Object.fromEntries(figures.map((figure) => [figure, ledger[figure]])),
            updatedAt: at,
          },
          ...(asStep ? { $inc: { version: 1, rebuilds: 1 } } : {}),
        },
        { session },
      );
    },

    async list({ state, locationId, after, limit }) {
      const records = await model
        .find({
          state,
          ...(locationId === null ? {} : { locationId }),
          ...(after === null ? {} : { _id: { $lt: after } }),
        })
        .sort({ _id: -1 })
        .limit(limit)
        .lean<DiscrepancyRecord[]>();
      return records.map(discrepancyOf);
    },

    async byIds(ids, session) {
      const records = await model
        .find({ _id: { $in: [...ids] } })
        .session(session ?? null)
        .lean<DiscrepancyRecord[]>();
      return new Map(records.map((record) => [record._id, discrepancyOf(record)]));
    },
  };
}

function discrepancyOf({ _id, ...rest }: DiscrepancyRecord): Discrepancy {
  return { id: _id, ...rest };
}

function opening(
  _id: string,
  { _id: level, variantId, locationId, unit }: LevelRecord,
  finding: Finding,
  detectedAt: Date,
): DiscrepancyRecord {
  const about = { levelId: level, variantId, locationId, unit };
  return { _id, state: 'OPEN', ...about, ...finding, detectedAt, resolution: null, resolvedAt: null };
}
