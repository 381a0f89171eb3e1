import { type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import type { Difference } from './compare.ts';

/**
 * - `MISSING`: we were told that the system has it, and it has not.
 * - `UNKNOWN`: the system has one under a name of ours, and we never made it.
 * - `DIFFERENT`: both have it and do not agree; another number means that the system has two.
 */
export type Verdict = 'MISSING' | 'UNKNOWN' | 'DIFFERENT';

/** One document on which a system of record and we do not agree. */
export interface FindingRecord {
  /** `system|kind|reference`: a document is found once, however often it is compared. */
  _id: string;
  system: string;
  kind: string;
  reference: string;
  /** Our own id of it, the system's number when we have none. */
  subjectId: string;
  verdict: Verdict;
  differences: Difference[];
  foundAt: Date;
  /** When a later comparison found both sides agreed. */
  resolvedAt: Date | null;
}

export type Finding = Pick<FindingRecord, 'reference' | 'subjectId' | 'verdict' | 'differences'>;

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
      differences: [new Schema({ field: String, ours: String, theirs: String }, { _id: false })],
      foundAt: Date,
      resolvedAt: { type: Date, default: null },
    },
    { versionKey: false, collection: 'findings' },
  );
  schema.index({ system: 1, kind: 1, resolvedAt: 1, foundAt: 1 });
  return connection.model<FindingRecord>('Finding', schema);
}

export function createFindings(options: { connection: Connection; clock: Clock }): Findings {
  const { clock } = options;
  const model = findingModel(options.connection);
  const idOf = (system: string, kind: string, reference: string) => `${system}|${kind}|${reference}`;
  return {
    async report(system, kind, { reference, subjectId, verdict, differences }) {
      const _id = idOf(system, kind, reference);
      const said = { subjectId, verdict, differences };
      const same = await model.findOne({ _id, resolvedAt: null }).lean<FindingRecord>();
      if (same !== null) return void (await model.updateOne({ _id }, { $set: said }));
      await model.updateOne(
        { _id },
        { $set: { ...said, system, kind, reference, foundAt: clock.now(), resolvedAt: null } },
        { upsert: true },
      );
    },
    async resolve(system, kind, references) {
      if (references.length === 0) return;
      await model.updateMany(
        { _id: { $in: references.map((reference) => idOf(system, kind, reference)) }, resolvedAt: null },
        { $set: { resolvedAt: clock.now() } },
      );
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
