import { isDocument, isMissing, isOperatorObject, typeName } from '../values/kinds.ts';
import { asFlag } from '../values/numbers.ts';
import type { Bounds } from './bounds.ts';
import { compileCondition } from './match.ts';

const noExpressions = {
  expression: () => () => undefined,
};

/**
 * Whether every document within the bounds is sure to be in a partial index. Says no when in doubt, which costs speed
 * and never results.
 */
export function impliesPartialFilter(filter: unknown, bounds: Map<string, Bounds>): boolean {
  if (!isDocument(filter)) return false;
  return Object.keys(filter).every((name) => {
    const bound = bounds.get(name);
    return !name.startsWith('$') && bound !== undefined && implies(bound, filter[name]);
  });
}

function implies(bound: Bounds, condition: unknown): boolean {
  if (bound.points) {
    const test = compileCondition(condition, noExpressions);
    return bound.points.every((value) => !isMissing(value) && test({ value }, ['value'], {}));
  }
  const value = (bound.from ?? bound.to)?.value ?? bound.prefix;
  if (value === undefined || !isOperatorObject(condition)) return false;
  return Object.keys(condition).every((operator) => {
    const operand = condition[operator];
    if (operator === '$exists') return asFlag(operand);
    return operator === '$type' && operand === typeName(value);
  });
}
