import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS, type Identity } from '../../platform/identity/identity.ts';
import { until } from '../kit/until.ts';
import { customerId, type StartedCustomer, service, startCustomer, user } from './start-customer.ts';

const FIELDS =
  'id code givenName familyName email phone status identities { type value sourceSystem verifiedAt }';
const UPSERT = `mutation ($input: UpsertCustomerInput!) {
  upsertCustomer(input: $input) { customer { ${FIELDS} } userErrors { code field retryable } } }`;
const LINK = `mutation ($input: LinkIdentityInput!) {
  linkCustomerIdentity(input: $input) { customer { ${FIELDS} } userErrors { code field } } }`;
const CUSTOMER = `query ($id: ID!) { customer(id: $id) { ${FIELDS} } }`;

interface Shown {
  id: string;
  code: string;
  givenName: string | null;
  familyName: string | null;
  email: string | null;
  identities: { type: string; value: string; sourceSystem: string; verifiedAt: string | null }[];
}
interface Written {
  customer: Shown | null;
  userErrors: { code: string; field: string[] | null }[];
}

let room: StartedCustomer;
let keys = 0;
const ada = customerId('UCI-17850');
const bob = customerId('UCI-2');

async function upsert(input: Record<string, unknown>, identity?: Identity): Promise<Written> {
  keys += 1;
  const withKey = { idempotencyKey: `upsert-${keys}`, ...input };
  return (await room.ask<{ upsertCustomer: Written }>(UPSERT, { input: withKey }, identity)).upsertCustomer;
}

async function link(input: Record<string, unknown>, identity?: Identity): Promise<Written> {
  keys += 1;
  const withKey = { idempotencyKey: `link-${keys}`, ...input };
  const answer = await room.ask<{ linkCustomerIdentity: Written }>(LINK, { input: withKey }, identity);
  return answer.linkCustomerIdentity;
}

async function shown(id: string, identity?: Identity): Promise<Shown | null> {
  return (await room.ask<{ customer: Shown | null }>(CUSTOMER, { id }, identity)).customer;
}

async function byIdentity(type: string, value: string): Promise<string | null> {
  const query =
    'query ($type: IdentityType!, $value: String!) { customerByIdentity(type: $type, value: $value) { id } }';
  const answer = await room.ask<{ customerByIdentity: { id: string } | null }>(query, { type, value });
  return answer.customerByIdentity?.id ?? null;
}

beforeAll(async () => {
  room = await startCustomer();
  await room.load(
    {
      code: 'UCI-17850',
      givenName: 'Ada',
      familyName: 'Lovelace',
      email: 'Ada@Example.org',
      phone: '+44 20 7946 0001',
      countryCode: 'GB',
      loyaltyNumber: 'L-1',
    },
    { code: 'UCI-2', companyName: 'Bob & Sons', phone: '020 7946 0002' },
  );
  await until('the customers are here', () => shown(bob));
});
afterAll(() => room.stop());

describe('an account of the ERP', () => {
  it('is a customer under an id that follows from its code, found by each of its names', async () => {
    expect(await shown(ada)).toMatchObject({
      id: ada,
      code: 'UCI-17850',
      givenName: 'Ada',
      email: 'Ada@Example.org',
      status: 'ACTIVE',
    });
    expect(await byIdentity('ERP_ACCOUNT', ' UCI-17850 ')).toBe(ada);
    expect(await byIdentity('EMAIL', 'ADA@example.ORG')).toBe(ada);
    expect(await byIdentity('PHONE', '0044 (20) 7946-0001')).toBe(ada);
    expect(await byIdentity('LOYALTY_NUMBER', 'L-1')).toBe(ada);
    expect(await byIdentity('EMAIL', 'nobody@example.org')).toBeNull();
    expect(await byIdentity('EMAIL', 'not an address')).toBeNull();
    expect((await shown(bob))?.familyName).toBe('Bob & Sons');
  });

  it('goes in without a name that is another customer’s, and a person is told', async () => {
    await room.load({ code: 'UCI-3', familyName: 'Twin', email: 'ada@example.org' });
    const twin = await until('the twin is here', () => shown(customerId('UCI-3')));
    expect(twin.identities).toMatchObject([{ type: 'ERP_ACCOUNT', value: 'UCI-3', sourceSystem: 'erp' }]);
    expect(await byIdentity('EMAIL', 'ada@example.org')).toBe(ada);
    const [aside] = await until('it is set aside', async () => {
      const records = await room.quarantined();
      return records.length > 0 ? records : null;
    });
    expect(aside).toMatchObject({ feed: 'customer/erp/customers', code: 'IDENTITY_TAKEN', field: 'email' });
  });

  it('gives a name free when the ERP no longer uses it', async () => {
    await room.load({ code: 'UCI-4', email: 'shared@example.org' });
    await until('the first has it', async () => (await byIdentity('EMAIL', 'shared@example.org')) !== null);
    await room.load(
      { code: 'UCI-4', email: 'moved@example.org' },
      { code: 'UCI-5', email: 'shared@example.org' },
    );
    await until(
      'the second has it',
      async () => (await byIdentity('EMAIL', 'shared@example.org')) === customerId('UCI-5'),
    );
    expect(await byIdentity('EMAIL', 'moved@example.org')).toBe(customerId('UCI-4'));
  });
});

