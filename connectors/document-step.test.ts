import { describe, expect, it } from 'vitest';
import { TestClock } from '../platform/clock.ts';
import type { StepCall } from '../platform/outbox/dispatcher.ts';
import type { OperationRecord } from '../platform/outbox/operation.ts';
import type { JournalEntryRecord } from './canonical/journal-entry.ts';
import { documentStep } from './document-step.ts';
import type { DocumentReceipt } from './documents.ts';
import type { Connector, DedupeStrategy } from './port.ts';

const SETTLING_MS = 500;

const entry: JournalEntryRecord = {
  reference: 'entry-1',
  postedOn: '2026-01-01',
  currencyCode: 'EUR',
  memo: 'rounding',
  correlationId: 'c',
  lines: [],
};
const operation: OperationRecord = {
  _id: 'operation-1',
  owner: 'finance',
  kind: 'journal.post',
  subjectId: 'entry-1',
  aggregate: 'journal:entry-1',
  correlationId: 'c',
  idempotencyKey: 'k',
  lane: 'return',
  laneRank: 1,
  state: 'IN_PROGRESS',
  steps: [],
  payload: {},
  system: 'erp',
  repeat: false,
  notBefore: null,
  behind: [],
  followers: 0,
  dueAt: new Date(0),
  leasedBy: null,
  leasedUntil: null,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  completedAt: null,
};

function given(dedupe: DedupeStrategy) {
  const clock = new TestClock();
  const held = new Map<string, DocumentReceipt>();
  const keys: string[] = [];
  const ledger: Connector = {
    system: 'ledger',
    connector: 'plain',
    kind: 'ERP',
    capabilities: {
      feeds: {},
      documents: { journalEntry: { dedupe, settlingMs: SETTLING_MS } },
      masterData: [],
    },
    readChanges: () => Promise.reject(new Error('no feeds')),
    async createDocument(kind, { reference }, { key }) {
      keys.push(key);
      const receipt: DocumentReceipt = {
        kind,
        reference,
        externalId: 'id-7',
        number: 'JE-7',
        state: 'POSTED',
        acceptedAt: clock.now().toISOString(),
        replayed: false,
        related: [],
      };
      held.set(reference, receipt);
      return receipt;
    },
    findDocument: async (_kind, reference) => held.get(reference) ?? null,
    ping: async () => {},
    close: async () => {},
  };
  const make = (keep?: 'externalId' | 'number') =>
    documentStep({
      connector: ledger,
      kind: 'journalEntry',
      clock,
      documentOf: () => entry,
      ...(keep === undefined ? {} : { keep }),
    });
  const call = (lastSentAt: Date | null): StepCall => ({
    key: 'key-1',
    correlationId: 'c',
    attempt: 1,
    lastSentAt,
    signal: new AbortController().signal,
  });
  return { clock, keys, make, call };
}

describe('a step that creates a document', () => {
  it('creates it under the key of the call and keeps the name that is wanted', async () => {
    const { keys, make, call } = given('unique-business-key');
    expect(await make().send(operation, call(null))).toEqual({ externalId: 'id-7' });
    expect(await make('number').send(operation, call(null))).toEqual({ externalId: 'JE-7' });
    expect(keys).toEqual(['key-1', 'key-1']);
  });

  it('given a doubtful call, when the document is there, then it is found by its reference', async () => {
    const { clock, make, call } = given('search-before-create');
    await make().send(operation, call(null));
    expect(await make('number').ask(operation, call(clock.now()))).toEqual({ externalId: 'JE-7' });
  });

  it.each(['search-before-create', 'unique-business-key', 'upsert-by-external-id'] as const)(
    'given %s, when the document is not there, then that is believed only after the settling time',
    async (dedupe) => {
      const { clock, make, call } = given(dedupe);
      const sentAt = clock.now();
      clock.advance(SETTLING_MS - 200);
      expect(await make().ask(operation, call(sentAt))).toEqual({ askAgainInMs: 200 });
      clock.advance(200);
      expect(await make().ask(operation, call(sentAt))).toBeNull();
    },
  );

  it('given a system that takes our key, when the document is not there, then it may be sent again at once', async () => {
    const { clock, make, call } = given('native-key');
    expect(await make().ask(operation, call(clock.now()))).toBeNull();
  });

  it('given a step that was never sent, then nothing has to settle', async () => {
    const { make, call } = given('search-before-create');
    expect(await make().ask(operation, call(null))).toBeNull();
  });
});
