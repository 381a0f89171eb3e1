import { isArray, isDocument, isOperatorObject, rank, rankOf } from '../values/kinds.ts';

/** Kinds of which two values are equal exactly when their keys in an index are. */
const scalars: ReadonlySet<number> = new Set([
  rank.number,
  rank.string,
  rank.objectId,
  rank.boolean,
  rank.date,
]);
const arrayPosition = /(^|\.)\d+(\.|$)/;

/**
 * Whether a filter demands nothing but one of some plain values of each field, all fields among those given: what an
 * index without arrays finds under such values then matches, and need not be looked at.
 */
export function demandsOnly(filter: unknown, fields: readonly string[]): boolean {
  if (!isDocument(filter)) return false;
  return Object.keys(filter).every(
    (name) => fields.includes(name) && !arrayPosition.test(name) && isPlain(filter[name]),
  );
}

function isPlain(condition: unknown): boolean {
  if (!isOperatorObject(condition)) return isScalar(condition);
  const [operator = '', another] = Object.keys(condition);
  const operand = condition[operator];
  if (another !== undefined) return false;
  return operator === '$eq'
    ? isScalar(operand)
    : operator === '$in' && isArray(operand) && operand.every(isScalar);
}

const isScalar = (value: unknown): boolean => scalars.has(rankOf(value));
