import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import type { NewId } from '../../../platform/ids.ts';
import { wholePositiveUnits } from '../../../platform/quantity.ts';
import { MAX_RETURN_LINES, quantityInvalid, unitUnknown } from './request-return.ts';
import type { Return, ReturnLine } from './return.ts';
import { moveReturn } from './return-state.ts';

export interface ReceiveReturnInput {
  readonly locationId: string;
  readonly lines: readonly {
    readonly returnLineId: string;
    readonly received: { readonly value: string; readonly unit: string };
  }[];
}

/** Allows a return that was asked for too late. */
export function approve(goods: Return, now: Date): Decision<Return> {
  const state = moveReturn(goods.state, 'APPROVED');
  return state.ok ? accepted(changed(goods, { state: state.value }, now)) : state;
}

/** Goods have arrived at a place, on top of what arrived before; never more than was asked about. One return is taken in at one place. */
export function receive(
  goods: Return,
  input: ReceiveReturnInput,
  facts: { readonly now: Date; readonly newId: NewId },
): Decision<Return> {
  const { now } = facts;
  const read = readLines(goods, input);
  if (!read.ok) return read;
  const lines = goods.lines.map((line) => ({
    ...line,
    received: line.received + (read.value.get(line.id) ?? 0),
  }));
  const complete = lines.every((line) => line.received === line.requested);
  const state = moveReturn(goods.state, complete ? 'RECEIVED' : 'PARTIALLY_RECEIVED');
  if (!state.ok) return state;
  const { work } = goods;
  if (work?.state === 'RECEIVING' && work.locationId !== input.locationId)
    return refused(
      userError('LOCATION_MISMATCH', 'This return is being taken in at another place.', {
        field: ['input', 'locationId'],
      }),
    );
  return accepted(
    changed(
      goods,
      {
        state: state.value,
        lines,
        // Goods go where the customer takes them: an open piece of work follows them.
        work: {
          id: work?.id ?? facts.newId(),
          locationId: input.locationId,
          state: 'RECEIVING',
          createdAt: work?.createdAt ?? now,
        },
      },
      now,
    ),
  );
}

/** How many units of each line the input says have arrived. */
function readLines(goods: Return, { lines }: ReceiveReturnInput): Decision<ReadonlyMap<string, number>> {
  if (lines.length === 0 || lines.length > MAX_RETURN_LINES)
    return refused(
      userError('LINES_INVALID', 'Name the lines that have arrived.', { field: ['input', 'lines'] }),
    );
  const known = new Map(goods.lines.map((line) => [line.id, line]));
  const errors: UserErrorValue[] = [];
  const arrived = new Map<string, number>();
  for (const [index, { returnLineId, received }] of lines.entries()) {
    const field = ['input', 'lines', String(index)];
    const read = unitsOf(known.get(returnLineId), returnLineId, received, field, 'received');
    if (!read.ok) {
      errors.push(...read.errors);
      continue;
    }
    const { line, units } = read.value;
    const sum = (arrived.get(line.id) ?? 0) + units;
    arrived.set(line.id, sum);
    if (line.received + sum > line.requested)
      errors.push(
        userError(
          'RETURN_QUANTITY_EXCEEDED',
          `Of ${line.sku} ${line.requested} are to come back and ${line.received} have arrived before.`,
          { field: [...field, 'received'] },
        ),
      );
  }
  return errors.length > 0 ? refused(...errors) : accepted(arrived);
}

/** A line of the return with whole units of it, or what is wrong with the two. */
export function unitsOf(
  line: ReturnLine | undefined,
  lineId: string,
  sent: { readonly value: string; readonly unit: string },
  field: readonly string[],
  name: string,
): Decision<{ readonly line: ReturnLine; readonly units: number }> {
  if (line === undefined)
    return refused(
      userError('RETURN_LINE_UNKNOWN', `The return has no line ${lineId}.`, {
        field: [...field, 'returnLineId'],
      }),
    );
  const units = wholePositiveUnits(sent.value);
  if (units === null) return refused(quantityInvalid([...field, name]));
  if (sent.unit !== line.unit)
    return refused(unitUnknown(line.sku, line.unit, sent.unit, [...field, name, 'unit']));
  return accepted({ line, units });
}

/** The return with something changed, and the next version. */
export function changed(goods: Return, change: Partial<Return>, now: Date): Return {
  return { ...goods, ...change, version: goods.version + 1, updatedAt: now };
}
