import type { ClientSession } from 'mongoose';
import type { Clock } from '../../../platform/clock.ts';
import type { Store } from '../../../platform/store/store.ts';
import type { Discrepancy } from '../domain/discrepancy.ts';
import { findDrift, type LevelBooks } from '../domain/drift.ts';
import type { Collections } from './collections.ts';
import type { Discrepancies } from './discrepancies.ts';
import { readLevelBooks } from './level-books.ts';
import type { LevelRecord } from './records.ts';

/** What one look at some levels came to. */
export interface Audit {
  readonly levels: number;
  readonly open: readonly Discrepancy[];
  /** The last level that was looked at; null when there were no more. */
  readonly last: string | null;
}

/** Which levels are looked at: from the one after `after` on, in the order of their ids. */
export interface AuditScope {
  readonly locationId: string | null;
  readonly variantIds: readonly string[] | null;
  readonly after: string | null;
  readonly limit: number;
}

/** Compares levels with their ledger and their claims. */
export interface Audits {
  /** Compares some levels as one transaction sees them and notes what it finds. */
  run(scope: AuditScope): Promise<Audit>;
  /** Levels beside what they should agree with. */
  books(session: ClientSession, levels: readonly LevelRecord[]): Promise<LevelBooks[]>;
  /** Compares the next levels of all, if no process has done so within `restMs`; null when one has. */
  nextTurn(limit: number, restMs: number): Promise<Audit | null>;
}

const TURN = 'levels';

export function createAudits(options: {
  collections: Collections;
  discrepancies: Discrepancies;
  transaction: Store['transaction'];
  clock: Clock;
}): Audits {
  const { collections, discrepancies, clock } = options;

  async function look(session: ClientSession, scope: AuditScope): Promise<Audit> {
    const { locationId, variantIds, after, limit } = scope;
    const levels = await collections.levels
      .find({
        ...(locationId === null ? {} : { locationId }),
        ...(variantIds === null ? {} : { variantId: { $in: [...variantIds] } }),
        ...(after === null ? {} : { _id: { $gt: after } }),
      })
      .sort({ _id: 1 })
      .limit(limit)
      .session(session)
      .lean<LevelRecord[]>();
    const books = await readLevelBooks(collections, session, levels);
    const at = clock.now();
    const open: Discrepancy[] = [];
    const isOpen = await openLevels(session, levels);
    for (const [index, level] of levels.entries()) {
      const found = books[index];
      const findings = found === undefined ? [] : findDrift(found);
      // Nearly always nothing is wrong and nothing was: then nothing is written.
      if (findings.length === 0 && !isOpen.has(level._id)) continue;
      open.push(
        ...(await discrepancies.note(session, level, {
          kinds: ['LEDGER_DRIFT', 'CLAIM_DRIFT'],
          findings,
          at,
        })),
      );
    }
    return { levels: levels.length, open, last: levels.length < limit ? null : (levels.at(-1)?._id ?? null) };
  }

  async function openLevels(session: ClientSession, levels: readonly LevelRecord[]): Promise<Set<string>> {
    const records = await collections.discrepancies
      .find({ levelId: { $in: levels.map(({ _id }) => _id) }, state: 'OPEN' }, { levelId: 1 })
      .session(session)
      .lean<{ levelId: string }[]>();
    return new Set(records.map(({ levelId }) => levelId));
  }

  return {
    books: (session, levels) => readLevelBooks(collections, session, levels),
    run: (scope) => options.transaction((session) => look(session, scope)),

    async nextTurn(limit, restMs) {
      const now = clock.now();
      await collections.auditTurns.updateOne(
        { _id: TURN },
        { $setOnInsert: { after: null, takenAt: new Date(0) } },
        { upsert: true },
      );
      const turn = await collections.auditTurns
        .findOneAndUpdate(
          { _id: TURN, takenAt: { $lte: new Date(now.getTime() - restMs) } },
          { $set: { takenAt: now } },
        )
        .lean<{ after: string | null }>();
      if (turn === null) return null;
      const scope = { locationId: null, variantIds: null, after: turn.after, limit };
      const audit = await options.transaction((session) => look(session, scope));
      await collections.auditTurns.updateOne({ _id: TURN, takenAt: now }, { $set: { after: audit.last } });
      return audit;
    },
  };
}
