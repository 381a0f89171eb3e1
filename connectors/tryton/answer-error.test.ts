import { describe, expect, it } from 'vitest';
import { answerError, TrytonQuestion } from './answer-error.ts';

describe('an error in an answer of status 200', () => {
  it.each([
    [
      'a broken rule',
      ['UserError', ['A value is required for field "Party".', '', null]],
      'rejected',
      'ERP_REFUSED',
    ],
    ['a stale write', ['ConcurrencyException', 'Records were modified'], 'not-sent', 'CHANGED_MEANWHILE'],
    ['a database that is gone', ['connection to server at "db" failed', ''], 'in-doubt', 'SYSTEM_ERROR'],
    ['a locked database', ['database is locked', ''], 'in-doubt', 'SYSTEM_ERROR'],
    ['something else', { unheard: 'of' }, 'in-doubt', 'SYSTEM_ERROR'],
    ['nothing at all', null, 'in-doubt', 'SYSTEM_ERROR'],
  ])('given %s, says what it means', (_, error, outcome, code) => {
    expect(answerError('erp', error)).toMatchObject({ outcome, code, system: 'erp' });
  });

  it('given a question for a person, keeps the name that an answer must give', () => {
    const error = answerError('erp', ['UserWarning', ['stock_quantity_1', 'There are 2 left.', '']]);
    expect(error).toBeInstanceOf(TrytonQuestion);
    expect(error).toMatchObject({ question: 'stock_quantity_1', outcome: 'rejected', code: 'ERP_ASKS' });
  });
});
