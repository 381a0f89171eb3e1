import { fail } from '../errors.ts';
import type { Collation } from '../values/collation.ts';
import { bytesOf, compare, equals } from '../values/compare.ts';
import { indexKey } from '../values/index-key.ts';
import {
  type Doc,
  isArray,
  isBinary,
  isMissing,
  isNumber,
  isRegex,
  rank,
  rankOf,
  typeName,
  typeNameFrom,
} from '../values/kinds.ts';
import { asNumber, exact, toDouble, toFraction } from '../values/numbers.ts';
import { meets, nearness, within } from './geo-operators.ts';
import type { MatchPosition } from './matcher.ts';
import { type Path, walk } from './paths.ts';
import { toRegExp } from './regex.ts';

/** Tests the values that a path reaches in a document, and notes the array position of the match. */
export type FieldTest = (document: unknown, path: Path, position: MatchPosition) => boolean;
type ValueTest = (value: unknown) => boolean;

export const fieldTests = { equal, not, someElement, operator };

/** A test of single values: true if the value itself or, of an array, any element passes. */
function anyValue(test: ValueTest): FieldTest {
  return (document, path, position) =>
    walk(document, path, (value, firstIndex) => {
      if (isArray(value)) {
        const at = value.findIndex(test);
        if (at >= 0) {
          position.index ??= firstIndex ?? at;
          return true;
        }
      }
      if (!test(value)) return false;
      if (firstIndex !== undefined) position.index ??= firstIndex;
      return true;
    });
}

/** A test of the value as it stands: an array is not looked into. */
function wholeValue(test: ValueTest): FieldTest {
  return (document, path, position) =>
    walk(document, path, (value, firstIndex) => {
      if (!test(value)) return false;
      if (firstIndex !== undefined) position.index ??= firstIndex;
      return true;
    });
}

function someElement(test: ValueTest): FieldTest {
  return (document, path, position) =>
    walk(document, path, (value, firstIndex) => {
      const at = isArray(value) ? value.findIndex(test) : -1;
      if (at < 0) return false;
      position.index ??= firstIndex ?? at;
      return true;
    });
}

function not(test: FieldTest): FieldTest {
  return (document, path) => !test(document, path, {});
}

function equal(wanted: unknown, collation?: Collation): FieldTest {
  if (isRegex(wanted)) {
    const pattern = toRegExp(wanted);
    return anyValue(
      (value) =>
        (typeof value === 'string' && pattern.test(value)) || (isRegex(value) && equals(value, wanted)),
    );
  }
  if (isMissing(wanted)) return anyValue(isMissing);
  if (typeof wanted === 'string' && !collation) return anyValue((value) => value === wanted);
  return anyValue((value) => value !== undefined && equals(value, wanted, collation));
}

function ordered(wanted: unknown, accept: (order: number) => boolean, collation?: Collation): FieldTest {
  if (isRegex(wanted)) fail('BadValue', "Can't have RegEx as arg to predicate over field");
  const kind = rankOf(wanted);
  if (isMissing(wanted)) return anyValue((value) => isMissing(value) && accept(0));
  const anyKind = kind === rank.minKey || kind === rank.maxKey;
  const wantsNan = isNumber(wanted) && Number.isNaN(toDouble(exact(wanted)));
  return anyValue((value) => {
    if (value === undefined || (!anyKind && rankOf(value) !== kind)) return false;
    // NaN is equal to itself and neither above nor below any number.
    if (isNumber(value) && Number.isNaN(toDouble(exact(value))) !== wantsNan && !anyKind) return false;
    return accept(compare(value, wanted, collation));
  });
}

function oneOf(operand: unknown, name: string, collation?: Collation): FieldTest {
  if (!isArray(operand)) fail('BadValue', `${name} needs an array`);
  const wanted = new Set(operand.filter((value) => !isRegex(value)).map((value) => inKey(value, collation)));
  const patterns = operand.filter(isRegex);
  const compiled = patterns.map((pattern) => toRegExp(pattern));
  return anyValue(
    (value) =>
      wanted.has(inKey(value, collation)) ||
      (typeof value === 'string' && compiled.some((pattern) => pattern.test(value))) ||
      (isRegex(value) && patterns.some((pattern) => equals(pattern, value))),
  );
}
const inKey = (value: unknown, collation?: Collation) => indexKey(value ?? null, collation);

