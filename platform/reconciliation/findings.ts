import { isDeepStrictEqual } from 'node:util';
import { type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import type { Events } from '../events/events.ts';
import { clearException, reportException } from '../events/exceptions.ts';
import type { NewId } from '../ids.ts';
import type { Store } from '../store/store.ts';
import type { Finding, FindingRecord } from './finding.ts';
import { exceptionKindOf, inWords } from './in-words.ts';

/** Findings are kept with both sides' figures; each is work for a person from when it is found until both sides agree. */
export interface Findings {
  report(system: string, kind: string, finding: Finding): Promise<void>;
  /** Both sides agree on these again. */
  resolve(system: string, kind: string, references: readonly string[]): Promise<void>;
  /** The references that are still open, the longest open first. */
  open(system: string, kind: string, limit: number): Promise<string[]>;
}

export function findingModel(connection: Connection): Model<FindingRecord> {
  const known = connection.models['Finding'];
  if (known !== undefined) return known;
  const schema = new Schema<FindingRecord>(
    {
      _id: String,
      system: String,
      kind: String,
      reference: String,
      subjectId: String,
      verdict: String,
      differences: [
        { type: new Schema({ field: String, ours: String, theirs: String }, { _id: false, id: false }) },
      ],
      foundAt: Date,
      resolvedAt: { type: Date, default: null },
    },
    { versionKey: false, collection: 'findings' },
  );
  schema.index({ system: 1, kind: 1, resolvedAt: 1, foundAt: 1 });
  return connection.model<FindingRecord>('Finding', schema);
}

export function createFindings(options: {
  store: Store;
  events: Events;
  connection: Connection;
  clock: Clock;
  newId: NewId;
  /** The room that compares, `/subgraphs/order`. */
  source: string;
  /** Who is to look after a finding. */
  ownerTeam: string;
}): Findings {
  const { store, events, clock, newId, source, ownerTeam } = options;
  const model = findingModel(options.connection);
  const idOf = (system: string, kind: string, reference: string) => `${system}|${kind}|${reference}`;
  const reporter = () => ({ events, source, correlationId: newId() });

  return {
    async report(system, kind, finding) {
      const { reference, subjectId, verdict, differences } = finding;
      const _id = idOf(system, kind, reference);
      const said = { subjectId, verdict, differences };
      await store.transaction(async (session) => {
        const known = await model.findById(_id).session(session).lean<FindingRecord>();
        const isNew = known === null || known.resolvedAt !== null;
        const opened = isNew ? { system, kind, reference, foundAt: clock.now(), resolvedAt: null } : {};
        if (
          !isNew &&
          isDeepStrictEqual(
            { verdict: known.verdict, differences: known.differences },
            { verdict, differences },
          )
        )
          return;
        await model.updateOne({ _id }, { $set: { ...said, ...opened } }, { upsert: true, session });
        await reportException(session, reporter(), {
          kind: exceptionKindOf(finding),
          subjectId,
          detail: inWords(system, kind, finding),
          ownerTeam,
          audience: 'BUSINESS',
          severity: 'HIGH',
        });
      });
    },
    async resolve(system, kind, references) {
      const open = await model
        .find({
          _id: { $in: references.map((reference) => idOf(system, kind, reference)) },
          resolvedAt: null,
        })
        .lean<FindingRecord[]>();
      for (const finding of open) {
        await store.transaction(async (session) => {
          await model.updateOne({ _id: finding._id }, { $set: { resolvedAt: clock.now() } }, { session });
          const about = { kind: exceptionKindOf(finding), subjectId: finding.subjectId };
          await clearException(session, reporter(), about);
        });
      }
    },
    async open(system, kind, limit) {
      const rows = await model
        .find({ system, kind, resolvedAt: null })
        .sort({ foundAt: 1 })
        .limit(limit)
        .lean<FindingRecord[]>();
      return rows.map(({ reference }) => reference);
    },
  };
}
