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
  /** Both sides agree on these again, or there is nothing left to agree on. */
  resolve(system: string, kind: string, references: readonly string[]): Promise<void>;
  /** What is still open, the longest not looked at first; it counts as looked at then. */
  toLookAt(
    system: string,
    kind: string,
    limit: number,
  ): Promise<Pick<FindingRecord, 'reference' | 'verdict'>[]>;
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
      told: Boolean,
      lookedAt: Date,
      resolvedAt: { type: Date, default: null },
    },
    { versionKey: false, collection: 'findings' },
  );
  schema.index({ system: 1, kind: 1, resolvedAt: 1, lookedAt: 1 });
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
  /** What a finding is called among the work for people. Default: RECONCILIATION_DIFFERENCE. */
  exceptionKind?: string;
  /** How long a finding must last before people are told. Default: not at all. */
  lastsMs?: number;
}): Findings {
  const { store, events, clock, newId, source, ownerTeam } = options;
  const { lastsMs = 0 } = options;
  const usual = options.exceptionKind ?? 'RECONCILIATION_DIFFERENCE';
  const model = findingModel(options.connection);
  const idOf = (system: string, kind: string, reference: string) => `${system}|${kind}|${reference}`;
  const reporter = () => ({ events, source, correlationId: newId() });

  /** Who is called, and about what, as long as a finding is open. */
  const exceptionOf = (finding: Pick<FindingRecord, 'subjectId' | 'differences'>) => ({
    kind: exceptionKindOf(finding, usual),
    subjectId: finding.subjectId,
  });

  return {
    async report(system, kind, finding) {
      const { reference, subjectId, verdict, differences } = finding;
      const _id = idOf(system, kind, reference);
      await store.transaction(async (session) => {
        const known = await model.findById(_id).session(session).lean<FindingRecord>();
        const before = known?.resolvedAt === null ? known : null;
        const isSame = before !== null && isDeepStrictEqual(saidIn(before), saidIn(finding));
        if (isSame && before.told) return;
        const now = clock.now();
        const since = isSame ? before.foundAt : now;
        const told = before?.told === true || now.getTime() - since.getTime() >= lastsMs;
        const said = { subjectId, verdict, differences, told };
        const opened = before === null ? { system, kind, reference, lookedAt: now, resolvedAt: null } : {};
        await model.updateOne(
          { _id },
          { $set: { ...said, ...opened, foundAt: before?.told ? before.foundAt : since } },
          { upsert: true, session },
        );
        // What was raised before says something else than is so now, and may be somebody else's.
        if (before?.told) await clearException(session, reporter(), exceptionOf(before));
        if (!told) return;
        await reportException(session, reporter(), {
          ...exceptionOf(finding),
          detail: inWords(system, kind, finding),
          ownerTeam,
          audience: 'BUSINESS',
          severity: 'HIGH',
        });
      });
    },
    async resolve(system, kind, references) {
      const ids = references.map((reference) => idOf(system, kind, reference));
      const open = await model.find({ _id: { $in: ids }, resolvedAt: null }).lean<FindingRecord[]>();
      for (const { _id } of open) {
        await store.transaction(async (session) => {
          const finding = await model
            .findOneAndUpdate({ _id, resolvedAt: null }, { $set: { resolvedAt: clock.now() } }, { session })
            .lean<FindingRecord>();
          if (finding?.told) await clearException(session, reporter(), exceptionOf(finding));
        });
      }
    },
    async toLookAt(system, kind, limit) {
      const rows = await model
        .find({ system, kind, resolvedAt: null })
        .sort({ lookedAt: 1 })
        .limit(limit)
        .lean<FindingRecord[]>();
      const ids = rows.map(({ _id }) => _id);
      if (ids.length > 0) await model.updateMany({ _id: { $in: ids } }, { $set: { lookedAt: clock.now() } });
      return rows;
    },
  };
}

function saidIn({ subjectId, verdict, differences }: Finding) {
  return { subjectId, verdict, differences };
}
