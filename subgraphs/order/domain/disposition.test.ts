import { describe, expect, it } from 'vitest';
import { DISPOSITION_CODES, fateOf } from './disposition.ts';

const tracked = { tracked: true };

describe('what becomes of a unit that came back', () => {
  it.each([
    ['RESTOCK', 'AVAILABLE', true],
    ['RESTOCK_OTHER_LOCATION', 'AVAILABLE', true],
    ['REFURBISH', 'QUALITY_HOLD', true],
    ['MARKDOWN', 'QUALITY_HOLD', true],
    ['QUARANTINE', 'QUALITY_HOLD', true],
    ['RETURN_TO_VENDOR', 'NONE', true],
    ['SCRAP', 'NONE', true],
    ['DONATE', 'NONE', true],
    ['KEEP_BY_CUSTOMER', 'NONE', true],
    ['MISSING', 'NONE', false],
    ['RETURN_TO_CUSTOMER', 'NONE', false],
  ] as const)('%s: stock %s, credited %s', (code, toState, credited) => {
    expect(fateOf(code, tracked)).toEqual({ toState, credited });
  });

  it('moves no stock where stock is not counted, and credits all the same', () => {
    for (const code of DISPOSITION_CODES) {
      expect(fateOf(code, { tracked: false })).toEqual({ ...fateOf(code, tracked), toState: 'NONE' });
    }
  });
});
