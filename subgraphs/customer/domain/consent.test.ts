import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Consent, consentFrom, consentsThatHold } from './consent.ts';

function answer(id: string, day: number, more: Partial<Consent> = {}): Consent {
  return {
    id,
    customerId: 'c1',
    purpose: 'MARKETING',
    channel: 'email',
    state: 'GRANTED',
    recordedAt: new Date(Date.UTC(2026, 0, day)),
    sourceSystem: 'shop',
    evidence: 'form',
    jurisdiction: null,
    ...more,
  };
}

describe('the consents that hold', () => {
  it('are the last answers, purpose by purpose and channel by channel', () => {
    const held = consentsThatHold([
      answer('b', 3, { state: 'WITHDRAWN' }),
      answer('a', 1),
      answer('c', 2, { channel: 'sms' }),
      answer('d', 2, { purpose: 'ANALYTICS', state: 'DENIED' }),
    ]);
    expect(held.map(({ purpose, channel, state }) => `${purpose} ${channel} ${state}`)).toEqual([
      'ANALYTICS email DENIED',
      'MARKETING email WITHDRAWN',
      'MARKETING sms GRANTED',
    ]);
  });

  it('are the same whatever order the answers are read in', () => {
    const anyAnswer = fc
      .tuple(fc.uuid(), fc.integer({ min: 1, max: 5 }), fc.constantFrom('email', 'sms'))
      .map(([id, day, channel]) => answer(id, day, { channel }));
    const answers = fc.uniqueArray(anyAnswer, { selector: ({ id }) => id, maxLength: 10 });
    fc.assert(
      fc.property(answers, (given) => {
        expect(consentsThatHold(given.toReversed())).toEqual(consentsThatHold(given));
      }),
    );
  });
});

describe('an answer', () => {
  const circumstances = {
    id: 'a1',
    customerId: 'c1',
    recordedAt: new Date(0),
    sourceSystem: 'shop',
    jurisdiction: 'GB',
  };
  const wish = { purpose: 'MARKETING', channel: ' Email', state: 'GRANTED', evidence: 'form 7' } as const;

  it('is kept under one spelling of its channel, with its evidence', () => {
    expect(consentFrom(wish, circumstances)).toMatchObject({
      ok: true,
      value: { channel: 'email', evidence: 'form 7', jurisdiction: 'GB' },
    });
  });

  it('is one a person can give', () => {
    for (const state of ['EXPIRED', 'UNKNOWN'] as const)
      expect(consentFrom({ ...wish, state }, circumstances)).toMatchObject({
        ok: false,
        errors: [{ code: 'STATE_INVALID', field: ['input', 'state'] }],
      });
  });
});
