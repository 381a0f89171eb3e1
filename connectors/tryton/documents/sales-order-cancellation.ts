import { z } from 'zod';
import type { DocumentReceipt } from '../../documents.ts';
import { brokenAnswer, rejected } from '../answer-error.ts';
import { referenceOf } from '../references.ts';
import type { TrytonCalls } from '../rpc.ts';
import { instantOf, lastWrite, writtenAt } from '../wire.ts';
import type { DocumentWriter } from './document-writer.ts';
import { findMark, hasMark, markOf, markPattern, markText } from './fingerprint.ts';
import { assertSame, findSale, type Sale } from './sale.ts';

const KIND = 'salesOrderCancellation';
const id = z.number().int();
const canceledRow = z.object({
  id,
  number: z.string().nullable(),
  web_id: z.string().nullable(),
  comment: z.string().nullable(),
  ...writtenAt,
});
const stateRow = z.object({ id, state: z.string() });

/** Shipments in these states can be called back. */
const HELD = new Set(['draft', 'waiting', 'assigned', 'cancelled']);

/**
 * A cancellation is no document in Tryton but what becomes of the sale: its shipments and invoices are called off and nothing takes their place. The
 * sale's comment says so last, and by that it is found.
 */
export function salesOrderCancellationWriter(system: string): DocumentWriter<typeof KIND> {
  async function find(calls: TrytonCalls, reference: string): Promise<DocumentReceipt | null> {
    const sales = await calls.search(
      'sale.sale',
      [['comment', 'like', markPattern(KIND, reference)]],
      canceledRow,
      ['number', 'web_id', 'comment', 'write_date', 'create_date'],
    );
    const sale = sales.find(
      ({ comment, web_id }) =>
        findMark(KIND, reference, comment) !== null && referenceOf('salesOrder', web_id) !== null,
    );
    if (sale === undefined) return null;
    return {
      kind: KIND,
      reference,
      externalId: String(sale.id),
      number: sale.number ?? String(sale.id),
      state: 'CANCELED',
      acceptedAt: instantOf(lastWrite(sale)),
      replayed: true,
      related: [],
    };
  }

  return {
    find,
    async create(calls, cancellation) {
      const { reference, orderReference } = cancellation;
      const mark = markOf(cancellation);
      const sale = await findSale(calls, 'salesOrder', orderReference);
      const existing = await find(calls, reference);
      if (existing !== null) {
        // It may be that of another order.
        if (existing.externalId !== String(sale?.id)) {
          const message = `has another cancellation ${reference}`;
          throw rejected(system, 'REFERENCE_REUSED', message, ['reference']);
        }
        assertSame(system, KIND, sale?.comment ?? null, mark);
        return existing;
      }
      if (sale === undefined) {
        throw rejected(system, 'ORDER_NOT_FOUND', `has no order ${orderReference}`, ['orderReference']);
      }
      if (hasMark(KIND, sale.comment)) {
        throw rejected(system, 'ALREADY_CANCELED', `${orderReference} is canceled already`, [
          'orderReference',
        ]);
      }
      await callOff(calls, system, sale, orderReference);
      const comment = [sale.comment, markText(KIND, mark)].filter(Boolean).join('\n');
      await calls.call('sale.sale', 'write', [sale.id], { comment });
      const made = await find(calls, reference);
      if (made === null) throw brokenAnswer(system, `no cancellation ${reference} after it was made`);
      return { ...made, replayed: false };
    },
  };
}

async function callOff(calls: TrytonCalls, system: string, sale: Sale, reference: string): Promise<void> {
  const read = (model: string, ids: readonly number[]) =>
    ids.length === 0 ? [] : calls.search(model, [['id', 'in', ids]], stateRow, ['state']);
  const [shipments, invoices] = await Promise.all([
    read('stock.shipment.out', sale.shipments),
    read('account.invoice', sale.invoices),
  ]);
  if (shipments.some(({ state }) => !HELD.has(state))) {
    throw rejected(system, 'ALREADY_SHIPPED', `goods of ${reference} are on their way`, ['orderReference']);
  }
  if (invoices.some(({ state }) => state === 'posted' || state === 'paid')) {
    throw rejected(system, 'ALREADY_INVOICED', `${reference} is invoiced`, ['orderReference']);
  }
  await calls.press('sale.sale', 'cancel', [sale.id]);
  if (shipments.length > 0) {
    await calls.press(
      'stock.shipment.out',
      'cancel',
      shipments.map(({ id: shipment }) => shipment),
    );
  }
  if (invoices.length > 0) {
    await calls.press(
      'account.invoice',
      'cancel',
      invoices.map(({ id: invoice }) => invoice),
    );
  }
  await acceptLoss(calls, sale);
}

const exceptionRow = z.object({ state: z.string(), shipment_state: z.string(), invoice_state: z.string() });

/** Tells Tryton that nothing will take the place of what was called off; until then the sale waits for a person. */
async function acceptLoss(calls: TrytonCalls, sale: Sale): Promise<void> {
  const read = () =>
    calls.search('sale.sale', [['id', '=', sale.id]], exceptionRow, [
      'state',
      'shipment_state',
      'invoice_state',
    ]);
  const [called] = await read();
  if (called?.shipment_state === 'exception') {
    await calls.wizard('sale.handle.shipment.exception', 'sale.sale', sale.id, [
      {
        state: 'handle',
        fill: ({ domain_moves }) => ({ ask: { domain_moves, recreate_moves: [] } }),
      },
    ]);
  }
  if (called?.invoice_state === 'exception') {
    await calls.wizard('sale.handle.invoice.exception', 'sale.sale', sale.id, [
      {
        state: 'handle',
        fill: ({ domain_invoices }) => ({ ask: { domain_invoices, recreate_invoices: [] } }),
      },
    ]);
  }
}
