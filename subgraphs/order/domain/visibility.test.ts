import { describe, expect, it } from 'vitest';
import {
  ANONYMOUS,
  type Identity,
  SCOPES_BY_ROLE,
  serviceIdentity,
} from '../../../platform/identity/identity.ts';
import { maySee, ordersVisibleTo } from './visibility.ts';

const person = (subject: string, customerId?: string): Identity => ({
  subject,
  kind: 'user',
  roles: ['shopper'],
  scopes: [],
  clientId: 'shop',
  ...(customerId === undefined ? {} : { customerId }),
});
const agent: Identity = { ...person('agent'), roles: ['agent'], scopes: SCOPES_BY_ROLE.agent };
const ofAda = { customerId: 'ada', placedBy: 'agent-7' };
const ofGuest = { customerId: null, placedBy: 'guest-1' };

describe('whose orders one sees', () => {
  it('given staff or a room of ours, then all', () => {
    for (const identity of [agent, serviceIdentity('finance')]) {
      expect(ordersVisibleTo(identity)).toEqual({ all: true });
      expect(maySee(identity, ofAda) && maySee(identity, ofGuest)).toBe(true);
    }
  });

  it('given a shopper with an account, then those of the account, whoever placed them', () => {
    expect(maySee(person('ada-phone', 'ada'), ofAda)).toBe(true);
    expect(maySee(person('ben-phone', 'ben'), ofAda)).toBe(false);
    expect(maySee(person('guest-1', 'ben'), ofGuest)).toBe(false);
  });

  it('given a shopper without an account, then what the same sign-in placed', () => {
    expect(maySee(person('guest-1'), ofGuest)).toBe(true);
    expect(maySee(person('guest-2'), ofGuest)).toBe(false);
    expect(maySee(person('agent-7'), ofAda)).toBe(true);
  });

  it('given nobody signed in, then none', () => {
    expect(maySee(ANONYMOUS, ofAda) || maySee(ANONYMOUS, ofGuest)).toBe(false);
  });
});
