import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IdentityType, normalIdentity } from './identity.ts';

describe('the normal spelling of a name', () => {
  it('is the same for every usual way to write an address', () => {
    for (const text of ['ada@example.org', ' Ada@Example.ORG '])
      expect(normalIdentity('EMAIL', text)).toBe('ada@example.org');
    for (const text of ['ada', 'ada@example', 'a b@example.org', 'ada@@example.org', '<ada@example.org>'])
      expect(normalIdentity('EMAIL', text)).toBeNull();
  });

  it('is the same for every usual way to write a phone number', () => {
    for (const text of ['+442079460001', '+44 (20) 7946-0001', '0044 20.7946.0001'])
      expect(normalIdentity('PHONE', text)).toBe('+442079460001');
    for (const text of ['020 7946 0001', '+44', '+0123456789', '+44 20 CALL ME', '+1234567890123456'])
      expect(normalIdentity('PHONE', text)).toBeNull();
  });

  it('leaves the numbers of other systems as they are', () => {
    expect(normalIdentity('ERP_ACCOUNT', ' uci-1 ')).toBe('uci-1');
    expect(normalIdentity('DEVICE', '  ')).toBeNull();
  });

  it('is its own normal spelling', () => {
    const type = fc.constantFrom<IdentityType>('EMAIL', 'PHONE', 'ERP_ACCOUNT');
    const text = fc.oneof(fc.emailAddress(), fc.string(), fc.stringMatching(/^\+?[0-9 ()-]{6,20}$/));
    fc.assert(
      fc.property(type, text, (anyType, anyText) => {
        const normal = normalIdentity(anyType, anyText);
        if (normal !== null) expect(normalIdentity(anyType, normal)).toBe(normal);
      }),
    );
  });
});
