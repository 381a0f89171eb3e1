import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { CHANNEL, item, journalEntry, LOCATION, salesOrder, salesReturn } from './sandbox-erp-records.ts';
import { startSandboxUnderTest, TOKEN } from './sandbox-under-test.ts';

const documentSchema = z.object({ number: z.string(), related: z.array(z.object({ number: z.string() })) });
const listSchema = z.object({
  documents: z.array(
    z.object({ reference: z.string(), number: z.string(), document: z.record(z.string(), z.unknown()) }),
  ),
  total: z.number(),
  next: z.number().nullable(),
});
const stockSchema = z.object({ levels: z.array(z.object({ sku: z.string(), onHand: z.string() })) });

describe('the sandbox systems', () => {
  let sandbox: Awaited<ReturnType<typeof startSandboxUnderTest>>;
  const erp = (path: string) => `${sandbox.systems.erpUrl}/erp/${path}`;
  const documents = async (query: Record<string, string>) => {
    const { body } = await sandbox.ask(`${sandbox.systems.url}/documents?${new URLSearchParams(query)}`);
    return listSchema.parse(body);
  };
  const onHand = async (locationCode: string) => {
    const { body } = await sandbox.ask(erp(`stock?locationCode=${locationCode}`));
    return Object.fromEntries(stockSchema.parse(body).levels.map(({ sku, onHand: units }) => [sku, units]));
  };

  beforeAll(async () => {
    sandbox = await startSandboxUnderTest();
    await sandbox.post(erp('channels:bulk'), { records: [CHANNEL] });
    await sandbox.post(erp('locations:bulk'), { records: [LOCATION] });
    await sandbox.post(erp('items:bulk'), { records: [item('LAMP-1')] });
  });
  afterAll(() => sandbox.stop());

  it('let nobody in without the token, on any of their ports', async () => {
    const { url, erpUrl, paymentsUrl, wmsUrl, carrierUrl } = sandbox.systems;
    const systems = [
      `${erpUrl}/erp/status`,
      `${paymentsUrl}/payments/status`,
      `${wmsUrl}/wms/status`,
      `${carrierUrl}/carrier/status`,
    ];
    for (const address of [`${url}/faults`, ...systems]) {
      expect((await fetch(address)).status).toBe(401);
      const wrong = { authorization: 'Bearer not-the-token-for-tests' };
      expect((await fetch(address, { headers: wrong })).status).toBe(401);
    }
  });

  it('note a change when a record differs, and only then', async () => {
    const record = item('NOTE-1');
    const answers = [];
    for (const title of ['Lamp', 'Lamp', 'Lamp two']) {
      answers.push((await sandbox.post(erp('items:bulk'), { records: [{ ...record, title }] })).body);
    }
    expect(answers).toMatchObject([
      { written: 1, unchanged: 0 },
      { written: 0, unchanged: 1 },
      { written: 1, unchanged: 0 },
    ]);
  });

  it('say so when a reader remembers more than they ever gave: their books were lost', async () => {
    const connector = createSandboxErpConnector({ url: sandbox.systems.erpUrl, token: TOKEN });
    const read = connector.readChanges('items', '999999', { limit: 10, signal: AbortSignal.timeout(5_000) });
    await expect(read).rejects.toMatchObject({ outcome: 'refused', code: 'INVALID_CURSOR' });
    await connector.close();
  });

  it('keep a stock book: movements once, orders out, cancellations and restocked returns back in', async () => {
    const movement = {
      id: 'M-1',
      sku: 'LAMP-1',
      locationCode: 'DC-1',
      quantity: '2',
      unit: 'BX',
      type: 'RECEIPT',
      occurredAt: '2026-03-01T08:00:00Z',
    };
    for (let times = 0; times < 2; times += 1) {
      await sandbox.post(erp('stock-movements:bulk'), { records: [movement] });
    }
    expect(await onHand('DC-1')).toEqual({ 'LAMP-1': '12' });

    const kept = await sandbox.post(erp('sales-orders'), salesOrder('STOCK-1'));
    const undone = await sandbox.post(erp('sales-orders'), salesOrder('STOCK-2'));
    expect([kept.status, undone.status]).toEqual([201, 201]);
    expect(await onHand('DC-1')).toEqual({ 'LAMP-1': '8' });

    const { number } = documentSchema.parse(undone.body);
    await sandbox.post(erp(`sales-orders/${number}/cancellation`), {
      reference: 'STOCK-2/cancel',
      orderReference: 'STOCK-2',
      reasonCode: 'CUSTOMER',
      canceledAt: '2026-03-02T08:00:00Z',
      correlationId: 'trace',
    });
    await sandbox.post(erp('sales-returns'), salesReturn('RMA-1', { orderReference: 'STOCK-1' }));
    expect(await onHand('DC-1')).toEqual({ 'LAMP-1': '11' });
  });

  it('invoice an order at once and credit what is returned, and no more than was sold', async () => {
    const order = documentSchema.parse((await sandbox.post(erp('sales-orders'), salesOrder('INV-1'))).body);
    expect(order.number).toMatch(/^SO-1\d{5}$/);
    const invoices = await documents({ system: 'erp', kind: 'invoice', reference: 'INV-1' });
    expect(invoices.documents.map(({ number }) => number)).toEqual(order.related.map(({ number }) => number));
    expect(invoices.documents[0]?.document).toMatchObject({
      type: 'INVOICE',
      total: '29.95',
      state: 'POSTED',
    });

    for (const rma of ['INV-1/r1', 'INV-1/r2']) {
      const { status } = await sandbox.post(
        erp('sales-returns'),
        salesReturn(rma, { orderReference: 'INV-1' }),
      );
      expect(status).toBe(201);
    }
    const third = await sandbox.post(
      erp('sales-returns'),
      salesReturn('INV-1/r3', { orderReference: 'INV-1' }),
    );
    expect(third).toMatchObject({ status: 422, body: { error: { code: 'RETURN_EXCEEDS_ORDER' } } });
    const notes = await documents({ system: 'erp', kind: 'creditNote', reference: 'INV-1' });
    expect(notes.total).toBe(2);
  });

  it('list what they hold, counted and page by page', async () => {
    for (let index = 0; index < 5; index += 1) {
      await sandbox.post(erp('journal-entries'), journalEntry(`LIST-${index}`));
    }
    const first = await documents({ system: 'erp', kind: 'journalEntry', limit: '3' });
    const second = await documents({
      system: 'erp',
      kind: 'journalEntry',
      limit: '3',
      after: String(first.next),
    });
    expect([first.total, second.total, second.next]).toEqual([5, 5, null]);
    const references = [...first.documents, ...second.documents].map(({ reference }) => reference);
    expect(references).toEqual(['LIST-0', 'LIST-1', 'LIST-2', 'LIST-3', 'LIST-4']);
    expect((await documents({ system: 'erp', kind: 'journalEntry', reference: 'LIST-3' })).total).toBe(1);
    expect((await documents({ system: 'erp', kind: 'journalEntry', reference: 'never' })).total).toBe(0);
  });

  it('give the provider no way to show a payment token', async () => {
    const authorization = {
      reference: 'P-1',
      amount: '10.00',
      currencyCode: 'EUR',
      token: 'tok_visa',
      correlationId: 't',
    };
    const { status } = await fetch(`${sandbox.systems.paymentsUrl}/payments/authorizations`, {
      method: 'POST',
      headers: { ...sandbox.headers, 'idempotency-key': 'k-1' },
      body: JSON.stringify(authorization),
    });
    expect(status).toBe(201);
    const { documents: held } = await documents({
      system: 'payments',
      kind: 'paymentAuthorization',
      reference: 'P-1',
    });
    expect(held).toHaveLength(1);
    expect(JSON.stringify(held)).not.toContain('tok_visa');
  });

  it('answer a decline again under the same key, and a changed request with a conflict', async () => {
    const pay = async (token: string) => {
      const response = await fetch(`${sandbox.systems.paymentsUrl}/payments/authorizations`, {
        method: 'POST',
        headers: { ...sandbox.headers, 'idempotency-key': 'k-declined' },
        body: JSON.stringify({
          reference: 'P-2',
          amount: '10.00',
          currencyCode: 'EUR',
          token,
          correlationId: 't',
        }),
      });
      return { status: response.status, replayed: response.headers.get('idempotent-replayed') };
    };
    expect(await pay('tok_insufficient_funds')).toEqual({ status: 402, replayed: null });
    expect(await pay('tok_insufficient_funds')).toEqual({ status: 402, replayed: 'true' });
    expect(await pay('tok_visa')).toEqual({ status: 409, replayed: null });
  });

  it('cut what is under way when they go down, and answer at the same address afterwards', async () => {
    const { url, erpUrl } = sandbox.systems;
    const connector = createSandboxErpConnector({ url: erpUrl, token: TOKEN, timeoutMs: 15_000 });
    // A connection that stands already: the next call goes out on it at once.
    await connector.ping(AbortSignal.timeout(5_000));
    await sandbox.post(`${url}/faults`, { system: 'erp', mode: 'slow', latencyMs: 60_000 });
    const startedMs = performance.now();
    const cut = expect(connector.ping(AbortSignal.timeout(15_000))).rejects.toMatchObject({
      outcome: 'in-doubt',
      code: 'CONNECTION_LOST',
    });
    await sandbox.setFault('erp', 'down');
    await cut;
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    await sandbox.setFault('erp', 'none');
    await connector.ping(AbortSignal.timeout(5_000));
    await connector.close();
  });

  it('refuse a fault that does not exist, and say which stand', async () => {
    const { url } = sandbox.systems;
    expect((await sandbox.post(`${url}/faults`, { system: 'erp', mode: 'haunted' })).status).toBe(422);
    await sandbox.post(`${url}/faults`, { system: 'erp', mode: 'slow', rate: 0.5, latencyMs: 10 });
    expect((await sandbox.ask(`${url}/faults`)).body).toEqual({
      erp: { mode: 'slow', rate: 0.5, latencyMs: 10 },
      payments: { mode: 'none', rate: 1 },
      wms: { mode: 'none', rate: 1 },
      carrier: { mode: 'none', rate: 1 },
      tax: { mode: 'none', rate: 1 },
    });
    await sandbox.setFault('erp', 'none');
  });
});
