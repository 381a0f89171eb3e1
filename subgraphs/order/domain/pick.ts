import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import type { NewId } from '../../../platform/ids.ts';
import { wholeUnits } from '../../../platform/quantity.ts';
import type { FulfillmentOrder, FulfillmentOrderLine, Order, OrderEvent } from './order.ts';
import { quantityInvalid, unitUnknown } from './request-return.ts';
import { moveWork } from './work-state.ts';

interface SentQuantity {
  readonly value: string;
  readonly unit: string;
}

export interface PickLineInput {
  readonly lineId: string;
  readonly picked: SentQuantity;
  readonly short?: SentQuantity | null | undefined;
  readonly reasonCode?: string | null | undefined;
}

/** Units of an order line, taken from the shelf or not found there. */
export interface PickedUnits {
  readonly orderLineId: string;
  readonly quantity: number;
}
export interface ShortUnits extends PickedUnits {
  readonly reasonCode: string;
}

export interface PickOutcome {
  readonly order: Order;
  readonly picked: readonly PickedUnits[];
  readonly short: readonly ShortUnits[];
  /** The piece of work that holds what was not found. Null: everything was. */
  readonly incompleteId: string | null;
}

const MAX_REASON_LENGTH = 60;

interface ReadEntry {
  readonly line: FulfillmentOrderLine;
  readonly picked: number;
  readonly short: number;
  readonly reasonCode: string;
}

/**
 * Goods taken from the shelf for a piece of work, on top of what was taken before. What is not there leaves the work: it stands in a piece
 * of its own that is INCOMPLETE, and the rest goes on; where nothing is left to go on, the work itself is INCOMPLETE. Refuses with
 * LINES_INVALID, LINE_UNKNOWN, QUANTITY_INVALID, UNIT_UNKNOWN, PICK_EXCEEDS_WORK, REASON_REQUIRED or WORK_STATE_INVALID.
 */
export function recordPick(
  order: Order,
  work: FulfillmentOrder,
  input: readonly PickLineInput[],
  facts: { readonly event: OrderEvent; readonly newId: NewId },
): Decision<PickOutcome> {
  const read = readEntries(order, work, input);
  if (!read.ok) return read;
  const entries = new Map(read.value.map((entry) => [entry.line.id, entry]));
  const found = work.lines.map((line) => withPicked(line, entries.get(line.id)));
  const going = found.filter(({ quantity }) => quantity > 0);
  const missing = read.value.filter(({ short }) => short > 0);
  const isOver = going.length === 0;
  const moved = moveWork(order, work.id, isOver ? 'INCOMPLETE' : 'IN_PROGRESS', facts.event, {
    lines: isOver ? work.lines.map((line) => ({ ...line, short: line.quantity })) : going,
  });
  if (!moved.ok) return moved;
  const apart = isOver || missing.length === 0 ? null : shortPiece(work, missing, facts);
  return accepted({
    order: {
      ...moved.value,
      status: 'IN_PROGRESS',
      work: apart === null ? moved.value.work : [...moved.value.work, apart],
    },
    picked: read.value.flatMap(({ line: { orderLineId }, picked }) =>
      picked === 0 ? [] : [{ orderLineId, quantity: picked }],
    ),
    short: missing.map(({ line: { orderLineId }, short, reasonCode }) => ({
      orderLineId,
      quantity: short,
      reasonCode,
    })),
    incompleteId: isOver ? work.id : (apart?.id ?? null),
  });
}

/** Whether everything of a piece of work has been taken from the shelf. */
export function isPicked(work: FulfillmentOrder): boolean {
  return work.lines.every(({ quantity, picked = 0 }) => picked === quantity);
}

function withPicked(line: FulfillmentOrderLine, entry: ReadEntry | undefined): FulfillmentOrderLine {
  if (entry === undefined) return line;
  return { ...line, quantity: line.quantity - entry.short, picked: (line.picked ?? 0) + entry.picked };
}

function shortPiece(
  work: FulfillmentOrder,
  missing: readonly ReadEntry[],
  { event, newId }: { readonly event: OrderEvent; readonly newId: NewId },
): FulfillmentOrder {
  return {
    id: newId(),
    locationId: work.locationId,
    method: work.method,
    state: 'INCOMPLETE',
    lines: missing.map(({ line: { orderLineId }, short }) => ({
      id: newId(),
      orderLineId,
      quantity: short,
      short,
    })),
    createdAt: event.recordedAt,
    version: 1,
  };
}

function readEntries(
  order: Order,
  work: FulfillmentOrder,
  input: readonly PickLineInput[],
): Decision<readonly ReadEntry[]> {
  const ids = new Set(input.map(({ lineId }) => lineId));
  if (input.length === 0 || ids.size < input.length)
    return refused(
      userError('LINES_INVALID', 'Name each line that was looked for once, and at least one.', {
        field: ['input', 'lines'],
      }),
    );
  const errors: UserErrorValue[] = [];
  const entries = input.flatMap((sent, index) => {
    const read = readEntry(order, work, sent, ['input', 'lines', String(index)]);
    if (read.ok) return [read.value];
    errors.push(...read.errors);
    return [];
  });
  return errors.length > 0 ? refused(...errors) : accepted(entries);
}

function readEntry(
  order: Order,
  work: FulfillmentOrder,
  sent: PickLineInput,
  field: readonly string[],
): Decision<ReadEntry> {
  const line = work.lines.find(({ id }) => id === sent.lineId);
  const bought = order.lines.find(({ id }) => id === line?.orderLineId);
  if (line === undefined || bought === undefined)
    return refused(
      userError('LINE_UNKNOWN', `This work has no line ${sent.lineId}.`, { field: [...field, 'lineId'] }),
    );
  const picked = unitsOf(sent.picked, bought, [...field, 'picked']);
  const short = sent.short == null ? accepted(0) : unitsOf(sent.short, bought, [...field, 'short']);
  if (!picked.ok) return picked;
  if (!short.ok) return short;
  const left = line.quantity - (line.picked ?? 0);
  const units = picked.value + short.value;
  if (units === 0) return refused(quantityInvalid([...field, 'picked']));
  if (units > left)
    return refused(
      userError('PICK_EXCEEDS_WORK', `Of ${bought.sku} ${left} are still to be picked, not ${units}.`, {
        field: [...field, 'picked'],
      }),
    );
  const reasonCode = (sent.reasonCode ?? '').trim();
  if (short.value > 0 && (reasonCode === '' || reasonCode.length > MAX_REASON_LENGTH))
    return refused(
      userError(
        'REASON_REQUIRED',
        `Say why units are short, such as NOT_FOUND or DAMAGED, in at most ${MAX_REASON_LENGTH} characters.`,
        { field: [...field, 'reasonCode'] },
      ),
    );
  return accepted({ line, picked: picked.value, short: short.value, reasonCode });
}

function unitsOf(
  sent: SentQuantity,
  { sku, unit }: { readonly sku: string; readonly unit: string },
  field: readonly string[],
): Decision<number> {
  const units = wholeUnits(sent.value);
  if (units === null || units < 0)
    return refused(
      userError('QUANTITY_INVALID', 'A quantity is a whole number of units, 0 or more.', {
        field: [...field],
      }),
    );
  return sent.unit === unit
    ? accepted(units)
    : refused(unitUnknown(sku, unit, sent.unit, [...field, 'unit']));
}
