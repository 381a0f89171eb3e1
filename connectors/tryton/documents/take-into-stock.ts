import { z } from 'zod';
import type { SalesReturn } from '../../canonical/sales-order.ts';
import type { TrytonCalls } from '../rpc.ts';
import { decimalValue, toDecimal } from '../wire.ts';
import { type Warehouse, warehousesOf } from './master-data.ts';
import type { Sale } from './sale.ts';

const id = z.number().int();
const lineRow = z.object({
  id,
  note: z.string().nullable(),
  product: id.nullable(),
  unit: id.nullable(),
  quantity: z.number(),
  unit_price: decimalValue,
});
const LINE_FIELDS = ['note', 'product', 'unit', 'quantity', 'unit_price'];
const saleRow = z.object({
  company: id,
  currency: id,
  shipment_address: id,
  'party.': z.object({ customer_location: id }),
});
const shipmentRow = z.object({ id, state: z.string() });

/** Receives a return's units at each place that put them back on the shelf. A place that has received them already is left alone. */
export async function takeIntoStock(calls: TrytonCalls, sale: Sale, goods: SalesReturn): Promise<void> {
  const codes = [...new Set(goods.lines.flatMap(({ restockedAt }) => restockedAt ?? []))];
  if (codes.length === 0) return;
  const [warehouses, lines] = await Promise.all([
    warehousesOf(calls, codes),
    calls.search('sale.line', [['sale', '=', sale.id]], lineRow, LINE_FIELDS),
  ]);
  const lineOf = new Map(lines.map((line) => [line.note, line]));
  for (const [code, warehouse] of warehouses) {
    const back = goods.lines
      .filter(({ restockedAt }) => restockedAt === code)
      .flatMap(({ lineReference }) => lineOf.get(lineReference) ?? []);
    await receive(calls, sale, `${goods.reference} ${code}`, warehouse, back);
  }
}

async function receive(
  calls: TrytonCalls,
  sale: Sale,
  reference: string,
  warehouse: Warehouse,
  lines: readonly z.infer<typeof lineRow>[],
): Promise<void> {
  const find = async () => {
    const domain = [
      ['reference', '=', reference],
      ['customer', '=', sale.party],
    ];
    const [shipment] = await calls.search('stock.shipment.out.return', domain, shipmentRow, ['state']);
    return shipment;
  };
  const found = await find();
  if (found === undefined) await announce(calls, sale, reference, warehouse, lines);
  const shipment = found ?? (await find());
  if (shipment === undefined || shipment.state === 'done' || shipment.state === 'cancelled') return;
  await calls.press('stock.shipment.out.return', 'receive', [shipment.id]);
  await calls.press('stock.shipment.out.return', 'done', [shipment.id]);
}

async function announce(
  calls: TrytonCalls,
  sale: Sale,
  reference: string,
  warehouse: Warehouse,
  lines: readonly z.infer<typeof lineRow>[],
): Promise<void> {
  const [head] = await calls.search('sale.sale', [['id', '=', sale.id]], saleRow, [
    'company',
    'currency',
    'shipment_address',
    'party.customer_location',
  ]);
  if (head === undefined) return;
  const moves = lines.map((line) => ({
    product: line.product,
    uom: line.unit,
    quantity: -line.quantity,
    from_location: head['party.'].customer_location,
    to_location: warehouse.input_location,
    company: head.company,
    currency: head.currency,
    unit_price: toDecimal(line.unit_price),
    // The sale it belongs to: without it the goods would be taken for somebody else's.
    origin: `sale.line,${line.id}`,
  }));
  await calls.call('stock.shipment.out.return', 'create', [
    {
      reference,
      company: head.company,
      customer: sale.party,
      delivery_address: head.shipment_address,
      warehouse: warehouse.id,
      incoming_moves: [['create', moves]],
    },
  ]);
}