describe('upsertCustomer', () => {
  it('makes a customer once, with a number of its own', async () => {
    const input = { idempotencyKey: 'make', email: ' Carol@Example.org ', givenName: 'Carol' };
    const made = await upsert(input);
    expect(made).toMatchObject({
      customer: {
        code: expect.stringMatching(/^C-[0-9A-Z]{12}$/),
        email: 'Carol@Example.org',
        identities: [{ type: 'EMAIL', value: 'Carol@Example.org', sourceSystem: 'graph', verifiedAt: null }],
      },
      userErrors: [],
    });
    expect(made.customer?.id).toBe(customerId(made.customer?.code ?? ''));
    expect(await upsert(input)).toEqual(made);
    expect((await upsert({ ...input, givenName: 'Else' })).userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED' },
    ]);
  });

  it('lets one of many that want an address at once have it', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => upsert({ email: 'race@example.org' })));
    expect(answers.filter(({ customer }) => customer !== null)).toHaveLength(1);
    for (const { customer, userErrors } of answers) {
      if (customer === null)
        expect(userErrors).toEqual([{ code: 'IDENTITY_TAKEN', field: ['input', 'email'], retryable: false }]);
    }
  });

  it('names each field that is wrong and writes none', async () => {
    const wrong = await upsert({
      id: bob,
      email: 'no address',
      phone: '12',
      givenName: ' ',
      familyName: 'New',
    });
    expect(wrong.userErrors.map(({ code, field }) => [code, field?.at(-1)])).toEqual([
      ['NAME_INVALID', 'givenName'],
      ['EMAIL_INVALID', 'email'],
      ['PHONE_INVALID', 'phone'],
    ]);
    expect((await shown(bob))?.familyName).toBe('Bob & Sons');
    expect((await upsert({ givenName: 'Nobody' })).userErrors).toMatchObject([{ code: 'CONTACT_MISSING' }]);
    expect((await upsert({ id: bob, phone: '+442079460001' })).userErrors).toMatchObject([
      { code: 'IDENTITY_TAKEN', field: ['input', 'phone'] },
    ]);
  });

  it('keeps what was written here when the ERP says otherwise, and frees the old address', async () => {
    await upsert({ id: ada, email: 'countess@example.org' });
    expect(await byIdentity('EMAIL', 'countess@example.org')).toBe(ada);
    expect(await byIdentity('EMAIL', 'ada@example.org')).toBeNull();
    await room.load({
      code: 'UCI-17850',
      givenName: 'Augusta',
      familyName: 'King',
      email: 'ada@example.org',
    });
    const augusta = await until('the ERP was heard', async () => {
      const customer = await shown(ada);
      return customer?.givenName === 'Augusta' ? customer : null;
    });
    expect(augusta).toMatchObject({ familyName: 'King', email: 'countess@example.org' });
    expect(augusta.identities.map(({ type, value }) => `${type} ${value}`)).toEqual([
      'EMAIL countess@example.org',
      'ERP_ACCOUNT UCI-17850',
    ]);
  });
});

