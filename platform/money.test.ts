import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMoney,
  compareMoney,
  decimal,
  money,
  multiplyMoney,
  parseDecimal,
  roundMoney,
  subtractMoney,
  sumMoney,
} from './money.ts';

const amounts = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, scale]) => decimalText(digits, scale));

function decimalText(digits: bigint, scale: number): string {
  const negative = digits < 0n;
  const text = String(negative ? -digits : digits).padStart(scale + 1, '0');
  const point = text.length - scale;
  return `${negative ? '-' : ''}${text.slice(0, point)}${scale === 0 ? '' : `.${text.slice(point)}`}`;
}

describe('money', () => {
  it('keeps at least the digits of its currency, and more where there are more', () => {
    expect(money('5', 'GBP').amount).toBe('5.00');
    expect(money('0.001', 'GBP').amount).toBe('0.001');
    expect(money('5', 'JPY').amount).toBe('5');
    expect(money('1.5', 'KWD').amount).toBe('1.500');
  });

  it('rounds halves away from zero to what can be paid', () => {
    expect(roundMoney(money('0.005', 'GBP')).amount).toBe('0.01');
    expect(roundMoney(money('-0.005', 'GBP')).amount).toBe('-0.01');
    expect(roundMoney(money('0.0049', 'GBP')).amount).toBe('0.00');
    expect(roundMoney(money('10.5', 'JPY')).amount).toBe('11');
  });

  it('refuses to mix currencies', () => {
    expect(() => addMoney(money('1', 'GBP'), money('1', 'EUR'))).toThrow('cannot combine GBP with EUR');
    expect(() => sumMoney([money('1', 'EUR')], 'GBP')).toThrow(RangeError);
  });

  it.each(['1e3', ' 1', '1.', '.5', '+1', '0x1', '', 'NaN', '1'.repeat(26)])(
    'does not take %j for a decimal',
    (text) => {
      expect(parseDecimal(text)).toBeNull();
    },
  );

  it('adds without losing a digit, in any order', () => {
    fc.assert(
      fc.property(fc.array(amounts, { maxLength: 12 }), (texts) => {
        const parts = texts.map((text) => money(text, 'GBP'));
        const sum = sumMoney(parts, 'GBP');
        expect(compareMoney(sumMoney(parts.toReversed(), 'GBP'), sum)).toBe(0);
        const back = parts.reduce(subtractMoney, sum);
        expect(decimal(back.amount).eq(decimal('0'))).toBe(true);
      }),
    );
  });

  it('multiplies as often as it would add', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 30 }), (text, times) => {
        const unit = money(text, 'GBP');
        const added = sumMoney(
          Array.from({ length: times }, () => unit),
          'GBP',
        );
        expect(compareMoney(multiplyMoney(unit, String(times)), added)).toBe(0);
      }),
    );
  });
});
