import { createHash } from 'node:crypto';
import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import { type Decision, type UserErrorValue, userError } from '../errors.ts';
import { type Identity, isShopperOnly } from '../identity/identity.ts';
import { isDuplicateKey, type Store } from '../store/store.ts';

/** One intent: the key its sender chose before the first attempt, unique within `intentScope`, and what was asked for. */
export interface Intent {
  readonly identity: Identity;
  /** The mutation's name; the same key under another mutation is another intent. */
  readonly mutation: string;
  readonly key: string;
  /** The whole input; its canonical hash tells a retry from a reused key. */
  readonly input: unknown;
}

export type IntentOutcome<T> =
  | { readonly done: true; readonly value: T; readonly replayed: boolean }
  | { readonly done: false; readonly errors: readonly UserErrorValue[] };

export interface Idempotency {
  /** What became of this intent before, or null when it has not been carried out. For work that must ask others before its transaction. */
  recall<T>(intent: Intent): Promise<IntentOutcome<T> | null>;
  /**
   * Carries the intent out once. `work` writes with the session it is given and answers with a small plain value (ids) that is kept
   * with the key, in the same transaction. A refusal rolls everything back and is not kept: a corrected request may use the same key.
   * The same key and input again: the kept value, `replayed: true`. Another input: IDEMPOTENCY_KEY_REUSED.
   */
  once<T>(intent: Intent, work: (session: ClientSession) => Promise<Decision<T>>): Promise<IntentOutcome<T>>;
  readonly models: readonly Model<IntentRecord>[];
}

interface IntentRecord {
  _id: string;
  hash: string;
  value: unknown;
  at: Date;
}

/** Tills may replay their offline sales for a month; kept a little longer. */
const RETENTION_SECONDS = 35 * 24 * 60 * 60;
const KEY_MAX_LENGTH = 255;

export function createIdempotency(options: {
  store: Store;
  connection: Connection;
  clock: Clock;
}): Idempotency {
  const { store, clock } = options;
  const schema = new Schema<IntentRecord>(
    { _id: String, hash: String, value: Schema.Types.Mixed, at: Date },
    { versionKey: false, collection: 'intents', minimize: false },
  );
  schema.index({ at: 1 }, { expireAfterSeconds: RETENTION_SECONDS });
  const Intents: Model<IntentRecord> =
    options.connection.models['Intent'] ?? options.connection.model<IntentRecord>('Intent', schema);

  function outcomeOf<T>(record: IntentRecord, hash: string): IntentOutcome<T> {
    if (record.hash === hash) return { done: true, value: record.value as T, replayed: true };
    return {
      done: false,
      errors: [
        userError(
          'IDEMPOTENCY_KEY_REUSED',
          'This idempotency key was used before for another request. Use a new key for a new intent.',
          {
            field: ['input', 'idempotencyKey'],
          },
        ),
      ],
    };
  }

  async function recall<T>(intent: Intent, session?: ClientSession): Promise<IntentOutcome<T> | null> {
    const record = await Intents.findById(recordId(intent))
      .session(session ?? null)
      .lean<IntentRecord>();
    return record === null ? null : outcomeOf<T>(record, hashOf(intent.input));
  }

  return {
    models: [Intents],
    recall: (intent) => recall(intent),
    async once<T>(
      intent: Intent,
      work: (session: ClientSession) => Promise<Decision<T>>,
    ): Promise<IntentOutcome<T>> {
      const wrong = keyProblem(intent.key);
      if (wrong !== null) return { done: false, errors: [wrong] };
      try {
        return await store.transaction(async (session) => {
          const known = await recall<T>(intent, session);
          if (known !== null) return known;
          const decision = await work(session);
          if (!decision.ok) throw new Refused(decision.errors);
          await Intents.create(
            [{ _id: recordId(intent), hash: hashOf(intent.input), value: decision.value, at: clock.now() }],
            { session },
          );
          return { done: true, value: decision.value, replayed: false };
        });
      } catch (error) {
        if (error instanceof Refused) return { done: false, errors: error.errors };
        if (!isDuplicateKey(error)) throw error;
        // Another process carried out the same intent between our look and our commit; anything else unique is a real conflict.
        const known = await recall<T>(intent);
        if (known === null) throw error;
        return known;
      }
    },
  };
}

/** Thrown inside a transaction to roll it back with an answer instead of an error. */
class Refused extends Error {
  readonly errors: readonly UserErrorValue[];

  constructor(errors: readonly UserErrorValue[]) {
    super('refused');
    this.errors = errors;
  }
}

/** What is wrong with a key itself; null when it is good. For work that does part of an intent before `once`. */
export function keyProblem(key: string): UserErrorValue | null {
  if (key.trim() !== '' && key.length <= KEY_MAX_LENGTH) return null;
  return userError(
    'IDEMPOTENCY_KEY_INVALID',
    `An idempotency key is 1 to ${KEY_MAX_LENGTH} characters and not blank.`,
    {
      field: ['input', 'idempotencyKey'],
    },
  );
}

/**
 * Within what a caller's idempotency keys are unique. Staff and services: their client, so that another till operator can finish what
 * one began. Shoppers and nobody: the subject at that client, because all shoppers of a shop share its client, and a key of one
 * must not open what was answered to another.
 */
export function intentScope(identity: Identity): string {
  const parts = isShopperOnly(identity) ? [identity.clientId, identity.subject] : [identity.clientId];
  // Escaped, so that no client's id can read like another's with a subject, and no scope like one with a mutation.
  return parts.map(encodeURIComponent).join(':');
}

function recordId(intent: Intent): string {
  return `${intentScope(intent.identity)}/${intent.mutation}/${intent.key}`;
}

/** Hash of the input with object keys sorted, so that two spellings of one request are the same request. */
export function hashOf(input: unknown): string {
  return createHash('sha256').update(canonical(input)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}
