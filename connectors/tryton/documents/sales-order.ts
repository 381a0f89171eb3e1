import { decimal, zero } from '../../../platform/money.ts';
import type { SalesOrder } from '../../canonical/sales-order.ts';
import { rejected } from '../answer-error.ts';
import { webIdOf } from '../references.ts';
import type { TrytonCalls } from '../rpc.ts';
import { readTaxFactor } from '../taxes.ts';
import { toDay } from '../wire.ts';
import type { DocumentWriter } from './document-writer.ts';
import { markOf, markText } from './fingerprint.ts';
import { partyOf, productsOf, shopOf, warehousesOf } from './master-data.ts';
import { findSale, isAccepted, makeSale } from './sale.ts';
import { type PricedLine, saleLines } from './sale-lines.ts';
import { saleReceipt } from './sale-receipt.ts';

/**
 * An order becomes a sale that Tryton processes: its shipment waits in the warehouse, and its invoice is made when goods leave. A charge is sold as
 * the service product of that code. A sale has one warehouse: an order from several places goes to that of its first line.
 */
export function salesOrderWriter(system: string, guestCode: string): DocumentWriter<'salesOrder'> {
  async function valuesOf(calls: TrytonCalls, order: SalesOrder, lines: readonly PricedLine[]) {
    const located = order.lines.flatMap(({ locationCode }) => locationCode ?? []);
    const [shop, products, warehouses, factorOf] = await Promise.all([
      shopOf(calls, system, order),
      productsOf(
        calls,
        lines.map(({ sku }) => sku),
      ),
      warehousesOf(calls, located),
      readTaxFactor(calls),
    ]);
    const party = await partyOf(calls, system, order.customerCode ?? guestCode);
    const entries = saleLines(lines, { system, products, factorOf, sign: 1 });
    order.lines.forEach(({ locationCode }, index) => {
      if (locationCode === undefined || warehouses.has(locationCode)) return;
      const field = ['lines', String(index), 'locationCode'];
      throw rejected(system, 'UNKNOWN_LOCATION', `has no warehouse ${locationCode}`, field);
    });
    return {
      web_shop: shop.id,
      web_id: webIdOf('salesOrder', order.reference),
      reference: order.reference,
      comment: markText('salesOrder', markOf(order)),
      currency: shop['currency.'].id,
      party: party.id,
      invoice_address: party.addresses[0],
      shipment_address: party.addresses[0],
      payment_term: party.customer_payment_term,
      warehouse: warehouses.get(located[0] ?? '')?.id ?? shop.warehouses[0] ?? null,
      sale_date: toDay(order.placedAt.slice(0, 10)),
      invoice_method: 'shipment',
      shipment_method: 'order',
      lines: [['create', entries]],
    };
  }

  return {
    async find(calls, reference) {
      const sale = await findSale(calls, 'salesOrder', reference);
      if (sale === undefined || !isAccepted(sale)) return null;
      return saleReceipt(calls, 'salesOrder', sale, { isNew: false });
    },
    async create(calls, order) {
      assertTotal(system, order);
      const lines = linesOf(order);
      const { sale, isNew } = await makeSale(calls, system, {
        kind: 'salesOrder',
        mark: markOf(order),
        values: () => valuesOf(calls, order, lines),
        lines,
        total: order.total,
      });
      return saleReceipt(calls, 'salesOrder', sale, { isNew });
    },
  };
}

function linesOf(order: SalesOrder): PricedLine[] {
  return [
    ...order.lines.map((line, index) => ({
      ...line,
      reference: line.lineReference,
      field: ['lines', String(index)],
    })),
    ...order.charges.map(({ code, amount }, index) => ({
      reference: code,
      sku: code,
      quantity: '1',
      amount,
      field: ['charges', String(index)],
    })),
  ];
}

function assertTotal(system: string, { lines, charges, total }: SalesOrder): void {
  const sum = [...lines, ...charges].reduce((all, { amount }) => all.plus(decimal(amount)), zero);
  if (sum.eq(decimal(total))) return;
  const message = `the parts add up to ${sum.toFixed()}, not ${total}`;
  throw rejected(system, 'TOTAL_MISMATCH', message, ['total']);
}
