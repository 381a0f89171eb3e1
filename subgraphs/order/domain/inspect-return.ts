import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import { isZero } from '../../../platform/money.ts';
import { fateOf } from './disposition.ts';
import { NOT_REQUIRED, pendingSync } from './erp-sync.ts';
import { changed, unitsOf } from './receive-return.ts';
import type { Disposition, DispositionCode, Return } from './return.ts';
import { refundableTotal } from './return-amount.ts';
import { moveReturn } from './return-state.ts';

export interface InspectReturnInput {
  readonly decisions: readonly {
    readonly returnLineId: string;
    readonly code: DispositionCode;
    readonly quantity: { readonly value: string; readonly unit: string };
    readonly locationId: string;
  }[];
}

/** Each line can be split over all kinds of decisions and some places. */
const MAX_DECISIONS = 10_000;

/**
 * Decides what becomes of every unit that arrived, all at once, and completes the return. What has not arrived by now is no longer
 * expected. The ERP is to hear of it when there is something to credit.
 */
export function inspect(goods: Return, input: InspectReturnInput, now: Date): Decision<Return> {
  const state = moveReturn(goods.state, 'COMPLETED');
  if (!state.ok) return state;
  const decided = readDecisions(goods, input, now);
  if (!decided.ok) return decided;
  const lines = goods.lines.map((line) => {
    const dispositions = decided.value.get(line.id) ?? [];
    const credited = dispositions.filter(({ code }) => fateOf(code, line).credited);
    return { ...line, dispositions, accepted: unitsIn(credited) };
  });
  const done = changed(goods, { state: state.value, lines }, now);
  return accepted({
    ...done,
    work: goods.work === null ? null : { ...goods.work, state: 'COMPLETED' },
    erpSync: isZero(refundableTotal(done)) ? NOT_REQUIRED : pendingSync(now),
  });
}

function readDecisions(
  goods: Return,
  { decisions }: InspectReturnInput,
  now: Date,
): Decision<ReadonlyMap<string, readonly Disposition[]>> {
  if (decisions.length > MAX_DECISIONS)
    return refused(
      userError('LINES_INVALID', `At most ${MAX_DECISIONS} decisions at once.`, {
        field: ['input', 'decisions'],
      }),
    );
  const known = new Map(goods.lines.map((line) => [line.id, line]));
  const errors: UserErrorValue[] = [];
  const byLine = new Map<string, Disposition[]>();
  for (const [index, { returnLineId, code, quantity, locationId }] of decisions.entries()) {
    const field = ['input', 'decisions', String(index)];
    const read = unitsOf(known.get(returnLineId), returnLineId, quantity, field, 'quantity');
    if (!read.ok) {
      errors.push(...read.errors);
      continue;
    }
    const { line, units } = read.value;
    const { toState } = fateOf(code, line);
    const before = byLine.get(line.id) ?? [];
    byLine.set(line.id, before);
    before.push({ code, quantity: units, locationId, toState, decidedAt: now });
  }
  if (errors.length > 0) return refused(...errors);
  for (const line of goods.lines) {
    const sum = unitsIn(byLine.get(line.id) ?? []);
    if (sum !== line.received)
      errors.push(
        userError(
          'DISPOSITION_INCOMPLETE',
          `Of ${line.sku} (line ${line.id}) ${line.received} have arrived, and ${sum} are decided about.`,
          { field: ['input', 'decisions'] },
        ),
      );
  }
  return errors.length > 0 ? refused(...errors) : accepted(byLine);
}

function unitsIn(dispositions: readonly Disposition[]): number {
  return dispositions.reduce((sum, { quantity }) => sum + quantity, 0);
}
