import { Timestamp } from 'bson';
import { fail } from '../errors.ts';
import { compileCondition, compileFilter } from '../query/match.ts';
import type { MatchContext } from '../query/matcher.ts';
import { sortBy, sortFields } from '../query/sort.ts';
import { compare, equals } from '../values/compare.ts';
import { clone } from '../values/documents.ts';
import { isArray, isDocument, isNumber, isOperatorObject, isRegex, typeName } from '../values/kinds.ts';
import { arithmetic, asNumber, exact, integerValue, toFraction } from '../values/numbers.ts';
import type { Place } from './locate.ts';

export type UpdateEnvironment = { match: MatchContext; nowMs: number };
/** Changes one place. `path` is for messages only. */
export type UpdateOperator = (
  place: Place,
  operand: unknown,
  path: string,
  environment: UpdateEnvironment,
) => void;

/** Operators that change nothing where the path leads nowhere; the others create the path. */
export const needsExisting: ReadonlySet<string> = new Set(['$unset', '$pop', '$pull', '$pullAll']);

export const updateOperators: Record<string, UpdateOperator> = {
  $set: (place, operand) => place.set(clone(operand)),
  $setOnInsert: (place, operand) => place.set(clone(operand)),
  $unset: (place) => place.unset(),
  $inc: (place, operand, path) => combine('+', place, operand, path),
  $mul: (place, operand, path) => combine('*', place, operand, path),
  $min: (place, operand) => {
    const current = place.get();
    if (current === undefined || compare(operand, current) < 0) place.set(operand);
  },
  $max: (place, operand) => {
    const current = place.get();
    if (current === undefined || compare(operand, current) > 0) place.set(operand);
  },
  $currentDate: (place, operand, path, { nowMs }) => {
    const wanted = isDocument(operand) ? operand.$type : operand;
    if (wanted === 'timestamp') place.set(new Timestamp({ t: Math.floor(nowMs / 1000), i: 1 }));
    else if (wanted === true || wanted === 'date') place.set(new Date(nowMs));
    else fail('BadValue', `The '$type' of $currentDate for '${path}' must be 'date' or 'timestamp'`);
  },
  $push: push,
  $addToSet: (place, operand, path) => {
    const array = arrayAt(place, path, '$addToSet');
    for (const value of eachOf(operand))
      if (!array.some((element) => equals(element, value))) array.push(clone(value));
  },
  $pop: (place, operand, path) => {
    const current = place.get();
    if (current === undefined) return;
    if (!isArray(current))
      fail('TypeMismatch', `Path '${path}' contains an element of non-array type '${typeName(current)}'`);
    const end = asNumber(operand, 0);
    if (end !== 1 && end !== -1) fail('FailedToParse', `$pop expects 1 or -1, found: ${end}`);
    if (end < 0) current.shift();
    else current.pop();
  },
  $pull: (place, operand, _path, { match }) =>
    keepOnly(place, '$pull', (element) => !pulls(operand, match)(element)),
  $pullAll: (place, operand) => {
    if (!isArray(operand))
      fail('BadValue', `$pullAll requires an array argument but was given a ${typeName(operand)}`);
    keepOnly(place, '$pullAll', (element) => !operand.some((value) => equals(element, value)));
  },
  $bit: bitwise,
};

function combine(operator: '+' | '*', place: Place, operand: unknown, path: string): void {
  const name = operator === '+' ? 'increment' : 'multiply';
  if (!isNumber(operand)) fail('TypeMismatch', `Cannot ${name} with non-numeric argument for '${path}'`);
  const current = place.get();
  if (current === undefined) place.set(operator === '+' ? operand : arithmetic('*', operand, 0));
  else if (!isNumber(current))
    fail(
      'TypeMismatch',
      `Cannot apply ${operator === '+' ? '$inc' : '$mul'} to a value of non-numeric type: '${path}' is of type ${typeName(current)}`,
    );
  else place.set(arithmetic(operator, current, operand));
}

const eachOf = (operand: unknown): unknown[] => {
  if (!isDocument(operand) || !('$each' in operand)) return [operand];
  const { $each } = operand;
  if (!isArray($each))
    fail('TypeMismatch', `The argument to $each must be an array but it was of type ${typeName($each)}`);
  return $each;
};

function arrayAt(place: Place, path: string, operator: string): unknown[] {
  const current = place.get();
  if (isArray(current)) return current;
  if (current !== undefined)
    fail(
      'BadValue',
      `The field '${path}' must be an array for ${operator} but is of type ${typeName(current)}`,
    );
  const created: unknown[] = [];
  place.set(created);
  return created;
}

const pushClauses = new Set(['$each', '$slice', '$sort', '$position']);

function push(place: Place, operand: unknown, path: string): void {
  const array = arrayAt(place, path, '$push');
  if (!isDocument(operand) || !('$each' in operand)) {
    array.push(clone(operand));
    return;
  }
  for (const clause of Object.keys(operand))
    if (!pushClauses.has(clause)) fail('BadValue', `Unrecognized clause in $push: ${clause}`);
  const position = asNumber(operand.$position, array.length);
  const from = position < 0 ? Math.max(0, array.length + position) : position;
  array.splice(from, 0, ...eachOf(operand).map(clone));
  if (operand.$sort !== undefined) {
    const byValue = isNumber(operand.$sort);
    const fields = sortFields(byValue ? { value: operand.$sort } : operand.$sort);
    const sorted = sortBy(array, fields, (element) => (byValue ? { value: element } : element));
    array.splice(0, array.length, ...sorted);
  }
  if (operand.$slice !== undefined) {
    const keep = asNumber(operand.$slice, Number.NaN);
    if (!Number.isInteger(keep)) fail('BadValue', 'The value for $slice must be an integer');
    if (keep >= 0) array.splice(keep);
    else array.splice(0, Math.max(0, array.length + keep));
  }
}

function pulls(operand: unknown, match: MatchContext): (element: unknown) => boolean {
  const onDocuments =
    isDocument(operand) && ['$or', '$and', '$nor', '$expr'].includes(Object.keys(operand)[0] ?? '');
  if (isRegex(operand) || (isOperatorObject(operand) && !onDocuments)) {
    const test = compileCondition(operand, match);
    return (element) => test({ value: element }, ['value'], {});
  }
  if (isDocument(operand)) {
    const matches = compileFilter(operand, match);
    return (element) => isDocument(element) && matches(element);
  }
  return (element) => equals(element, operand, match.collation);
}

function keepOnly(place: Place, operator: string, keep: (element: unknown) => boolean): void {
  const current = place.get();
  if (current === undefined) return;
  if (!isArray(current)) fail('BadValue', `Cannot apply ${operator} to a non-array value`);
  const kept = current.filter(keep);
  if (kept.length !== current.length) place.set(kept);
}

function bitwise(place: Place, operand: unknown, path: string): void {
  if (!isDocument(operand))
    fail('BadValue', `The $bit modifier for '${path}' needs an object such as {and: 7}`);
  for (const name of Object.keys(operand)) {
    const mask = operand[name];
    const current = place.get() ?? integerValue(0n, 'Int32');
    if (!isNumber(mask) || !isNumber(current))
      fail('BadValue', `$bit needs integers, '${path}' has another type`);
    const a = toFraction(exact(current)).coefficient;
    const b = toFraction(exact(mask)).coefficient;
    const result = name === 'and' ? a & b : name === 'or' ? a | b : name === 'xor' ? a ^ b : undefined;
    if (result === undefined)
      fail('BadValue', `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
    place.set(integerValue(result, 'Int32'));
  }
}