function operator(name: string, operand: unknown, siblings: Doc, collation?: Collation): FieldTest {
  switch (name) {
    case '$eq':
      return isRegex(operand)
        ? anyValue((value) => isRegex(value) && equals(value, operand))
        : equal(operand, collation);
    case '$ne':
      if (isRegex(operand)) fail('BadValue', "Can't have regex as arg to $ne.");
      return not(equal(operand, collation));
    case '$gt':
      return ordered(operand, (order) => order > 0, collation);
    case '$gte':
      return ordered(operand, (order) => order >= 0, collation);
    case '$lt':
      return ordered(operand, (order) => order < 0, collation);
    case '$lte':
      return ordered(operand, (order) => order <= 0, collation);
    case '$in':
      return oneOf(operand, name, collation);
    case '$nin':
      return not(oneOf(operand, name, collation));
    case '$exists': {
      const exists = wholeValue((value) => value !== undefined);
      return operand === false || operand === null || asNumber(operand, 1) === 0 ? not(exists) : exists;
    }
    case '$type':
      return ofType(operand);
    case '$size':
      return ofSize(operand);
    case '$mod':
      return modulo(operand);
    case '$regex': {
      const pattern = toRegExp(operand, siblings.$options);
      return anyValue((value) => typeof value === 'string' && pattern.test(value));
    }
    case '$options':
      if (!('$regex' in siblings)) fail('BadValue', '$options needs a $regex');
      return () => true;
    case '$bitsAllSet':
      return bits(operand, (found, mask) => found === mask);
    case '$bitsAnySet':
      return bits(operand, (found) => found !== 0n);
    case '$bitsAllClear':
      return bits(operand, (found) => found === 0n);
    case '$bitsAnyClear':
      return bits(operand, (found, mask) => found !== mask);
    case '$geoWithin':
    case '$within':
      return wholeValue(within(operand));
    case '$geoIntersects':
      return wholeValue(meets(operand));
    case '$near':
    case '$nearSphere': {
      const distance = nearness(name, operand, siblings);
      return wholeValue((value) => distance(value) !== undefined);
    }
    case '$maxDistance':
    case '$minDistance':
      if (!('$near' in siblings || '$nearSphere' in siblings)) fail('BadValue', `${name} needs a $near`);
      return () => true;
    default:
      return fail('BadValue', `unknown operator: ${name}`);
  }
}

function ofType(operand: unknown): FieldTest {
  const wanted = new Set(
    (isArray(operand) ? operand : [operand]).map((given) => {
      if (given === 'number') return 'number';
      const name = typeNameFrom(typeof given === 'string' ? given : asNumber(given, Number.NaN));
      return name ?? fail('BadValue', `Unknown type name alias: ${String(given)}`);
    }),
  );
  const elements = anyValue(
    (value) =>
      value !== undefined && (wanted.has(typeName(value)) || (wanted.has('number') && isNumber(value))),
  );
  return elements;
}

function ofSize(operand: unknown): FieldTest {
  const size = asNumber(operand, -1);
  if (size < 0 || !Number.isInteger(size))
    fail('BadValue', 'Failed to parse $size. Expected a non-negative integer');
  return wholeValue((value) => isArray(value) && value.length === size);
}

function modulo(operand: unknown): FieldTest {
  if (!isArray(operand) || operand.length !== 2)
    fail('BadValue', 'malformed mod, needs a divisor and a remainder');
  const [divisor, remainder] = operand.map((part) => Math.trunc(asNumber(part, Number.NaN)));
  if (!Number.isFinite(divisor) || divisor === 0) fail('BadValue', 'divisor cannot be 0');
  return anyValue(
    (value) => isNumber(value) && Math.trunc(toDouble(exact(value))) % (divisor ?? 1) === remainder,
  );
}

function bits(operand: unknown, accept: (found: bigint, mask: bigint) => boolean): FieldTest {
  const mask = bitMask(operand);
  return anyValue((value) => {
    const stored = bitsOf(value);
    return stored !== undefined && accept(stored & mask, mask);
  });
}

function bitMask(operand: unknown): bigint {
  if (isArray(operand))
    return operand.reduce<bigint>((mask, position) => mask | (1n << BigInt(asNumber(position, 0))), 0n);
  return (
    bitsOf(operand) ?? fail('BadValue', 'a bitmask must be a number, binary data or an array of positions')
  );
}

function bitsOf(value: unknown): bigint | undefined {
  if (isBinary(value)) return BigInt(`0x0${Buffer.from(bytesOf(value)).reverse().toString('hex')}`);
  if (!isNumber(value)) return undefined;
  const number = exact(value);
  if (typeof number === 'number' && !Number.isInteger(number)) return undefined;
  return toFraction(number).coefficient;
}
