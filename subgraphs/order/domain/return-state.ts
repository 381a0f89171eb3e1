import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import type { ReturnState } from './return.ts';

/**
 * What can follow what. Goods may arrive in several parcels; looking at them ends the receiving, also when some never came. A return
 * without an order begins as RECEIVED: somebody at a desk has the goods in hand.
 */
const NEXT: Readonly<Record<ReturnState, readonly ReturnState[]>> = {
  REQUESTED: ['APPROVED'],
  APPROVED: ['PARTIALLY_RECEIVED', 'RECEIVED'],
  PARTIALLY_RECEIVED: ['PARTIALLY_RECEIVED', 'RECEIVED', 'COMPLETED'],
  RECEIVED: ['COMPLETED'],
  COMPLETED: [],
};

export const RETURN_STATES: readonly ReturnState[] = Object.keys(NEXT) as ReturnState[];

export function canMove(from: ReturnState, to: ReturnState): boolean {
  return NEXT[from].includes(to);
}

/** The next state, or RETURN_STATE_INVALID when a return that stands at `from` cannot go there. */
export function moveReturn(from: ReturnState, to: ReturnState): Decision<ReturnState> {
  if (canMove(from, to)) return accepted(to);
  return refused(
    userError('RETURN_STATE_INVALID', `A return that is ${from} cannot become ${to}.`, {
      field: ['input', 'id'],
    }),
  );
}
