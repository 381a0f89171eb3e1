import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReturnState } from './return.ts';
import { canMove, moveReturn, RETURN_STATES } from './return-state.ts';

const ALLOWED: readonly (readonly [ReturnState, ReturnState])[] = [
  ['REQUESTED', 'APPROVED'],
  ['APPROVED', 'PARTIALLY_RECEIVED'],
  ['APPROVED', 'RECEIVED'],
  ['PARTIALLY_RECEIVED', 'PARTIALLY_RECEIVED'],
  ['PARTIALLY_RECEIVED', 'RECEIVED'],
  ['PARTIALLY_RECEIVED', 'COMPLETED'],
  ['RECEIVED', 'COMPLETED'],
];

describe('where a return can go', () => {
  it('is only what is allowed', () => {
    const states = fc.constantFrom(...RETURN_STATES);
    fc.assert(
      fc.property(states, states, (from, to) => {
        const allowed = ALLOWED.some(([one, other]) => one === from && other === to);
        expect(canMove(from, to)).toBe(allowed);
        expect(moveReturn(from, to)).toMatchObject(
          allowed ? { ok: true, value: to } : { ok: false, errors: [{ code: 'RETURN_STATE_INVALID' }] },
        );
      }),
    );
  });

  it('never passes by the approval, and ends when it is completed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...RETURN_STATES), { maxLength: 20 }), (wishes) => {
        const path: ReturnState[] = ['REQUESTED'];
        for (const to of wishes) if (canMove(path.at(-1) ?? 'REQUESTED', to)) path.push(to);
        if (path.length > 1) expect(path[1]).toBe('APPROVED');
        expect(path.indexOf('COMPLETED')).toBeOneOf([-1, path.length - 1]);
      }),
    );
  });
});
