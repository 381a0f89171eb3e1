import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { findingModel } from '../../platform/reconciliation/findings.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { until } from '../kit/until.ts';
import { buying, gbp } from '../order/buying.ts';

interface Called {
  kind: string;
  subjectId: string;
  detail: string;
  ownerTeam: string;
}

describe('our money and that of others is compared', () => {
  let shop: Shop;
  let buyer: ReturnType<typeof buying>;
  beforeAll(async () => {
    shop = await startShop({ everyMs: 400, fullEveryMs: 0, settlingMs: 0 });
    buyer = buying(shop);
  });
  afterAll(() => shop.stop());

  const books = (name: string) =>
    shop.store.dependencies.store.database('finance').collection<{ _id: string; agreed: boolean }>(name);
  const finding = (kind: string, reference: string) =>
    findingModel(shop.store.dependencies.integration.connection)
      .findOne({ kind, reference, resolvedAt: null })
      .lean();
  const agreed = (name: string, id: string) =>
    until(
      `${name} ${id} is found equal`,
      async () => (await books(name).findOne({ _id: id }))?.agreed === true,
    );

  async function callsAbout(subjectId: string): Promise<Called[]> {
    const { businessExceptions } = await shop.ask<{ businessExceptions: { edges: { node: Called }[] } }>(
      'operations',
      '{ businessExceptions(first: 100) { edges { node { kind subjectId detail ownerTeam } } } }',
    );
    return businessExceptions.edges.flatMap(({ node }) => (node.subjectId === subjectId ? [node] : []));
  }
  const called = (subjectId: string, detail: string) =>
    until(`"${detail}" is told`, async () =>
      (await callsAbout(subjectId)).find((call) => call.detail === detail),
    );
  const quietAbout = (subjectId: string) =>
    until(`nobody is called about ${subjectId}`, async () => (await callsAbout(subjectId)).length === 0);

  /** Something somebody does in the provider's own pages, or the provider by mistake. */
  async function atProvider(path: string, body: Record<string, unknown>): Promise<void> {
    const response = await fetch(`${shop.sandbox.systems.paymentsUrl}/payments/${path}`, {
      method: 'POST',
      headers: { ...shop.sandbox.headers, 'idempotency-key': newId() },
      body: JSON.stringify({ correlationId: 'by-hand', ...body }),
    });
    expect(response.status).toBe(201);
  }

  /** A payment of 12.50 that was taken, and the provider's name of it. */
  async function taken(): Promise<{ id: string; pspReference: string; orderId: string }> {
    const { order } = await buyer.buy('12.50');
    const payment = await books('payments').findOne({ orderId: order.id } as object);
    const id = String(payment?._id);
    await shop.ask(
      'finance',
      'mutation ($input: PaymentActionInput!) { capturePayment(input: $input) { userErrors { code } } }',
      { input: { idempotencyKey: newId(), id } },
    );
    await until(
      'it is taken',
      async () => (await books('payments').findOne({ _id: id, state: 'CAPTURED' } as object)) !== null,
    );
    return { id, pspReference: String(Reflect.get(Object(payment), 'pspReference')), orderId: order.id };
  }

  it('given both say the same of a payment, then nobody is called', async () => {
    const { id } = await taken();
    await agreed('payments', id);
    expect(await finding('paymentAuthorization', id)).toBeNull();
    expect(await callsAbout(id)).toEqual([]);
  });

  it('given money went back behind our back, then both sides are shown, once, until our book says so too', async () => {
    const { id, pspReference } = await taken();
    await agreed('payments', id);
    const amount = { amount: '5.00', currencyCode: 'GBP' };
    await atProvider(`${pspReference}/refunds`, {
      reference: 'BY-HAND-1',
      paymentExternalId: pspReference,
      ...amount,
    });
    const words = `paymentAuthorization ${id}: state is CAPTURED here and PARTIALLY_REFUNDED in payments; refunded is 0.00 here and 5 in payments`;
    expect(await called(id, words)).toMatchObject({
      kind: 'RECONCILIATION_DIFFERENCE',
      ownerTeam: 'finance',
    });
    // Somebody else's refund is no document of ours that we did not know.
    expect(await finding('paymentRefund', 'BY-HAND-1')).toBeNull();
    expect(await callsAbout(id)).toHaveLength(1);
    await books('payments').updateOne({ _id: id }, {
      $set: { refunded: '5.00', state: 'PARTIALLY_REFUNDED' },
    } as object);
    await quietAbout(id);
    await agreed('payments', id);
  });

  it('given a refund that we were told of never reached the provider, then it awaits reconciliation until it does', async () => {
    const { pspReference, orderId } = await taken();
    const { requestRefund } = await shop.ask<{ requestRefund: { refund: { id: string } } }>(
      'finance',
      'mutation ($input: RequestRefundInput!) { requestRefund(input: $input) { refund { id } userErrors { code } } }',
      {
        input: {
          idempotencyKey: newId(),
          orderId,
          lines: [],
          amountCap: gbp('2.50'),
          reasonCode: 'GOODWILL',
        },
      },
    );
    const real = requestRefund.refund.id;
    await agreed('refunds', real);
    const lost = newId();
    const record = await books('refunds').findOne({ _id: real });
    await books('refunds').insertOne({
      ...record,
      _id: lost,
      idempotencyKey: lost,
      agreed: false,
    } as never);
    expect(
      await called(lost, `paymentRefund ${lost}: payments told us that it has it, and has it no more`),
    ).toMatchObject({ kind: 'REFUND_AWAITING_RECONCILIATION', ownerTeam: 'finance' });
    await atProvider(`${pspReference}/refunds`, {
      reference: lost,
      paymentExternalId: pspReference,
      ...gbp('2.50'),
    });
    await quietAbout(lost);
    await agreed('refunds', lost);
  });

  it('given the provider has a refund under a name of ours that we never gave, then it is unknown here', async () => {
    const { pspReference } = await taken();
    const strange = newId();
    await atProvider(`${pspReference}/refunds`, {
      reference: strange,
      paymentExternalId: pspReference,
      ...gbp('1.00'),
    });
    expect(await until('it is found', () => finding('paymentRefund', strange))).toMatchObject({
      verdict: 'UNKNOWN',
    });
  });

  it('given a journal entry says another amount in the ledger, or is unknown here, then finance is called until both agree', async () => {
    const entry = (reference: string) => ({
      idempotencyKey: newId(),
      reference,
      postedOn: '2026-03-01',
      memo: 'card fees',
      lines: [
        { account: '7610', debit: gbp('10.00') },
        { account: '1200', credit: gbp('10.00') },
      ],
    });
    const record = (reference: string) =>
      shop.ask<{ recordJournalEntry: { entry: { id: string } } }>(
        'finance',
        'mutation ($input: RecordJournalEntryInput!) { recordJournalEntry(input: $input) { entry { id } userErrors { code } } }',
        { input: entry(reference) },
      );
    const { recordJournalEntry } = await record('FEES-1');
    const { id } = recordJournalEntry.entry;
    await agreed('documents', id);
    await books('documents').updateOne({ _id: id }, { $set: { 'total.amount': '11.00' } } as object);
    await called(id, 'journalEntry FEES-1: total is 11.00 here and 10 in erp');
    await books('documents').updateOne({ _id: id }, { $set: { 'total.amount': '10.00' } } as object);
    await quietAbout(id);

    const { status, body } = await shop.sandbox.post(`${shop.sandbox.systems.erpUrl}/erp/journal-entries`, {
      reference: 'FEES-2',
      postedOn: '2026-03-01',
      currencyCode: 'GBP',
      memo: 'card fees',
      lines: [
        { account: '7610', debit: '10.00' },
        { account: '1200', credit: '10.00' },
      ],
      correlationId: 'by-hand',
    });
    expect(status).toBe(201);
    const number = String(Reflect.get(Object(body), 'number'));
    await called(number, 'journalEntry FEES-2: erp has it, and we know nothing of it');
    const ours = await record('FEES-2');
    await quietAbout(number);
    await agreed('documents', ours.recordJournalEntry.entry.id);
  });

  it('given our copy of an invoice says something else, or the ERP has one we never heard of, then finance is called until they agree', async () => {
    const { order } = await buyer.buy('12.50');
    const invoice = await until('it is mirrored', () =>
      books('documents').findOne({ type: 'INVOICE', orderNumber: order.number } as object),
    );
    const { _id, number } = { number: '', ...invoice };
    const id = String(_id);
    await agreed('documents', id);
    await books('documents').updateOne({ _id: id }, { $set: { 'total.amount': '13.50' } } as object);
    expect(await called(id, `invoice ${number}: total is 13.50 here and 12.50 in erp`)).toMatchObject({
      kind: 'RECONCILIATION_DIFFERENCE',
    });
    await books('documents').deleteOne({ _id: id });
    await called(number, `invoice ${number}: erp has it, and we know nothing of it`);
    expect(await callsAbout(id)).toEqual([]);
    await books('documents').insertOne({ ...invoice, agreed: false } as never);
    await quietAbout(number);
    await agreed('documents', id);
  });

  it('given the ERP has an invoice no more that we show, then it is missing there', async () => {
    const { order } = await buyer.buy('12.50');
    const invoice = await until('it is mirrored', () =>
      books('documents').findOne({ type: 'INVOICE', orderNumber: order.number } as object),
    );
    await books('documents').insertOne({ ...invoice, _id: newId(), number: 'INV-0', agreed: false } as never);
    expect(await until('it is found', () => finding('invoice', 'INV-0'))).toMatchObject({
      verdict: 'MISSING',
    });
  });
});
