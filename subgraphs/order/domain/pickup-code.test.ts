import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { isPickupCode, pickupCodeFrom } from './pickup-code.ts';

it('is made of digits and letters that nobody mistakes for one another, in two groups', () => {
  const codes = Array.from({ length: 500 }, () => pickupCodeFrom(randomBytes));
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(new Set(codes).size).toBe(codes.length);
});

it('given every byte, then each digit is as likely as another', () => {
  const counts = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const digit = pickupCodeFrom((count) => new Uint8Array(count).fill(byte)).charAt(0);
    counts.set(digit, (counts.get(digit) ?? 0) + 1);
  }
  expect([...counts.values()]).toEqual(Array.from({ length: 32 }, () => 8));
});

it.each([
  ['K7Q2-9XM4', true],
  ['k7q2 9xm4', true],
  [' K7Q29XM4 ', true],
  ['K7Q2-9XM5', false],
  ['K7Q2', false],
  ['', false],
])('given somebody says %s, then it is the code: %s', (said, is) => {
  expect(isPickupCode(said, 'K7Q2-9XM4')).toBe(is);
});

it('given letters that look like digits, then they are taken for them', () => {
  expect(isPickupCode('oil0', '0110')).toBe(true);
});
