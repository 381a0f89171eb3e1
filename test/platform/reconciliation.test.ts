import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FindingRecord } from '../../platform/reconciliation/finding.ts';
import { findingModel } from '../../platform/reconciliation/findings.ts';
import {
  createReconciler,
  type OurDocument,
  type TheirDocument,
} from '../../platform/reconciliation/reconciler.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';

describe('a reconciler', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(() => test.stop());

  /** Two sets of books that the test writes in; theirs can only be asked for by name unless `lists`. */
  function given(system: string, { lists = true, lastsMs = 0 } = {}) {
    const theirs = new Map<string, TheirDocument>();
    const ours = new Map<string, OurDocument>();
    const equal = new Set<string>();
    let asked = 0;
    let laterMs = 0;
    let nonsense = false;
    const reconciler = createReconciler({
      ...test.dependencies,
      clock: { ...test.dependencies.clock, now: () => new Date(Date.now() + laterMs) },
      system,
      kind: 'invoice',
      source: '/test',
      ownerTeam: 'books',
      fullEveryMs: 0,
      lastsMs,
      ...(lists ? { list: async () => ({ documents: [...theirs.values()], cursor: '0', more: false }) } : {}),
      async find(reference) {
        asked += 1;
        if (nonsense) throw new Error('an answer that cannot be read');
        return theirs.get(reference) ?? null;
      },
      isOurs: (reference) => reference.startsWith('OUR-'),
      byReferences: async (references) => references.flatMap((reference) => ours.get(reference) ?? []),
      unreconciled: async (limit) =>
        [...ours.values()].filter(({ reference }) => !equal.has(reference)).slice(0, limit),
      async reconciled(documents) {
        for (const { reference } of documents) equal.add(reference);
      },
      async disagreed(documents) {
        for (const { reference } of documents) equal.delete(reference);
      },
    });
    const figures = (total: string, number = 'N-1') => ({
      number,
      currencyCode: 'EUR',
      total,
      canceled: false,
    });
    return {
      theirs,
      ours,
      equal,
      asked: () => asked,
      wait: (ms: number) => {
        laterMs += ms;
      },
      talkNonsense: (on: boolean) => {
        nonsense = on;
      },
      pass: () => reconciler.pass(AbortSignal.timeout(10_000)),
      theyHave: (reference: string, total: string, number = 'N-1') =>
        theirs.set(reference, { reference, acceptedAt: null, ...figures(total, number) }),
      weHave: (reference: string, total: string) =>
        ours.set(reference, { id: `id-${reference}`, reference, figures: figures(total), settled: true }),
      open: () =>
        findingModel(test.dependencies.integration.connection)
          .find({ system, resolvedAt: null })
          .sort({ reference: 1 })
          .lean<FindingRecord[]>(),
      /** What was raised and cleared about `subjectId`, oldest first. */
      async told(subjectId: string) {
        const events = await test.dependencies.integration.events.model
          .find({ subject: subjectId })
          .sort({ _id: 1 })
          .lean<{ type: string; data: { kind: string } }[]>();
        return events.map(({ type, data }) => `${type.split('.')[1]} ${data.kind}`);
      },
    };
  }

  it('given both agreed once and do no more, then they count as not agreed, and as agreed when they are again', async () => {
    const books = given('lapses');
    books.weHave('OUR-1', '5.00');
    books.theyHave('OUR-1', '5.00');
    await books.pass();
    expect([...books.equal]).toEqual(['OUR-1']);
    books.theyHave('OUR-1', '6.00');
    expect(await books.pass()).toMatchObject({ found: 2 });
    expect([...books.equal]).toEqual([]);
    expect(await books.open()).toMatchObject([
      { verdict: 'DIFFERENT', differences: [{ field: 'total', ours: '5.00', theirs: '6.00' }] },
    ]);
    books.theyHave('OUR-1', '5');
    await books.pass();
    expect([...books.equal]).toEqual(['OUR-1']);
    expect(await books.told('id-OUR-1')).toEqual([
      'raised RECONCILIATION_DIFFERENCE',
      'cleared RECONCILIATION_DIFFERENCE',
    ]);
  });

  it('given a suspected duplicate turns out to be another difference, then the suspicion is cleared with its report', async () => {
    const books = given('turns');
    books.weHave('OUR-2', '5.00');
    books.theyHave('OUR-2', '5.00', 'N-2');
    await books.pass();
    await books.pass();
    books.theyHave('OUR-2', '6.00');
    await books.pass();
    expect(await books.told('id-OUR-2')).toEqual([
      'raised DUPLICATE_SUSPECTED',
      'cleared DUPLICATE_SUSPECTED',
      'raised RECONCILIATION_DIFFERENCE',
    ]);
  });

  it('given the system has what we never made, then it is found until the system has it no more', async () => {
    const books = given('strange');
    books.theyHave('OUR-3', '5.00');
    books.theyHave('THEIRS-3', '5.00');
    await books.pass();
    expect(await books.open()).toMatchObject([{ reference: 'OUR-3', verdict: 'UNKNOWN' }]);
    books.theirs.delete('OUR-3');
    await books.pass();
    expect(await books.open()).toEqual([]);
  });

  it('given what they do reaches us by and by, then a difference that passes is told to nobody, and one that lasts once', async () => {
    const books = given('by and by', { lastsMs: 60_000 });
    books.weHave('OUR-6', '5.00');
    books.theyHave('OUR-6', '6.00');
    await books.pass();
    expect(await books.open()).toMatchObject([{ reference: 'OUR-6', told: false }]);
    books.weHave('OUR-6', '6.00');
    await books.pass();
    expect(await books.told('id-OUR-6')).toEqual([]);
    books.theyHave('OUR-6', '7.00');
    await books.pass();
    expect(await books.told('id-OUR-6')).toEqual([]);
    books.wait(60_000);
    await books.pass();
    await books.pass();
    expect(await books.told('id-OUR-6')).toEqual(['raised RECONCILIATION_DIFFERENCE']);
    books.weHave('OUR-6', '7.00');
    await books.pass();
    expect(await books.told('id-OUR-6')).toEqual([
      'raised RECONCILIATION_DIFFERENCE',
      'cleared RECONCILIATION_DIFFERENCE',
    ]);
  });

  it('given we come to know what the system has, then it is unknown no more and compared like all others', async () => {
    const books = given('known');
    books.theyHave('OUR-4', '5.00');
    await books.pass();
    books.weHave('OUR-4', '7.00');
    await books.pass();
    expect(await books.open()).toMatchObject([{ subjectId: 'id-OUR-4', verdict: 'DIFFERENT' }]);
    expect(await books.told('N-1')).toContain('cleared RECONCILIATION_DIFFERENCE');
  });

  it.each([
    ['lists', true],
    ['is asked one by one', false],
  ])(
    'given the system talks nonsense when it %s, then nothing is found, and nothing is taken for equal',
    async (name, lists) => {
      const books = given(`nonsense ${name}`, { lists });
      books.weHave('OUR-5', '5.00');
      books.talkNonsense(true);
      await expect(books.pass()).rejects.toThrow('cannot be read');
      expect(await books.open()).toEqual([]);
      expect([...books.equal]).toEqual([]);
      books.talkNonsense(false);
      books.theyHave('OUR-5', '5.00');
      await books.pass();
      expect([...books.equal]).toEqual(['OUR-5']);
    },
  );

  it('given more is wrong than one pass may ask for, then each has its turn, and so has what is new', async () => {
    const books = given('plenty', { lists: false });
    for (let n = 0; n < 101; n += 1) {
      books.weHave(`OUR-W${n}`, '5.00');
      books.theyHave(`OUR-W${n}`, '6.00');
    }
    await books.pass();
    expect(await books.open()).toHaveLength(101);
    for (let n = 0; n < 101; n += 1) books.theyHave(`OUR-W${n}`, '5.00');
    const before = books.asked();
    await books.pass();
    expect(books.asked() - before).toBeLessThanOrEqual(200);
    await books.pass();
    expect(await books.open()).toEqual([]);
  });
});
