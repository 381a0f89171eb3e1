import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import {
  agent,
  bookkeeper,
  gbp,
  numberOf,
  type Problem,
  type StartedFinance,
  startFinance,
} from './start-finance.ts';

let finance: StartedFinance;
beforeAll(async () => {
  finance = await startFinance();
  await finance.erp.loadMasterData?.(
    'channels',
    [{ code: 'web', name: 'Web', market: 'GB', defaultCurrency: 'GBP', priceIncludesTax: true }],
    { signal: AbortSignal.timeout(5_000) },
  );
  await finance.erp.loadMasterData?.(
    'items',
    [
      {
        sku: 'MUG',
        title: 'Mug',
        baseUnit: 'C62',
        unitConversions: [],
        taxCategoryCode: 'STANDARD',
        trackInventory: true,
        categories: [],
        status: 'ACTIVE',
      },
    ],
    { signal: AbortSignal.timeout(5_000) },
  );
});
afterAll(() => finance.stop());

describe('documents the ERP makes', () => {
  it('shows the invoice of an order, and the credit memo of its cancellation with the invoice it corrects', async () => {
    const orderId = newId();
    await finance.open(orderId, '20', [await finance.pay('20')]);
    const request = () => ({ key: newId(), signal: AbortSignal.timeout(5_000) });
    const receipt = await finance.erp.createDocument(
      'salesOrder',
      {
        reference: numberOf(orderId),
        channelCode: 'web',
        currencyCode: 'GBP',
        placedAt: '2026-03-01T09:30:00Z',
        lines: [
          { lineReference: '1', sku: 'MUG', quantity: '2', unit: 'C62', unitPrice: '10', amount: '20' },
        ],
        charges: [],
        total: '20',
        correlationId: newId(),
      },
      request(),
    );
    interface Shown {
      invoices: { id: string; number: string; state: string; total: { amount: string } }[];
      creditMemos: { number: string; invoice: { number: string } | null }[];
    }
    const SELECTION =
      'invoices { id number state total { amount } } creditMemos { number invoice { number } }';
    const billed = await until('the invoice is there', async () => {
      const shown = await finance.order<Shown>(orderId, SELECTION);
      return shown.invoices.length > 0 && shown;
    });
    expect(billed.invoices).toMatchObject([
      { number: receipt.related[0]?.number, state: 'POSTED', total: { amount: '20.00' } },
    ]);
    expect(billed.creditMemos).toEqual([]);
    await finance.erp.createDocument(
      'salesOrderCancellation',
      {
        reference: `${numberOf(orderId)}-X`,
        orderReference: numberOf(orderId),
        reasonCode: 'CUSTOMER',
        canceledAt: '2026-03-01T10:30:00Z',
        correlationId: newId(),
      },
      request(),
    );
    const credited = await until('the credit memo is there', async () => {
      const shown = await finance.order<Shown>(orderId, SELECTION);
      return shown.creditMemos.length > 0 && shown;
    });
    expect(credited.creditMemos[0]?.invoice).toEqual({ number: billed.invoices[0]?.number });

    const { invoice, _entities } = await finance.ask<{ invoice: unknown; _entities: unknown[] }>(
      `query ($id: ID!, $of: [_Any!]!) {
        invoice(id: $id) { number orderNumber }
        _entities(representations: $of) { __typename ... on FinancialDocument { number orderNumber } }
      }`,
      { id: billed.invoices[0]?.id, of: [{ __typename: 'FinancialDocument', id: billed.invoices[0]?.id }] },
    );
    const shown = { number: billed.invoices[0]?.number, orderNumber: numberOf(orderId) };
    expect(invoice).toEqual(shown);
    expect(_entities).toEqual([{ __typename: 'Invoice', ...shown }]);
  });
});

describe('journal entries', () => {
  interface JournalAnswer {
    entry: { id: string; number: string; state: string; total: { amount: string } } | null;
    replayed: boolean;
    userErrors: Problem[];
  }
  const RECORD = `mutation ($input: RecordJournalEntryInput!) {
    recordJournalEntry(input: $input) {
      entry { id number state total { amount } lines { account debit { amount } credit { amount } } }
      replayed
      userErrors { code field message }
    }
  }`;
  const post = async (input: Record<string, unknown>) => {
    const data = await finance.ask<{ recordJournalEntry: JournalAnswer }>(
      RECORD,
      {
        input: {
          idempotencyKey: newId(),
          reference: `J-${newId()}`,
          postedOn: '2026-03-31',
          memo: 'Month end',
          lines: [
            { account: '4000', debit: gbp('12.50') },
            { account: '1200', credit: gbp('12.50') },
          ],
          ...input,
        },
      },
      bookkeeper,
    );
    return data.recordJournalEntry;
  };

  it('posts a balanced entry once, and takes the number the ERP gives', async () => {
    const input = { idempotencyKey: newId(), reference: `J-${newId()}` };
    const first = await post(input);
    expect(first).toMatchObject({
      entry: { number: input.reference, state: 'DRAFT', total: { amount: '12.50' } },
      replayed: false,
      userErrors: [],
    });
    const posted = await until('the ERP has it', async () => {
      const again = await post(input);
      return again.entry?.state === 'POSTED' && again;
    });
    expect(posted).toMatchObject({ replayed: true, entry: { id: first.entry?.id } });
    expect(posted.entry?.number).not.toBe(input.reference);
    expect(await finance.sandbox.count('erp', 'journalEntry', input.reference)).toBe(1);
    expect((await post({ reference: input.reference })).userErrors).toMatchObject([
      { code: 'REFERENCE_USED' },
    ]);
  });

  it('refuses an entry that does not balance, and says by how much', async () => {
    const { entry, userErrors } = await post({
      lines: [
        { account: '4000', debit: gbp('12.50') },
        { account: '1200', credit: gbp('12.49') },
      ],
    });
    expect(entry).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'JOURNAL_UNBALANCED', field: ['input', 'lines'] }]);
    expect(userErrors[0]?.message).toContain('0.01');
  });

  it('is only for those who may post', async () => {
    const answer = await finance.answer(
      RECORD,
      { input: { idempotencyKey: newId(), reference: 'J-1', postedOn: '2026-03-31', memo: 'x', lines: [] } },
      agent,
    );
    expect(answer.errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN' });
  });
});
