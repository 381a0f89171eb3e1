import { type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import type { NewId } from '../ids.ts';
import type { Integration } from '../integration.ts';
import { createRepeating } from '../repeating.ts';
import type { Store } from '../store/store.ts';
import type { Running } from '../subgraph.ts';
import type { Logger } from '../telemetry/logger.ts';
import { differencesOf, type Figures } from './compare.ts';
import type { Finding } from './finding.ts';
import { createFindings } from './findings.ts';

/** A document as the system holds it. */
export interface TheirDocument extends Figures {
  readonly reference: string;
  readonly number: string;
  /** Since when the system has it; null where it does not tell. */
  readonly acceptedAt: Date | null;
}

/** A document of ours that the system said it has. */
export interface OurDocument {
  readonly id: string;
  readonly reference: string;
  readonly figures: Figures;
  /** False while it is on its way, or changed just now: it is compared later. */
  readonly settled: boolean;
}

export interface ReconcilerOptions {
  /** The system and the kind of document: `erp`, `salesOrder`. */
  readonly system: string;
  readonly kind: string;
  readonly store: Store;
  readonly integration: Pick<Integration, 'connection' | 'events' | 'health'>;
  readonly newId: NewId;
  /** The room that compares, `/subgraphs/order`, and who is to look after what it finds. */
  readonly source: string;
  readonly ownerTeam: string;
  /** What a finding is called among the work for people. Default: RECONCILIATION_DIFFERENCE. */
  readonly exceptionKind?: string;
  /** How long a finding must last before people are told, where what the system does reaches us by and by. Default: not at all. */
  readonly lastsMs?: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Between two passes. Default 15 minutes. */
  readonly everyMs?: number;
  /** How often everything is compared again, not only what is new. Default a day. */
  readonly fullEveryMs?: number;
  /** What the system holds, in the order it made it; missing where it can only be asked one by one. */
  list?(cursor: string | null, options: { limit: number; signal: AbortSignal }): Promise<TheirPage>;
  find(reference: string, signal: AbortSignal): Promise<TheirDocument | null>;
  /** Whether it is one that we should know: by a reference that only we give, or because we hear of all of them. */
  isOurs(reference: string, theirs: TheirDocument): boolean;
  byReferences(references: readonly string[]): Promise<readonly OurDocument[]>;
  /** Settled documents that no pass has found equal yet, the oldest first. */
  unreconciled(limit: number): Promise<readonly OurDocument[]>;
  /** Both sides agree on these. */
  reconciled(documents: readonly OurDocument[]): Promise<void>;
  /** They do not agree on these, even if they once did. */
  disagreed(documents: readonly OurDocument[]): Promise<void>;
}

export interface TheirPage {
  readonly documents: readonly TheirDocument[];
  readonly cursor: string;
  readonly more: boolean;
}

export interface Reconciler extends Running {
  /** One pass, now. Answers how many documents were compared and how many do not agree. */
  pass(signal: AbortSignal): Promise<{ compared: number; found: number }>;
}

interface PlaceRecord {
  _id: string;
  cursor: string | null;
  fullSince: Date;
}

const PAGE_SIZE = 500;
/** Documents asked for one by one in one pass: what is left waits for the next, so that a pass is no storm. */
const ASKED_MAX = 200;
/** Of them, those that were found wrong before: however many there are, what is new has its turn. */
const ASKED_AGAIN_MAX = ASKED_MAX / 2;
const CALL_TIMEOUT_MS = 15_000;
const QUARTER_HOUR_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Compares our documents with a system's, both ways: what it lists with what we have, then what we have and nobody compared yet with what it
 * says when it is asked. Every disagreement is kept with both sides' figures until they agree.
 */
export function createReconciler(options: ReconcilerOptions): Reconciler {
  const { system, kind, integration, clock, logger } = options;
  const { connection, events } = integration;
  const name = `reconciliation ${system}/${kind}`;
  const findings = createFindings({ ...options, connection, events });
  const places: Model<PlaceRecord> =
    connection.models['ReconciliationPlace'] ??
    connection.model<PlaceRecord>(
      'ReconciliationPlace',
      new Schema<PlaceRecord>(
        { _id: String, cursor: { type: String, default: null }, fullSince: Date },
        { versionKey: false, collection: 'reconciliationPlaces' },
      ),
    );
  const inTime = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(CALL_TIMEOUT_MS)]);

  /** Not while a person has calls stopped, nor while the system asks for patience: what is left waits for the next pass. */
  async function mayCall(signal: AbortSignal): Promise<boolean> {
    await integration.health.refresh();
    return !signal.aborted && integration.health.readGate(system).open;
  }

  /** Compares pairs and writes down what came of it. */
  async function settle(
    pairs: readonly (readonly [OurDocument, TheirDocument | null])[],
  ): Promise<Finding[]> {
    const equal: OurDocument[] = [];
    const unequal: OurDocument[] = [];
    const found: Finding[] = [];
    for (const [ours, theirs] of pairs) {
      const { id: subjectId, reference } = ours;
      const differences = theirs === null ? [] : differencesOf(ours.figures, theirs);
      if (theirs !== null && differences.length === 0) {
        equal.push(ours);
        continue;
      }
      unequal.push(ours);
      found.push({ reference, subjectId, verdict: theirs === null ? 'MISSING' : 'DIFFERENT', differences });
    }
    await options.reconciled(equal);
    await options.disagreed(unequal);
    await findings.resolve(
      system,
      kind,
      equal.map(({ reference }) => reference),
    );
    for (const finding of found) await findings.report(system, kind, finding);
    return found;
  }

  /** A page of what the system holds, against ours. */
  async function comparePage(documents: readonly TheirDocument[]): Promise<number> {
    const named = documents.filter((theirs) => options.isOurs(theirs.reference, theirs));
    const ours = new Map(
      (await options.byReferences(named.map(({ reference }) => reference))).map((our) => [
        our.reference,
        our,
      ]),
    );
    const unknown = named.flatMap(({ reference, number }): Finding[] =>
      ours.has(reference) ? [] : [{ reference, subjectId: number, verdict: 'UNKNOWN', differences: [] }],
    );
    for (const finding of unknown) await findings.report(system, kind, finding);
    const pairs = named.flatMap((theirs) => {
      const our = ours.get(theirs.reference);
      return our?.settled === true ? [[our, theirs] as const] : [];
    });
    return unknown.length + (await settle(pairs)).length;
  }

  async function compareLists(list: NonNullable<ReconcilerOptions['list']>, signal: AbortSignal) {
    const now = clock.now();
    const place = await places.findById(name).lean<PlaceRecord>();
    const fullEveryMs = options.fullEveryMs ?? DAY_MS;
    const full = place === null || now.getTime() - place.fullSince.getTime() >= fullEveryMs;
    let cursor = full ? null : place.cursor;
    const result = { compared: 0, found: 0 };
    for (let more = true; more && (await mayCall(signal)); ) {
      const page = await list(cursor, { limit: PAGE_SIZE, signal: inTime(signal) });
      result.found += await comparePage(page.documents);
      result.compared += page.documents.length;
      ({ cursor, more } = page);
      await places.updateOne(
        { _id: name },
        { $set: { cursor, ...(full ? { fullSince: now } : {}) } },
        { upsert: true },
      );
    }
    return result;
  }

  /**
   * What the system had and we did not know is no finding any more once we know it (from then on it is compared like all others) or the
   * system has it no more. Answers how many the system was asked about.
   */
  async function lookAtUnknown(
    references: readonly string[],
    ours: ReadonlyMap<string, OurDocument>,
    signal: AbortSignal,
  ) {
    const settled: string[] = [];
    let asked = 0;
    for (const reference of references) {
      if (ours.has(reference)) {
        settled.push(reference);
        continue;
      }
      if (!(await mayCall(signal))) break;
      asked += 1;
      if ((await options.find(reference, inTime(signal))) === null) settled.push(reference);
    }
    await findings.resolve(system, kind, settled);
    return asked;
  }

  /** What the lists did not settle is asked for by name: what is missing there, and what was found wrong before. */
  async function askOneByOne(signal: AbortSignal) {
    const open = await findings.toLookAt(system, kind, ASKED_AGAIN_MAX);
    const known = await options.byReferences(open.map(({ reference }) => reference));
    const unknown = open.flatMap(({ reference, verdict }) => (verdict === 'UNKNOWN' ? [reference] : []));
    const asked = await lookAtUnknown(unknown, new Map(known.map((our) => [our.reference, our])), signal);

    const fresh = await options.unreconciled(ASKED_MAX - open.length);
    const wanted = new Map([...known, ...fresh].map((our) => [our.id, our]));
    const pairs: [OurDocument, TheirDocument | null][] = [];
    for (const our of [...wanted.values()].filter(({ settled }) => settled)) {
      if (!(await mayCall(signal))) break;
      pairs.push([our, await options.find(our.reference, inTime(signal))]);
    }
    return { compared: pairs.length + asked, found: (await settle(pairs)).length };
  }

  async function pass(signal: AbortSignal) {
    const listed =
      options.list === undefined ? { compared: 0, found: 0 } : await compareLists(options.list, signal);
    const asked = await askOneByOne(signal);
    return { compared: listed.compared + asked.compared, found: listed.found + asked.found };
  }

  const repeating = createRepeating({
    name,
    everyMs: options.everyMs ?? QUARTER_HOUR_MS,
    restsFirst: true,
    clock,
    logger,
    failure: `${kind} could not be compared with ${system}`,
    async turn(signal) {
      const { compared, found } = await pass(signal);
      if (found > 0) logger.warn({ system, kind, compared, found }, 'a system and we do not agree');
      return undefined;
    },
  });
  return { ...repeating, pass };
}
