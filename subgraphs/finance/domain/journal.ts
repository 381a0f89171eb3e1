import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import { decimal, type Money, money, subtractMoney, sumMoney, zero } from '../../../platform/money.ts';
import { payable } from './payable.ts';

export interface JournalLineRequest {
  readonly account: string;
  readonly debit: Money | null;
  readonly credit: Money | null;
  readonly costCenter: string | null;
  readonly locationCode: string | null;
}

export interface JournalRequest {
  readonly reference: string;
  readonly memo: string;
  readonly lines: readonly JournalLineRequest[];
}

const MAX_LINES = 5_000;
const MAX_CODE_LENGTH = 120;
const MAX_MEMO_LENGTH = 500;

/** The entry's total (the sum of its debits) when it can be posted: two lines or more, one currency, debits equal to credits. */
export function decideJournal(request: JournalRequest): Decision<Money> {
  const { lines } = request;
  const problems = [
    ...textProblems(request),
    ...lines.flatMap((line, index) => lineProblem(line, ['input', 'lines', String(index)])),
  ];
  if (lines.length < 2 || lines.length > MAX_LINES) {
    problems.push(
      userError('JOURNAL_LINES_INVALID', `An entry has 2 to ${MAX_LINES} lines, not ${lines.length}.`, {
        field: ['input', 'lines'],
      }),
    );
  }
  const [first] = lines;
  const currencyCode = (first?.debit ?? first?.credit)?.currencyCode;
  if (problems.length > 0 || currencyCode === undefined) return refused(...problems);
  const stranger = lines.findIndex((line) => (line.debit ?? line.credit)?.currencyCode !== currencyCode);
  if (stranger >= 0) {
    return refused(
      userError(
        'CURRENCY_MISMATCH',
        `An entry is in one currency, and this one begins with ${currencyCode}.`,
        {
          field: ['input', 'lines', String(stranger)],
        },
      ),
    );
  }
  const debits = sumMoney(
    lines.flatMap(({ debit }) => debit ?? []),
    currencyCode,
  );
  const credits = sumMoney(
    lines.flatMap(({ credit }) => credit ?? []),
    currencyCode,
  );
  const difference = subtractMoney(debits, credits);
  if (decimal(difference.amount).eq(zero)) return accepted(money(debits.amount, currencyCode));
  return refused(
    userError(
      'JOURNAL_UNBALANCED',
      `Debits ${debits.amount} less credits ${credits.amount} leave ${difference.amount} ${currencyCode}.`,
      { field: ['input', 'lines'] },
    ),
  );
}

function lineProblem(line: JournalLineRequest, field: readonly string[]): UserErrorValue[] {
  if (!isCode(line.account))
    return [userError('ACCOUNT_INVALID', codeRule('An account'), { field: [...field, 'account'] })];
  if ((line.debit === null) === (line.credit === null)) {
    return [userError('JOURNAL_LINE_INVALID', 'A line has either a debit or a credit.', { field })];
  }
  const amount = line.debit ?? line.credit;
  if (amount !== null && payable(amount) !== null) return [];
  const side = line.debit === null ? 'credit' : 'debit';
  return [
    userError(
      'AMOUNT_INVALID',
      'An amount is above zero and has no smaller digits than its currency is paid in.',
      {
        field: [...field, side],
      },
    ),
  ];
}

function textProblems(request: JournalRequest): UserErrorValue[] {
  const problems: UserErrorValue[] = [];
  if (!isCode(request.reference))
    problems.push(userError('REFERENCE_INVALID', codeRule('A reference'), { field: ['input', 'reference'] }));
  if (request.memo === '' || request.memo.length > MAX_MEMO_LENGTH) {
    problems.push(
      userError('MEMO_INVALID', `A memo has 1 to ${MAX_MEMO_LENGTH} characters.`, {
        field: ['input', 'memo'],
      }),
    );
  }
  return problems;
}

function isCode(text: string): boolean {
  return text !== '' && text.length <= MAX_CODE_LENGTH && text === text.trim();
}

function codeRule(what: string): string {
  return `${what} has 1 to ${MAX_CODE_LENGTH} characters and no blank at either end.`;
}
