import {
  type Doc,
  isArray,
  isDocument,
  isMissing,
  isNumber,
  isOperatorObject,
  isRegex,
  rank,
  rankOf,
} from '../values/kinds.ts';
import { exact } from '../values/numbers.ts';
import { literalPrefix, toRegExp } from './regex.ts';

export type Limit = { value: unknown; inclusive: boolean };
/** What a filter demands of one field, as far as an index can use it. Never less than all matching documents. */
export type Bounds = { points?: unknown[]; from?: Limit; to?: Limit; prefix?: string };

/** The bounds that every match of the filter lies within, by field name. */
export function boundsOf(filter: unknown): Map<string, Bounds> {
  const bounds = new Map<string, Bounds>();
  gather(filter, '', bounds);
  return bounds;
}

function gather(filter: unknown, prefix: string, into: Map<string, Bounds>): void {
  if (!isDocument(filter)) return;
  for (const name of Object.keys(filter)) {
    const condition = filter[name];
    if (name === '$and' && isArray(condition)) for (const part of condition) gather(part, prefix, into);
    else if (!name.startsWith('$')) gatherField(prefix + name, condition, into);
  }
}

function gatherField(name: string, condition: unknown, into: Map<string, Bounds>): void {
  const bounds = into.get(name) ?? {};
  if (isRegex(condition)) addPattern(bounds, condition, undefined);
  else if (!isOperatorObject(condition)) addPoints(bounds, [condition]);
  else for (const operator of Object.keys(condition)) addOperator(name, operator, condition, bounds, into);
  if (Object.keys(bounds).length > 0) into.set(name, bounds);
}

function addOperator(
  name: string,
  operator: string,
  condition: Doc,
  bounds: Bounds,
  into: Map<string, Bounds>,
): void {
  const operand = condition[operator];
  switch (operator) {
    case '$eq':
      addPoints(bounds, [operand]);
      break;
    case '$in':
      if (isArray(operand)) addPoints(bounds, operand);
      break;
    case '$all':
      if (isArray(operand)) addPoints(bounds, operand.slice(0, 1));
      break;
    case '$gt':
    case '$gte':
      if (isRangeValue(operand)) bounds.from ??= { value: operand, inclusive: operator === '$gte' };
      break;
    case '$lt':
    case '$lte':
      if (isRangeValue(operand)) bounds.to ??= { value: operand, inclusive: operator === '$lte' };
      break;
    case '$regex':
      addPattern(bounds, operand, condition.$options);
      break;
    case '$elemMatch':
      if (!isOperatorObject(operand)) gather(operand, `${name}.`, into);
      break;
  }
}

function addPoints(bounds: Bounds, values: unknown[]): void {
  if (bounds.points === undefined && values.every(isPoint)) bounds.points = values;
}

function addPattern(bounds: Bounds, pattern: unknown, options: unknown): void {
  const prefix = literalPrefix(toRegExp(pattern, options));
  if (prefix !== undefined) bounds.prefix ??= prefix;
}

/** Values that are found under their own key. An array also matches as an element, and a pattern many values. */
const isPoint = (value: unknown): boolean => !isArray(value) && !isRegex(value) && !isOperatorObject(value);

const rangeKinds: ReadonlySet<number> = new Set([
  rank.number,
  rank.string,
  rank.objectId,
  rank.boolean,
  rank.date,
  rank.timestamp,
]);

function isRangeValue(value: unknown): boolean {
  if (isMissing(value) || !rangeKinds.has(rankOf(value))) return false;
  return !isNumber(value) || !Number.isNaN(exact(value));
}
