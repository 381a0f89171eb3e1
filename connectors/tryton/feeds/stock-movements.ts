import { z } from 'zod';
import type { FeedEntry, TrytonFeed } from '../read-feed.ts';
import { isOurs } from '../references.ts';
import { unitCodeOf } from '../units.ts';
import { dayValue, instantOf, lastWrite, quantityText, writtenAt } from '../wire.ts';

const end = z.object({ type: z.string(), warehouse: z.number().int().nullable() });
const moveRow = z.object({
  id: z.number().int(),
  internal_quantity: z.number(),
  effective_date: dayValue.nullable(),
  'product.': z.object({ code: z.string().nullable(), 'default_uom.': z.object({ symbol: z.string() }) }),
  'from_location.': end,
  'to_location.': end,
  'sale.': z.object({ web_id: z.string().nullable() }).nullish(),
  ...writtenAt,
});
const MOVE_FIELDS = [
  'internal_quantity',
  'effective_date',
  'product.code',
  'product.default_uom.symbol',
  'from_location.type',
  'from_location.warehouse',
  'to_location.type',
  'to_location.warehouse',
  'sale.web_id',
  'write_date',
  'create_date',
];
const warehouseRow = z.object({ id: z.number().int(), code: z.string().nullable() });

type MoveRow = z.infer<typeof moveRow>;

/** Why stock came or went, by the kind of place at the other end. */
const REASON_BY_TYPE: Readonly<Record<string, string>> = {
  supplier: 'SUPPLIER',
  customer: 'CUSTOMER',
  lost_found: 'COUNT',
  production: 'PRODUCTION',
  drop: 'DROP_SHIPMENT',
  storage: 'TRANSFER',
};

/**
 * Done moves that cross the border of a warehouse: one movement for each warehouse that lost or gained. Moves of orders and returns that came from us
 * are left out: whoever sent those has booked them already.
 */
export const stockMovements: TrytonFeed = {
  sources: [{ model: 'stock.move', domain: [['state', '=', 'done']] }],
  async read(calls, ids) {
    const [moves, warehouses] = await Promise.all([
      calls.search('stock.move', [['id', 'in', ids]], moveRow, MOVE_FIELDS),
      calls.search('stock.location', [['type', '=', 'warehouse']], warehouseRow, ['code'], {
        context: { active_test: false },
      }),
    ]);
    const codes = new Map(warehouses.map(({ id, code }) => [id, code]));
    return new Map(moves.map((move) => [move.id, { at: lastWrite(move), entries: entriesOf(move, codes) }]));
  },
};

function entriesOf(move: MoveRow, codes: ReadonlyMap<number, string | null>): FeedEntry[] {
  const from = move['from_location.'];
  const to = move['to_location.'];
  if (from.warehouse === to.warehouse || move.internal_quantity === 0) return [];
  if (isOurs(move['sale.']?.web_id ?? null)) return [];
  const entry = (way: 'in' | 'out', warehouse: number, other: z.infer<typeof end>): FeedEntry => {
    const id = `move-${move.id}-${way}`;
    const raw = {
      id,
      sku: move['product.'].code ?? undefined,
      locationCode: codes.get(warehouse) ?? undefined,
      quantity: `${way === 'out' ? '-' : ''}${quantityText(move.internal_quantity)}`,
      unit: unitCodeOf(move['product.']['default_uom.'].symbol),
      type: way === 'in' && other.type === 'supplier' ? 'RECEIPT' : 'ADJUSTMENT',
      reasonCode: REASON_BY_TYPE[other.type] ?? other.type.toUpperCase(),
      occurredAt: occurredAt(move),
    };
    return { key: id, raw };
  };
  return [
    ...(from.warehouse === null ? [] : [entry('out', from.warehouse, to)]),
    ...(to.warehouse === null ? [] : [entry('in', to.warehouse, from)]),
  ];
}

/** Tryton dates a move by day. Booked on its own day, it happened when it was booked; booked later, at the beginning of its day. */
function occurredAt(move: MoveRow): string {
  const booked = instantOf(lastWrite(move));
  return move.effective_date === null || booked.startsWith(move.effective_date)
    ? booked
    : `${move.effective_date}T00:00:00Z`;
}
