import { describe, expect, it } from 'vitest';
import { customerOf, namesOf } from './account.ts';
import { customerCodeFrom } from './customer.ts';
import { changedProfile, newCustomer } from './profile.ts';

const account = { code: 'A-1', givenName: 'Ada', email: 'ada@example.org', phone: '+442079460001' };
const known = customerOf(account, null);

describe('a change of a profile', () => {
  it('leaves out what is left out, and null empties', () => {
    const changed = changedProfile(known, { familyName: ' King ', phone: null });
    expect(changed).toMatchObject({
      ok: true,
      value: { givenName: 'Ada', familyName: 'King', phone: null, ownFields: ['familyName', 'phone'] },
    });
  });

  it('that changes nothing makes nothing ours', () => {
    expect(changedProfile(known, { givenName: 'Ada', email: ' ada@example.org' })).toEqual({
      ok: true,
      value: known,
    });
  });

  it('stays when the ERP says otherwise, and the ERP no longer names the customer by that field', () => {
    const changed = changedProfile(known, { email: 'king@example.org' });
    if (!changed.ok) throw new Error('the change is good');
    const after = customerOf({ ...account, givenName: 'Augusta' }, changed.value);
    expect(after).toMatchObject({ givenName: 'Augusta', email: 'king@example.org', ownFields: ['email'] });
    expect(namesOf(account, after).map(({ type }) => type)).toEqual(['ERP_ACCOUNT', 'PHONE']);
  });
});

describe('a new customer', () => {
  it('needs a way to be reached', () => {
    const head = { id: 'c1', code: 'C-1' };
    expect(newCustomer(head, { givenName: 'Ada' })).toMatchObject({
      ok: false,
      errors: [{ code: 'CONTACT_MISSING' }],
    });
    expect(newCustomer(head, { phone: '+442079460001' })).toMatchObject({
      ok: true,
      value: { status: 'ACTIVE', ownFields: ['phone'] },
    });
  });

  it('gets a number that a person can read out and that differs from every other', () => {
    const codes = Array.from({ length: 1_000 }, (_, index) => customerCodeFrom(`id ${index}`));
    expect(new Set(codes).size).toBe(1_000);
    for (const code of codes) expect(code).toMatch(/^C-[0-9A-HJKMNP-TV-Z]{12}$/);
  });
});