describe('who may see and write', () => {
  const own = user('shopper', { customerId: bob });

  it('shows a shopper their own row and no other, as if there were none', async () => {
    expect(await room.ask('{ me { id } }', {}, own)).toEqual({ me: { id: bob } });
    expect(await room.ask('{ me { id } }', {}, ANONYMOUS)).toEqual({ me: null });
    const reader = { ...own, scopes: ['customer:read'] };
    expect((await shown(bob, reader))?.id).toBe(bob);
    expect(await shown(ada, reader)).toBeNull();
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { code } } }';
    const r = [bob, ada, 'nobody'].map((id) => ({ __typename: 'Customer', id }));
    expect(await room.ask(query, { r }, own)).toEqual({ _entities: [{ code: 'UCI-2' }, null, null] });
    expect(await room.ask(query, { r }, user('agent'))).toEqual({
      _entities: [{ code: 'UCI-2' }, { code: 'UCI-17850' }, null],
    });
  });

  it('lets a shopper write their own row and make one, but nobody else’s', async () => {
    expect((await upsert({ givenName: 'Bob' }, own)).customer).toMatchObject({ id: bob, givenName: 'Bob' });
    for (const id of [ada, 'nobody'])
      expect((await upsert({ id, givenName: 'Mallory' }, own)).userErrors).toMatchObject([
        { code: 'CUSTOMER_UNKNOWN', field: ['input', 'id'] },
      ]);
    expect((await upsert({ email: 'new@example.org' }, user('shopper'))).userErrors).toEqual([]);
    const known = { idempotencyKey: 'of-bob', givenName: 'Robert' };
    expect((await upsert(known, own)).customer?.id).toBe(bob);
    const eve = user('shopper', { subject: 'Eve', customerId: ada });
    // The same key at the same shop is another shopper's own intent: it must not open what was answered to Bob.
    expect((await upsert(known, eve)).customer?.id).toBe(ada);
    expect((await upsert({ email: 'anon@example.org' }, ANONYMOUS)).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    expect((await upsert({ id: ada, givenName: 'x' }, user('associate'))).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
  });

  it('lets staff alone link names, each to one customer', async () => {
    const name = { customerId: bob, type: 'POS_CUSTOMER', value: 'P-7', sourceSystem: 'till' };
    expect((await link(name, own)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await link(name, user('agent'))).customer?.identities).toContainEqual({
      type: 'POS_CUSTOMER',
      value: 'P-7',
      sourceSystem: 'till',
      verifiedAt: null,
    });
    expect((await link(name, user('agent'))).userErrors).toEqual([]);
    expect(await byIdentity('POS_CUSTOMER', 'P-7')).toBe(bob);
    expect((await link({ ...name, customerId: ada })).userErrors).toEqual([
      { code: 'IDENTITY_TAKEN', field: ['input', 'value'] },
    ]);
    expect((await link({ ...name, type: 'EMAIL' })).userErrors).toMatchObject([{ code: 'IDENTITY_INVALID' }]);
  });

  it('refuses to let a shopper follow another, there or not', async () => {
    const follow = 'subscription ($id: ID!) { customerUpdated(id: $id) { code } }';
    for (const id of [ada, 'nobody'])
      await expect(room.listen(follow, { id }, own)).rejects.toMatchObject({
        extensions: { code: 'FORBIDDEN' },
      });
  });
});

describe('consents', () => {
  const RECORD = `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) {
    customer { consents { purpose channel state sourceSystem evidence jurisdiction } } userErrors { code field } } }`;
  const record = async (input: Record<string, unknown>, identity: Identity = service) => {
    keys += 1;
    const filled = {
      idempotencyKey: `consent-${keys}`,
      customerId: ada,
      purpose: 'MARKETING',
      channel: 'email',
      evidence: 'form 7',
      ...input,
    };
    return room.ask<{ recordConsent: unknown }>(RECORD, { input: filled }, identity);
  };

  it('holds from the moment it was written, the last word counts, and following the customer tells of it', async () => {
    const stream = await room.listen(
      'subscription ($id: ID!) { customerUpdated(id: $id) { consents { channel state } } }',
      { id: ada },
    );
    const told = async () => {
      const { value } = await stream.next();
      return JSON.stringify(value?.data?.['customerUpdated']);
    };
    expect(await told()).toBe('{"consents":[]}');
    await record({ state: 'GRANTED' });
    await record({ state: 'GRANTED', channel: 'sms' });
    const withdrawn = await record({
      state: 'WITHDRAWN',
      channel: ' Email ',
      evidence: 'call 9',
    });
    expect(withdrawn).toMatchObject({
      recordConsent: {
        customer: {
          consents: [
            { purpose: 'MARKETING', channel: 'email', state: 'WITHDRAWN', evidence: 'call 9' },
            { purpose: 'MARKETING', channel: 'sms', state: 'GRANTED', evidence: 'form 7' },
          ],
        },
        userErrors: [],
      },
    });
    await until('the withdrawal is told', async () => (await told()).includes('WITHDRAWN'));
    await stream.return?.(undefined);
  });

  it('is refused without evidence, in a state nobody can say, or for a stranger', async () => {
    expect(await record({ state: 'UNKNOWN', evidence: ' ', channel: '' })).toMatchObject({
      recordConsent: {
        customer: null,
        userErrors: [{ code: 'CHANNEL_INVALID' }, { code: 'STATE_INVALID' }, { code: 'EVIDENCE_INVALID' }],
      },
    });
    expect(await record({ state: 'GRANTED' }, user('shopper', { customerId: bob }))).toMatchObject({
      recordConsent: { userErrors: [{ code: 'CUSTOMER_UNKNOWN', field: ['input', 'customerId'] }] },
    });
  });
});
