import { z } from 'zod';
import { decimal, zero } from '../../../platform/money.ts';
import type { SalesReturn } from '../../canonical/sales-order.ts';
import { brokenAnswer, rejected } from '../answer-error.ts';
import { webIdOf } from '../references.ts';
import type { TrytonCalls } from '../rpc.ts';
import { readTaxFactor } from '../taxes.ts';
import { toDay } from '../wire.ts';
import type { DocumentWriter } from './document-writer.ts';
import { markOf, markText } from './fingerprint.ts';
import { partyOf, productsOf, shopOf, warehousesOf } from './master-data.ts';
import { findSale, isAccepted, makeSale, type Sale } from './sale.ts';
import { type PricedLine, saleLines } from './sale-lines.ts';
import { saleReceipt } from './sale-receipt.ts';
import { takeIntoStock } from './take-into-stock.ts';

const invoiceRow = z.object({ id: z.number().int(), state: z.string() });

/**
 * A return becomes a sale of less than nothing, whose credit note is posted, and one receipt for each place that took units back into stock. Units
 * that went nowhere are credited and never received. It is there once its credit note is posted.
 */
export function salesReturnWriter(system: string, guestCode: string): DocumentWriter<'salesReturn'> {
  async function valuesOf(calls: TrytonCalls, goods: SalesReturn, lines: readonly PricedLine[]) {
    const restocked = goods.lines.flatMap(({ restockedAt }) => restockedAt ?? []);
    const [shop, products, warehouses, factorOf, order] = await Promise.all([
      shopOf(calls, system, goods),
      productsOf(
        calls,
        lines.map(({ sku }) => sku),
      ),
      warehousesOf(calls, restocked),
      readTaxFactor(calls),
      orderOf(calls, goods),
    ]);
    const entries = saleLines(lines, { system, products, factorOf, sign: -1 });
    goods.lines.forEach(({ restockedAt }, index) => {
      if (restockedAt === undefined || warehouses.has(restockedAt)) return;
      const field = ['lines', String(index), 'restockedAt'];
      throw rejected(system, 'UNKNOWN_LOCATION', `has no warehouse ${restockedAt}`, field);
    });
    const party = await partyOf(calls, system, goods.customerCode ?? guestCode);
    return {
      web_shop: shop.id,
      web_id: webIdOf('salesReturn', goods.reference),
      reference: goods.reference,
      comment: markText('salesReturn', markOf(goods)),
      origin: order === undefined ? null : `sale.sale,${order.id}`,
      currency: shop['currency.'].id,
      party: party.id,
      invoice_address: party.addresses[0],
      shipment_address: party.addresses[0],
      payment_term: party.customer_payment_term,
      warehouse: warehouses.get(restocked[0] ?? '')?.id ?? order?.warehouse ?? shop.warehouses[0] ?? null,
      sale_date: toDay(goods.returnedAt.slice(0, 10)),
      invoice_method: 'order',
      // What comes back, and where to, was decided before this document: its receipts are made below.
      shipment_method: 'manual',
      lines: [['create', entries]],
    };
  }

  async function orderOf(calls: TrytonCalls, { orderReference }: SalesReturn): Promise<Sale | undefined> {
    if (orderReference === undefined) return undefined;
    const order = await findSale(calls, 'salesOrder', orderReference);
    if (order !== undefined) return order;
    throw rejected(system, 'UNKNOWN_ORDER', `has no order ${orderReference}`, ['orderReference']);
  }

  /** The credit notes that are not posted yet. */
  async function unposted(calls: TrytonCalls, sale: Sale): Promise<number[]> {
    const rows = await calls.search('account.invoice', [['id', 'in', sale.invoices]], invoiceRow, ['state']);
    return rows.flatMap((invoice) =>
      invoice.state === 'draft' || invoice.state === 'validated' ? [invoice.id] : [],
    );
  }

  async function isCredited(calls: TrytonCalls, sale: Sale): Promise<boolean> {
    return sale.invoices.length > 0 && (await unposted(calls, sale)).length === 0;
  }

  return {
    async find(calls, reference) {
      const sale = await findSale(calls, 'salesReturn', reference);
      if (sale === undefined || !isAccepted(sale) || !(await isCredited(calls, sale))) return null;
      return saleReceipt(calls, 'salesReturn', sale, { isNew: false });
    },
    async create(calls, goods) {
      assertTotal(system, goods);
      const lines = goods.lines.map((line, index) => ({
        ...line,
        reference: line.lineReference,
        field: ['lines', String(index)],
      }));
      const { sale, isNew } = await makeSale(calls, system, {
        kind: 'salesReturn',
        mark: markOf(goods),
        values: () => valuesOf(calls, goods, lines),
        lines,
        total: `-${goods.total}`,
      });
      // Posting is the last thing that is done: a return that is credited has gone through all of it.
      if (!isNew && (await isCredited(calls, sale))) {
        return saleReceipt(calls, 'salesReturn', sale, { isNew: false });
      }
      await takeIntoStock(calls, sale, goods);
      const notes = await unposted(calls, sale);
      if (notes.length > 0) await calls.press('account.invoice', 'post', notes);
      const posted = await findSale(calls, 'salesReturn', goods.reference);
      if (posted === undefined || !(await isCredited(calls, posted))) {
        throw brokenAnswer(system, `the credit note of ${goods.reference} is not posted`);
      }
      return saleReceipt(calls, 'salesReturn', posted, { isNew });
    },
  };
}

function assertTotal(system: string, { lines, total }: SalesReturn): void {
  const sum = lines.reduce((all, { amount }) => all.plus(decimal(amount)), zero);
  if (sum.eq(decimal(total))) return;
  const message = `the lines add up to ${sum.toFixed()}, not ${total}`;
  throw rejected(system, 'TOTAL_MISMATCH', message, ['total']);
}
