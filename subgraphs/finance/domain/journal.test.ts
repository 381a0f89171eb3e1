import { describe, expect, it } from 'vitest';
import { money } from '../../../platform/money.ts';
import { decideJournal, type JournalLineRequest } from './journal.ts';

const line = (
  account: string,
  debit: string | null,
  credit: string | null,
  currency = 'GBP',
): JournalLineRequest => ({
  account,
  debit: debit === null ? null : money(debit, currency),
  credit: credit === null ? null : money(credit, currency),
  costCenter: null,
  locationCode: null,
});
const decide = (...lines: JournalLineRequest[]) => decideJournal({ reference: 'J-1', memo: 'Test', lines });

describe('a journal entry', () => {
  it('balances to the last digit, where floats would not', () => {
    expect(decide(line('a', '0.10', null), line('b', '0.20', null), line('c', null, '0.30'))).toEqual({
      ok: true,
      value: money('0.30', 'GBP'),
    });
  });

  it.each([
    ['JOURNAL_UNBALANCED', [line('a', '1', null), line('b', null, '2')]],
    ['JOURNAL_LINE_INVALID', [line('a', '1', '1'), line('b', null, '1')]],
    ['JOURNAL_LINE_INVALID', [line('a', null, null), line('b', null, '1')]],
    ['AMOUNT_INVALID', [line('a', '-1', null), line('b', null, '1')]],
    ['ACCOUNT_INVALID', [line(' a', '1', null), line('b', null, '1')]],
    ['JOURNAL_LINES_INVALID', [line('a', '1', null)]],
    ['CURRENCY_MISMATCH', [line('a', '1', null), line('b', null, '1', 'EUR')]],
  ])('is refused with %s', (code, lines) => {
    expect(decide(...lines)).toMatchObject({ ok: false, errors: [{ code }] });
  });

  it('is refused without a reference or a memo', () => {
    const lines = [line('a', '1', null), line('b', null, '1')];
    expect(decideJournal({ reference: ' ', memo: '', lines })).toMatchObject({
      errors: [{ code: 'REFERENCE_INVALID' }, { code: 'MEMO_INVALID' }],
    });
  });
});
