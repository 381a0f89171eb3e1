import { z } from 'zod';
import { decimal, zero } from '../../../platform/money.ts';
import type { JournalEntryRecord } from '../../canonical/journal-entry.ts';
import { ConnectorError } from '../../connector-error.ts';
import type { DocumentReceipt } from '../../documents.ts';
import { brokenAnswer, rejected } from '../answer-error.ts';
import type { TrytonCalls } from '../rpc.ts';
import { flagValue, instantOf, momentValue, toDay, toDecimal } from '../wire.ts';
import type { DocumentWriter } from './document-writer.ts';
import { findMark, markOf, markPattern, markText } from './fingerprint.ts';
import { assertSame } from './sale.ts';

const KIND = 'journalEntry';
const id = z.number().int();
const moveRow = z.object({
  id,
  number: z.string(),
  post_number: z.string().nullable(),
  state: z.string(),
  description: z.string().nullable(),
  create_date: momentValue,
});
const MOVE_FIELDS = ['number', 'post_number', 'state', 'description', 'create_date'];
const accountRow = z.object({ id, code: z.string(), party_required: flagValue });
const idRow = z.object({ id });
const companyRow = z.object({ 'currency.': z.object({ code: z.string() }) });

/**
 * A journal entry becomes a posted account move. Nothing in Tryton keeps one from becoming two, so it is searched for first, by the mark in its
 * description; until it is posted it counts for nothing, and sending it again posts it.
 */
export function journalEntryWriter(system: string, journalCode: string): DocumentWriter<typeof KIND> {
  async function findMove(calls: TrytonCalls, reference: string) {
    const moves = await calls.search(
      'account.move',
      [['description', 'like', markPattern(KIND, reference)]],
      moveRow,
      MOVE_FIELDS,
      { order: [['id', 'ASC']] },
    );
    return moves.find(({ description }) => findMark(KIND, reference, description) !== null);
  }

  async function valuesOf(calls: TrytonCalls, entry: JournalEntryRecord) {
    const company = await calls.company();
    const codes = [...new Set(entry.lines.map(({ account }) => account))];
    const day = toDay(entry.postedOn);
    const [[owner], [journal], [period], accounts] = await Promise.all([
      calls.search('company.company', [['id', '=', company]], companyRow, ['currency.code']),
      calls.search('account.journal', [['code', '=', journalCode]], idRow, ['code']),
      calls.search(
        'account.period',
        [
          ['company', '=', company],
          ['type', '=', 'standard'],
          ['state', '=', 'open'],
          ['start_date', '<=', day],
          ['end_date', '>=', day],
        ],
        idRow,
        ['name'],
        { limit: 1 },
      ),
      calls.search(
        'account.account',
        [
          ['company', '=', company],
          ['code', 'in', codes],
          ['closed', '!=', true],
        ],
        accountRow,
        ['code', 'party_required'],
      ),
    ]);
    const currency = owner?.['currency.'].code;
    if (entry.currencyCode !== currency) {
      const message = `keeps its books in ${currency}`;
      throw rejected(system, 'UNKNOWN_CURRENCY', message, ['currencyCode']);
    }
    if (journal === undefined) {
      const message = `has no journal ${journalCode}`;
      throw new ConnectorError('refused', { system, code: 'NO_SUCH_JOURNAL', message });
    }
    if (period === undefined) {
      throw rejected(system, 'PERIOD_CLOSED', `${entry.postedOn} is in no open period`, ['postedOn']);
    }
    const byCode = new Map(accounts.map((account) => [account.code, account]));
    return {
      journal: journal.id,
      period: period.id,
      date: day,
      description: `${entry.memo}: ${markText(KIND, markOf(entry))}`,
      lines: [['create', entry.lines.map((line, index) => moveLine(system, line, index, byCode))]],
    };
  }

  async function post(calls: TrytonCalls, reference: string, moveId: number): Promise<DocumentReceipt> {
    await calls.press('account.move', 'post', [moveId]);
    const posted = await findMove(calls, reference);
    if (posted?.state !== 'posted') throw brokenAnswer(system, `the entry ${reference} is not posted`);
    return receiptOf(reference, posted, false);
  }

  return {
    async find(calls, reference) {
      const move = await findMove(calls, reference);
      return move?.state === 'posted' ? receiptOf(reference, move, true) : null;
    },
    async create(calls, entry) {
      const { reference } = entry;
      const found = await findMove(calls, reference);
      if (found !== undefined) {
        assertSame(system, KIND, found.description, markOf(entry));
        if (found.state === 'posted') return receiptOf(reference, found, true);
        return { ...(await post(calls, reference, found.id)), replayed: true };
      }
      assertBalanced(system, entry);
      await calls.call('account.move', 'create', [await valuesOf(calls, entry)]);
      const made = await findMove(calls, reference);
      if (made === undefined) throw brokenAnswer(system, `no entry ${reference} after it was made`);
      return post(calls, reference, made.id);
    },
  };
}

function moveLine(
  system: string,
  line: JournalEntryRecord['lines'][number],
  index: number,
  accounts: ReadonlyMap<string, z.infer<typeof accountRow>>,
) {
  const account = accounts.get(line.account);
  const field = ['lines', String(index), 'account'];
  if (account === undefined) {
    throw rejected(system, 'UNKNOWN_ACCOUNT', `has no open account ${line.account}`, field);
  }
  if (account.party_required) {
    const message = `the account ${line.account} is kept by party, which an entry does not name`;
    throw rejected(system, 'PARTY_REQUIRED', message, field);
  }
  const about = [line.costCenter, line.locationCode].filter(Boolean).join(' ');
  return {
    account: account.id,
    debit: toDecimal(line.debit ?? '0'),
    credit: toDecimal(line.credit ?? '0'),
    ...(about === '' ? {} : { description: about }),
  };
}

function receiptOf(reference: string, move: z.infer<typeof moveRow>, replayed: boolean): DocumentReceipt {
  return {
    kind: KIND,
    reference,
    externalId: String(move.id),
    number: move.post_number ?? move.number,
    state: move.state.toUpperCase(),
    acceptedAt: instantOf(move.create_date),
    replayed,
    related: [],
  };
}

function assertBalanced(system: string, { lines }: JournalEntryRecord): void {
  const balance = lines.reduce(
    (sum, { debit, credit }) => sum.plus(decimal(debit ?? '0')).minus(decimal(credit ?? '0')),
    zero,
  );
  if (balance.eq(zero)) return;
  throw rejected(system, 'NOT_BALANCED', `debits exceed credits by ${balance.toFixed()}`, ['lines']);
}
