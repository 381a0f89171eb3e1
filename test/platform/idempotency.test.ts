import { Schema } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepted, refused, userError } from '../../platform/errors.ts';
import { createIdempotency, type Intent, intentScope } from '../../platform/idempotency/idempotency.ts';
import { ANONYMOUS, type Identity, serviceIdentity } from '../../platform/identity/identity.ts';
import { prepareModels } from '../../platform/store/store.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';

const shopper = (subject: string): Identity => ({
  subject,
  kind: 'user',
  roles: ['shopper'],
  scopes: [],
  clientId: 'shop',
});

describe('an intent', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(() => test.stop());

  async function given(database: string) {
    const { store, clock } = test.dependencies;
    const connection = store.database(database);
    const Effects = connection.model(
      'Effect',
      new Schema<{ n: number }>({ n: Number }, { versionKey: false }),
    );
    const idempotency = createIdempotency({ store, connection, clock });
    await prepareModels([Effects, ...idempotency.models]);
    const intent = (key: string, input: unknown): Intent => ({
      identity: { ...ANONYMOUS, clientId: 'till-7' },
      mutation: 'place',
      key,
      input,
    });
    const place = (key: string, input: { n: number }) =>
      idempotency.once(intent(key, input), async (session) => {
        const [made] = await Effects.create([{ n: input.n }], { session });
        return accepted({ id: String(made?._id) });
      });
    return { Effects, idempotency, intent, place };
  }

  it('that is sent fifty times at once has one effect, and every sender gets the same answer', async () => {
    const { Effects, place } = await given('concurrent');
    const answers = await Promise.all(Array.from({ length: 50 }, () => place('k1', { n: 1 })));
    expect(await Effects.countDocuments()).toBe(1);
    expect(new Set(answers.map((answer) => (answer.done ? answer.value.id : 'refused'))).size).toBe(1);
    expect(answers.filter((answer) => answer.done && !answer.replayed)).toHaveLength(1);
  });

  it('whose key is used for another request is refused by name, with no effect', async () => {
    const { Effects, place } = await given('reused');
    await place('k1', { n: 1 });
    expect(await place('k1', { n: 2 })).toMatchObject({
      done: false,
      errors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] }],
    });
    expect(await Effects.countDocuments()).toBe(1);
  });

  it('is the same however its fields are ordered', async () => {
    const { idempotency, intent } = await given('ordered');
    const work = async () => accepted({ id: 'x' });
    await idempotency.once(intent('k', { a: 1, b: { c: 2, d: [1, 2] } }), work);
    expect(await idempotency.once(intent('k', { b: { d: [1, 2], c: 2 }, a: 1 }), work)).toMatchObject({
      done: true,
      replayed: true,
    });
    expect(await idempotency.once(intent('k', { b: { d: [2, 1], c: 2 }, a: 1 }), work)).toMatchObject({
      done: false,
    });
  });

  it('that was refused leaves nothing behind, and may be corrected under the same key', async () => {
    const { Effects, idempotency, intent, place } = await given('corrected');
    const answer = await idempotency.once(intent('k', { n: 0 }), async (session) => {
      await Effects.create([{ n: 0 }], { session });
      return refused(userError('QUANTITY_INVALID', 'not zero', { field: ['input', 'n'] }));
    });
    expect(answer).toMatchObject({ done: false, errors: [{ code: 'QUANTITY_INVALID' }] });
    expect(await Effects.countDocuments()).toBe(0);
    expect(await place('k', { n: 3 })).toMatchObject({ done: true, replayed: false });
  });

  it('of one shopper is another intent than the same key of another shopper of the same shop', async () => {
    const { Effects, idempotency } = await given('shoppers');
    const place = (identity: Identity) =>
      idempotency.once({ identity, mutation: 'place', key: 'k', input: { n: 1 } }, async (session) => {
        const [made] = await Effects.create([{ n: 1 }], { session });
        return accepted({ id: String(made?._id) });
      });
    const first = await place(shopper('ann'));
    const second = await place(shopper('bob'));
    expect([first, second]).toMatchObject([
      { done: true, replayed: false },
      { done: true, replayed: false },
    ]);
    expect(await place(shopper('ann'))).toEqual({ ...first, replayed: true });
    expect(await Effects.countDocuments()).toBe(2);
  });

  it('is shared by the staff of one client, and by nobody else', () => {
    const till = (subject: string): Identity => ({ ...shopper(subject), roles: ['associate'] });
    expect(intentScope(till('ann'))).toBe(intentScope(till('bob')));
    const scopes = [
      till('ann'),
      shopper('ann'),
      shopper('bob'),
      { ...till('ann'), clientId: 'shop:ann' },
      { ...shopper('ann'), clientId: 'shop/ann' },
      ANONYMOUS,
      serviceIdentity('order'),
    ].map(intentScope);
    expect(new Set(scopes).size).toBe(scopes.length);
    for (const scope of scopes) expect(scope).not.toContain('/');
  });

  it('needs a key that is neither blank nor endless', async () => {
    const { place } = await given('keys');
    for (const key of ['', '   ', 'x'.repeat(256)]) {
      expect(await place(key, { n: 1 })).toMatchObject({
        done: false,
        errors: [{ code: 'IDEMPOTENCY_KEY_INVALID' }],
      });
    }
  });
});
